# SPDX-License-Identifier: Apache-2.0
# Copyright the actorpush authors
"""Wheels, one a platform: the program lies in `scripts`, so that pip puts it on the PATH; there is no Python in it.

Where no wheel fits, pip turns to the source distribution. It holds a word instead of a source.
"""
import base64
import hashlib

from archives import File, compress, tar, zip_archive

BACKEND = '''"""Builds nothing: says why there is nothing to build."""
import platform

WORD = (
    "actorpush is a compiled program, and has no wheel for this machine ({} {}, {}). "
    "It needs Linux on {} with glibc {} or later, and pip 20.3 or later (pip install -U pip). "
    "To build it yourself: {}"
)


def refuse(*_, **__):
    libc = " ".join(platform.libc_ver()).strip() or "an unknown libc"
    raise SystemExit("\\n\\n" + WORD.format(platform.system(), platform.machine(), libc, MACHINES, FLOOR, HOME) + "\\n")


build_wheel = build_sdist = build_editable = prepare_metadata_for_build_wheel = refuse
get_requires_for_build_wheel = get_requires_for_build_sdist = refuse
'''


def metadata(release):
    project = release.project
    description = release.texts["README.md"].decode()
    lines = [
        "Metadata-Version: 2.1",
        f"Name: {project['name']}",
        f"Version: {release.version}",
        f"Summary: {project['summary']}",
        f"Home-page: {project['homepage']}",
        f"Author: {project['authors']}",
        f"License: {project['license']}",
        f"Keywords: {','.join(project['keywords'])}",
        f"Project-URL: Changelog, {project['homepage']}/blob/main/CHANGELOG.md",
        "Classifier: Environment :: Console",
        "Classifier: License :: OSI Approved :: Apache Software License",
        "Classifier: Operating System :: POSIX :: Linux",
        "Classifier: Programming Language :: Python :: 3",
        "Classifier: Topic :: Software Development :: Build Tools",
        "Requires-Python: >=3.7",
        "Description-Content-Type: text/markdown",
        "",
        description,
    ]
    return "\n".join(lines).encode()


def write(release, build):
    name, version = release.project["name"], release.version
    info, data = f"{name}-{version}.dist-info", f"{name}-{version}.data"
    tag = f"py3-none-{build.platform.wheel_tag}"
    files = [File(f"{data}/scripts/actorpush", build.programs["actorpush"], True)]
    files += release.shell_files({"": f"{data}/data/share/"})
    files += [
        File(f"{info}/METADATA", metadata(release)),
        File(
            f"{info}/WHEEL",
            f"Wheel-Version: 1.0\nGenerator: actorpush scripts/release\nRoot-Is-Purelib: false\nTag: {tag}\n".encode(),
        ),
        File(f"{info}/licenses/LICENSE", release.texts["LICENSE"]),
        File(f"{info}/licenses/THIRD-PARTY-NOTICES", release.texts["THIRD-PARTY-NOTICES"]),
    ]
    record = "".join(
        f"{file.path},sha256={base64.urlsafe_b64encode(hashlib.sha256(file.data).digest()).rstrip(b'=').decode()},"
        f"{len(file.data)}\n"
        for file in files
    )
    files.append(File(f"{info}/RECORD", (record + f"{info}/RECORD,,\n").encode()))
    release.write(f"{name}-{version}-{tag}.whl", zip_archive(files, release.epoch, release.level))


def write_source(release):
    """The source distribution, which refuses."""
    name, version = release.project["name"], release.version
    machines = " or ".join(sorted({build.platform.machine for build in release.builds}))
    floors = sorted({build.platform.floor for build in release.builds if build.platform.floor})
    head = f'MACHINES = "{machines}"\nFLOOR = "{floors[0] if floors else "any"}"\n'
    head += f'HOME = "{release.project["homepage"]}"\n\n'
    project = '[build-system]\nrequires = []\nbuild-backend = "backend"\nbackend-path = ["."]\n\n'
    project += f'[project]\nname = "{name}"\nversion = "{version}"\n'
    files = [
        File("PKG-INFO", metadata(release)),
        File("backend.py", (head + BACKEND).encode()),
        File("pyproject.toml", project.encode()),
        File("LICENSE", release.texts["LICENSE"]),
    ]
    archive = tar(files, release.epoch, top=f"{name}-{version}/")
    release.write(f"{name}-{version}.tar.gz", compress(archive, release.level))
