# SPDX-License-Identifier: Apache-2.0
# Copyright the actorpush authors
"""install.sh, with the checksums of the tarballs in it."""
import os

import tarballs
from archives import sha256
from release import HERE, read


def write(release):
    lines = []
    for build in release.builds:
        for what in ("actorpush", "actorpush-emulator"):
            name = tarballs.name(release, build.platform, what)
            if name in release.made:
                lines.append(f"{sha256(read(os.path.join(release.output, name)))}  {name}")
    floors = sorted({build.platform.floor for build in release.builds if build.platform.floor})
    text = read(os.path.join(HERE, "install.sh.in")).decode()
    for key, value in {
        "VERSION": release.version, "ADDRESS": release.address, "CHECKSUMS": "\n".join(lines),
        "PLACE": read(os.path.join(HERE, "place.sh")).decode().split("\n\n", 1)[1],
        "FLOOR": floors[0] if floors else "0",
    }.items():
        text = text.replace(f"@{key}@", value)
    release.write("install.sh", text.encode(), executable=True)
