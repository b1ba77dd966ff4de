# SPDX-License-Identifier: Apache-2.0
# Copyright the actorpush authors
"""Makes the artefacts of a release from its programs: package.py --output DIR --scratch DIR PLATFORM=DIR...

DIR of a platform has actorpush, and may have actorpush-emulator and *.debug. The first platform is this machine's: its
program tells of completions and man pages.
"""
import argparse
import os
import re
import shutil
import sys

import components
import debian
import homebrew
import installer
import npm
import oci
import papers
import shell_support
import tarballs
import wheels
from release import ROOT, Build, Platform, Release, output_of, project, read

FLOOR = "2.34"


def fail(message):
    sys.exit(f"release: {message}")


def version_of_source():
    """The version, from the only place where it is written."""
    text = read(os.path.join(ROOT, "Sources/CLI/actorpush/ActorPush.swift")).decode()
    found = re.search(r'static let version = "([0-9]+\.[0-9]+\.[0-9]+)"', text)
    return found[1] if found else fail("Sources/CLI/actorpush/ActorPush.swift: no version")


def platform(name):
    match = re.fullmatch(r"linux-(x86_64|aarch64)(-musl)?", name)
    if not match:
        fail(f"{name}: no platform; linux-x86_64, linux-aarch64, and -musl")
    return Platform(name, match[1], "musl" if match[2] else "glibc", "" if match[2] else FLOOR)


def build(text):
    name, _, directory = text.partition("=")
    programs = {
        file: read(os.path.join(directory, file))
        for file in ("actorpush", "actorpush-emulator", "actorpush.debug", "actorpush-emulator.debug")
        if os.path.exists(os.path.join(directory, file))
    }
    if "actorpush" not in programs:
        fail(f"{directory}/actorpush: no such file")
    return Build(platform(name), programs, directory)


def date_of_source():
    """Seconds since 1970 of the commit that is released; SOURCE_DATE_EPOCH wins."""
    if os.environ.get("SOURCE_DATE_EPOCH"):
        return int(os.environ["SOURCE_DATE_EPOCH"])
    return int(output_of("git", "-C", ROOT, "log", "-1", "--format=%ct"))


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--output", required=True)
    parser.add_argument("--scratch", required=True, help="the build directory, whose checkouts are what is linked in")
    parser.add_argument("--level", type=int, default=9, help="of compression")
    parser.add_argument("--draft", action="store_true", help="take the notes from [Unreleased]")
    parser.add_argument("platforms", nargs="+", metavar="PLATFORM=DIR")
    options = parser.parse_args()

    version, epoch = version_of_source(), date_of_source()
    changelog = read(os.path.join(ROOT, "CHANGELOG.md")).decode()
    try:
        notes = papers.notes(changelog, version, options.draft)
    except LookupError as error:
        fail(error.args[0])
    builds = [build(text) for text in options.platforms]
    native = os.path.join(builds[0].directory, "actorpush")
    said = output_of(native, "--version").decode().strip()
    if said != version:
        fail(f"{native} is version {said}; the source is {version}")
    linked = components.components(options.scratch, "actorpush")
    texts = {name: read(os.path.join(ROOT, name)) for name in ("CHANGELOG.md", "JSON.md", "LICENSE", "README.md", "REFERENCE.md")}
    texts["THIRD-PARTY-NOTICES"] = papers.notices(linked)
    date = shell_support.day(epoch)

    # Made beside it; an old dist stays whole until the new one is.
    output = options.output.rstrip("/")
    if os.path.exists(output) and not os.path.exists(os.path.join(output, "SHA256SUMS")) and os.listdir(output):
        fail(f"{output}: is not empty, and no release; name another directory by --output")
    making = output + ".new"
    shutil.rmtree(making, ignore_errors=True)
    os.makedirs(making)
    release = Release(
        version, epoch, options.level, making, builds, shell_support.everything(native, date), texts, notes, project())
    for one in builds:
        tarballs.write(release, one)
        wheels.write(release, one)
        npm.write(release, one)
        debian.write(release, one)
        oci.write(release, one)
        papers.sbom(release, one, linked)
    npm.write_main(release)
    wheels.write_source(release)
    homebrew.write(release)
    installer.write(release)
    release.write("THIRD-PARTY-NOTICES.txt", texts["THIRD-PARTY-NOTICES"])
    release.write("RELEASE-NOTES.md", notes.encode())
    papers.sums(release)
    if os.path.exists(output):
        shutil.rmtree(output)
    os.rename(making, output)
    for name in sorted(release.made):
        if "/blobs/" not in name:
            print(f"{os.path.getsize(os.path.join(output, name)):11,}  {name}")


if __name__ == "__main__":
    main()
