# SPDX-License-Identifier: Apache-2.0
# Copyright the actorpush authors
"""npm packages: one a platform, which npm chooses by os, cpu and libc; and the one that people name, which starts it.

No package has an install script, so that --ignore-scripts, pnpm and Yarn's cache change nothing.
"""
import json

from archives import File, compress, tar
from release import HERE, read


def package_name(platform):
    return f"actorpush-{platform.npm_name}"


def save(release, manifest, files):
    text = json.dumps(manifest, indent=2, ensure_ascii=False) + "\n"
    files = [File("package.json", text.encode()), File("LICENSE", release.texts["LICENSE"]), *files]
    archive = tar(files, release.epoch, top="package/", directories=False)
    release.write(f"npm/{manifest['name']}-{release.version}.tgz", compress(archive, release.level))


def common(release, name):
    project = release.project
    return {
        "name": name,
        "version": release.version,
        "description": project["summary"],
        "keywords": project["keywords"],
        "homepage": project["homepage"],
        "repository": {"type": "git", "url": f"git+{project['homepage']}.git"},
        "license": project["license"],
    }


def write(release, build):
    platform = build.platform
    manifest = common(release, package_name(platform))
    manifest["description"] += f": the program for {platform.name}"
    # Yarn keeps packages in zip files; a program has to lie on disk.
    manifest |= {
        "os": ["linux"], "cpu": [platform.node_machine], "libc": [platform.libc], "preferUnplugged": True,
        "files": ["bin"],
    }
    notices = File("THIRD-PARTY-NOTICES", release.texts["THIRD-PARTY-NOTICES"])
    save(release, manifest, [File("bin/actorpush", build.programs["actorpush"], True), notices])


def write_main(release):
    names = [package_name(build.platform) for build in release.builds]
    manifest = common(release, "actorpush") | {
        "bin": {"actorpush": "bin/actorpush.js"},
        "engines": {"node": ">=16"},
        "optionalDependencies": {name: release.version for name in names},
        "files": ["bin", "share"],
        "man": sorted(f"./share/{path}" for path in release.shell if path.startswith("man/")),
    }
    floors = sorted({build.platform.floor for build in release.builds if build.platform.floor})
    launcher = read(f"{HERE}/launcher.js").decode().replace("@FLOOR@", floors[0] if floors else "0")
    files = [
        File("bin/actorpush.js", launcher.encode(), True),
        File("README.md", release.texts["README.md"]),
        *release.shell_files({"": "share/"}),
    ]
    save(release, manifest, files)
