# SPDX-License-Identifier: Apache-2.0
# Copyright the actorpush authors
"""An image in OCI's layout, made without a daemon: the program, the libraries that it needs, the authorities that it
trusts, and nothing else. `skopeo copy oci:DIR:VERSION docker-daemon:actorpush:VERSION` and the like take it up."""
import datetime
import json
import os
import re

from archives import File, compress, sha256, tar
from release import output_of, read

CERTIFICATES = "/etc/ssl/certs/ca-certificates.crt"


def libraries(build):
    """The loader and the libraries that the program names, from this machine; (path in the image, file here)."""
    path = os.path.join(build.directory, "actorpush")
    elf = output_of("readelf", "-W", "-l", "-d", path).decode()
    loader = re.search(r"program interpreter: ([^\]]+)\]", elf)
    found = {}
    if not loader:
        return found  # Linked whole.
    found[loader[1]] = os.path.realpath(loader[1])
    listed = output_of(loader[1], "--list", path).decode()
    for name, place in re.findall(r"(\S+) => (/\S+)", listed):
        if not os.path.basename(place).startswith("ld-"):
            found[f"/lib/{build.platform.machine}-linux-gnu/{name}"] = os.path.realpath(place)
    return found


def files_of(release, build):
    yield File("usr/bin/actorpush", build.programs["actorpush"], True)
    yield File("etc/ssl/certs/ca-certificates.crt", read(CERTIFICATES))
    yield File("etc/passwd", b"root:x:0:0:root:/root:/usr/bin/actorpush\n")
    documents = "usr/share/doc/actorpush/"
    yield File(documents + "LICENSE", release.texts["LICENSE"])
    yield File(documents + "THIRD-PARTY-NOTICES", release.texts["THIRD-PARTY-NOTICES"])
    for place, here in libraries(build).items():
        yield File(place.lstrip("/"), read(here), True)


def write(release, build):
    top = f"oci/actorpush-{release.version}-{build.platform.name}/"

    def blob(data, kind):
        digest = sha256(data)
        release.write(f"{top}blobs/sha256/{digest}", data)
        return {"mediaType": kind, "digest": f"sha256:{digest}", "size": len(data)}

    # Projects are mounted at /project; what waits to be sent lies in /tmp.
    layer = tar(files_of(release, build), release.epoch, extra=[("project", 0o755), ("root", 0o700), ("tmp", 0o1777)])
    created = datetime.datetime.fromtimestamp(release.epoch, datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
    layers = [blob(compress(layer, release.level), "application/vnd.oci.image.layer.v1.tar+gzip")]
    labels = {
        "org.opencontainers.image.title": release.project["name"],
        "org.opencontainers.image.description": release.project["summary"],
        "org.opencontainers.image.version": release.version,
        "org.opencontainers.image.licenses": release.project["license"],
        "org.opencontainers.image.source": release.project["homepage"],
    }
    architecture = build.platform.debian_machine
    configuration = {
        "created": created, "architecture": architecture, "os": "linux",
        "config": {
            "Entrypoint": ["/usr/bin/actorpush"], "WorkingDir": "/project", "Env": ["HOME=/root", "PATH=/usr/bin"],
            "Labels": labels,
        },
        "rootfs": {"type": "layers", "diff_ids": [f"sha256:{sha256(layer)}"]},
        "history": [{"created": created, "created_by": "scripts/release"}],
    }

    def document(value):
        return json.dumps(value, separators=(",", ":"), sort_keys=True).encode()

    manifest = {
        "schemaVersion": 2, "mediaType": "application/vnd.oci.image.manifest.v1+json",
        "config": blob(document(configuration), "application/vnd.oci.image.config.v1+json"),
        "layers": layers, "annotations": labels,
    }
    entry = blob(document(manifest), manifest["mediaType"])
    entry["platform"] = {"architecture": architecture, "os": "linux"}
    entry["annotations"] = {"org.opencontainers.image.ref.name": release.version}
    index = {"schemaVersion": 2, "mediaType": "application/vnd.oci.image.index.v1+json", "manifests": [entry]}
    release.write(top + "index.json", document(index))
    release.write(top + "oci-layout", b'{"imageLayoutVersion":"1.0.0"}')
