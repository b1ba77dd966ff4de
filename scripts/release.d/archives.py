# SPDX-License-Identifier: Apache-2.0
# Copyright the actorpush authors
"""Archives that are the same bytes whenever and wherever they are made: fixed owners, dates, order."""
import gzip
import hashlib
import io
import tarfile
import time
import zipfile
from dataclasses import dataclass


@dataclass(frozen=True)
class File:
    """A file of an archive: its path, its bytes and whether it is executable."""

    path: str
    data: bytes
    executable: bool = False

    @property
    def mode(self):
        return 0o755 if self.executable else 0o644


def sha256(data):
    return hashlib.sha256(data).hexdigest()


def tar(files, epoch, top="", directories=True, extra=()):
    """The bytes of a tar archive of `files` below `top`; `extra` are (directory, mode) that it has besides."""
    out = io.BytesIO()
    # GNU's format: an extended header would carry the time of its making.
    with tarfile.open(fileobj=out, mode="w", format=tarfile.GNU_FORMAT) as archive:
        made = set()

        def add(name, kind, mode, data=b""):
            entry = tarfile.TarInfo(name)
            entry.type, entry.mode, entry.mtime, entry.size = kind, mode, epoch, len(data)
            entry.uname = entry.gname = "root"
            archive.addfile(entry, io.BytesIO(data))

        def parents(path):
            parts = path.split("/")[:-1]
            for depth in range(1, len(parts) + 1):
                directory = "/".join(parts[:depth])
                if directory not in made and directory != ".":
                    made.add(directory)
                    add(directory + "/", tarfile.DIRTYPE, 0o755)

        for path, mode in extra:
            parents(path)
            made.add(path)
            add(path + "/", tarfile.DIRTYPE, mode)
        for file in sorted(files, key=lambda file: file.path):
            path = top + file.path
            if directories:
                parents(path)
            add(path, tarfile.REGTYPE, file.mode, file.data)
    return out.getvalue()


def compress(data, level):
    """gzip without a name or a date."""
    out = io.BytesIO()
    with gzip.GzipFile(filename="", fileobj=out, mode="wb", compresslevel=level, mtime=0) as file:
        file.write(data)
    return out.getvalue()


def zip_archive(files, epoch, level):
    """The bytes of a zip archive of `files`, in the order given."""
    # A zip knows no year before 1980.
    date = time.gmtime(max(epoch, 315532800))[:6]
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=level) as archive:
        for file in files:
            entry = zipfile.ZipInfo(file.path, date)
            entry.create_system = 3
            entry.external_attr = (0o100000 | file.mode) << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, file.data, compresslevel=level)
    return out.getvalue()


def ar(members, epoch):
    """The bytes of an ar archive, as dpkg reads it."""
    out = b"!<arch>\n"
    for name, data in members:
        out += f"{name:<16}{epoch:<12}{0:<6}{0:<6}{'100644':<8}{len(data):<10}`\n".encode()
        out += data + b"\n" * (len(data) % 2)
    return out
