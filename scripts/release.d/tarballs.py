# SPDX-License-Identifier: Apache-2.0
# Copyright the actorpush authors
"""A tarball a platform, laid out as below a prefix; one of the emulator; one of the symbols."""
from archives import File, compress, tar


def name(release, platform, what="actorpush"):
    return f"{what}-{release.version}-{platform.name}.tar.gz"


def write(release, build):
    def save(file_name, top, files):
        release.write(file_name, compress(tar(files, release.epoch, top=top + "/"), release.level))

    texts = [File(path, release.texts[path]) for path in sorted(release.texts)]
    platform = build.platform
    top = name(release, platform)[: -len(".tar.gz")]
    files = [File("bin/actorpush", build.programs["actorpush"], True), *texts]
    files += release.shell_files({"": "share/"})
    save(top + ".tar.gz", top, files)
    if "actorpush-emulator" in build.programs:
        top = name(release, platform, "actorpush-emulator")[: -len(".tar.gz")]
        files = [File("bin/actorpush-emulator", build.programs["actorpush-emulator"], True)]
        save(top + ".tar.gz", top, files + [File("LICENSE", release.texts["LICENSE"])])
    symbols = {key: data for key, data in build.programs.items() if key.endswith(".debug")}
    if symbols:
        top = name(release, platform, "actorpush-symbols")[: -len(".tar.gz")]
        save(top + ".tar.gz", top, [File(key, data) for key, data in symbols.items()])
