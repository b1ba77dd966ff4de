# SPDX-License-Identifier: Apache-2.0
# Copyright the actorpush authors
"""What a release is made of, as the makers of its artefacts read it."""
import json
import os
import subprocess
from dataclasses import dataclass, field

from archives import File

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))


@dataclass(frozen=True)
class Platform:
    """Where a program runs, in the words of those who ask."""

    name: str  # ours: linux-x86_64, linux-aarch64-musl
    machine: str  # the kernel's: x86_64
    libc: str  # glibc or musl
    floor: str  # the oldest glibc, 2.34; empty for musl

    @property
    def wheel_tag(self):
        if self.libc == "musl":
            return f"musllinux_1_1_{self.machine}"
        return f"manylinux_{self.floor.replace('.', '_')}_{self.machine}"

    @property
    def node_machine(self):
        return {"x86_64": "x64", "aarch64": "arm64"}[self.machine]

    @property
    def debian_machine(self):
        return {"x86_64": "amd64", "aarch64": "arm64"}[self.machine]

    @property
    def npm_name(self):
        return f"linux-{self.node_machine}" + ("-musl" if self.libc == "musl" else "")


@dataclass(frozen=True)
class Build:
    """The programs of one platform."""

    platform: Platform
    programs: dict  # name -> bytes
    directory: str


@dataclass
class Release:
    version: str
    epoch: int
    level: int  # of compression
    output: str
    builds: list
    shell: dict  # path below share/ -> bytes: completions and man pages
    texts: dict  # LICENSE, CHANGELOG.md, … -> bytes
    notes: str
    project: dict = field(default_factory=dict)
    made: list = field(default_factory=list)

    def write(self, name, data, executable=False):
        """Writes the artefact `name`, beside its place first."""
        path = os.path.join(self.output, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path + ".new", "wb") as file:
            file.write(data)
        os.chmod(path + ".new", 0o755 if executable else 0o644)
        os.replace(path + ".new", path)
        self.made.append(name)

    @property
    def address(self):
        return self.project["downloads"].format(version=self.version)

    def shell_files(self, places):
        """The completions and man pages as files; `places` maps a prefix below share/ to where it goes."""
        for path, data in sorted(self.shell.items()):
            for prefix, place in places.items():
                if path.startswith(prefix):
                    yield File(place + path[len(prefix):], data)


def read(path):
    with open(path, "rb") as file:
        return file.read()


def project():
    return json.loads(read(os.path.join(HERE, "project.json")))


def output_of(*command):
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, timeout=60).stdout
