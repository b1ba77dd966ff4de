# SPDX-License-Identifier: Apache-2.0
# Copyright the actorpush authors
"""A .deb, written without dpkg."""
import datetime
import hashlib

from archives import File, ar, compress, tar

PLACES = {
    "man/": "usr/share/man/",
    "bash-completion/": "usr/share/bash-completion/",
    "zsh/site-functions/": "usr/share/zsh/vendor-completions/",
    "fish/": "usr/share/fish/",
}


def control(release, build, files):
    size = sum(-(-len(file.data) // 1024) for file in files)
    depends = f"Depends: libc6 (>= {build.platform.floor})\n" if build.platform.floor else ""
    return (
        "Package: actorpush\n"
        f"Version: {release.version}\n"
        f"Architecture: {build.platform.debian_machine}\n"
        f"Maintainer: {release.project['authors']} <actorpush@localhost>\n"
        f"Installed-Size: {size}\n{depends}"
        "Recommends: ca-certificates, git\n"
        "Section: devel\nPriority: optional\n"
        f"Homepage: {release.project['homepage']}\n"
        f"Description: {release.project['summary'][0].lower()}{release.project['summary'][1:]}\n"
        " Packages what git does not ignore, byte for byte, makes it the source of an\n"
        " Actor's version, builds that and follows the build. Also deploys on git push.\n"
    ).encode()


def copyright_text(release):
    return (
        b"Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/\n"
        b"Upstream-Name: actorpush\n"
        + f"Source: {release.project['homepage']}\n\n".encode()
        + f"Files: *\nCopyright: 2026 {release.project['authors']}\nLicense: Apache-2.0\n".encode()
        + b" The full text is in /usr/share/common-licenses/Apache-2.0.\n"
        b"Comment:\n What is linked in, and its licences: THIRD-PARTY-NOTICES.gz in this directory.\n"
    )


def changelog(release):
    date = datetime.datetime.fromtimestamp(release.epoch, datetime.timezone.utc)
    return (
        f"actorpush ({release.version}) stable; urgency=medium\n\n  * See CHANGELOG.md.gz in this directory.\n\n"
        f" -- {release.project['authors']} <actorpush@localhost>  {date.strftime('%a, %d %b %Y %H:%M:%S +0000')}\n"
    ).encode()


def write(release, build):
    if build.platform.libc != "glibc":
        return  # A Debian has glibc.
    documents = "usr/share/doc/actorpush/"
    files = [
        File("usr/bin/actorpush", build.programs["actorpush"], True),
        File(documents + "copyright", copyright_text(release)),
        File(documents + "changelog.gz", compress(changelog(release), 9)),
        File(documents + "CHANGELOG.md.gz", compress(release.texts["CHANGELOG.md"], 9)),
        File(documents + "THIRD-PARTY-NOTICES.gz", compress(release.texts["THIRD-PARTY-NOTICES"], 9)),
    ]
    for file in release.shell_files(PLACES):
        page = file.path.startswith("usr/share/man/")
        files.append(File(file.path + ".gz", compress(file.data, 9)) if page else file)
    sums = "".join(f"{hashlib.md5(f.data).hexdigest()}  {f.path}\n" for f in sorted(files, key=lambda f: f.path))
    about = [File("control", control(release, build, files)), File("md5sums", sums.encode())]
    members = [
        ("debian-binary", b"2.0\n"),
        ("control.tar.gz", compress(tar(about, release.epoch, top="./"), 9)),
        ("data.tar.gz", compress(tar(files, release.epoch, top="./"), release.level)),
    ]
    name = f"actorpush_{release.version}_{build.platform.debian_machine}.deb"
    release.write(name, ar(members, release.epoch))
