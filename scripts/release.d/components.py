# SPDX-License-Identifier: Apache-2.0
# Copyright the actorpush authors
"""What is linked into a program: packages by the objects that the linker took, libraries by what is told here."""
import json
import os
import re
import subprocess
from dataclasses import dataclass

from release import HERE, ROOT, output_of, read

APACHE = "Apache-2.0"
SWIFT = "Apache-2.0 WITH Swift-exception"


@dataclass(frozen=True)
class Component:
    name: str
    version: str
    license: str
    source: str  # a download location
    purl: str
    texts: tuple  # files with its licence and notices
    supplier: str = "NOASSERTION"
    revision: str = ""


def pins():
    return json.loads(read(os.path.join(HERE, "pins.json")))["pins"]


def linked_modules(scratch, product):
    """The names of the modules whose objects are in `product`, as the last build linked it."""
    path = os.path.join(scratch, "release", f"{product}.product", "Objects.LinkFileList")
    if not os.path.exists(path):
        path = os.path.join(scratch, "debug", f"{product}.product", "Objects.LinkFileList")
    return set(re.findall(r"/([^/]+)\.build/", read(path).decode()))


def packages(scratch, product):
    """The packages with an object in `product`."""
    modules = linked_modules(scratch, product)
    ours = {name for group in os.scandir(os.path.join(ROOT, "Sources")) if group.is_dir() for name in os.listdir(group)}
    unknown = modules - {name.replace("-", "_") for name in ours} - ours
    for pin in pins():
        checkout = os.path.join(scratch, "checkouts", pin["location"].rsplit("/", 1)[1].removesuffix(".git"))
        sources = os.path.join(checkout, "Sources")
        # A module's directory has its name, but for SystemPackage and ServiceContextModuleCompatibility.
        owned = {name + suffix for name in os.listdir(sources) for suffix in ("", "Package", "Compatibility")}
        if not owned & modules:
            continue
        unknown -= owned
        yield component(pin, checkout)
        yield from vendored(checkout, modules)
    if unknown:
        raise SystemExit(f"release: of which package are the modules {', '.join(sorted(unknown))}? (components.py)")


def component(pin, checkout):
    texts = tuple(
        os.path.join(checkout, name)
        for name in sorted(os.listdir(checkout))
        if re.match(r"(LICEN[CS]E|NOTICE)", name, re.IGNORECASE)
    )
    place = pin["location"].removesuffix(".git").removeprefix("https://")
    licence = SWIFT if "RUNTIME LIBRARY EXCEPTION" in read(texts[0]).decode().upper() else APACHE
    return Component(
        pin["identity"], pin["version"], licence, f"git+{pin['location']}@{pin['revision']}",
        f"pkg:swift/{place}@{pin['version']}", texts, f"Organization: {place.split('/')[1]}", pin["revision"])


def vendored(checkout, modules):
    """What a package carries of others, as far as it is linked in."""
    for name in sorted(os.listdir(os.path.join(checkout, "Sources"))):
        if name not in modules:
            continue
        directory = os.path.join(checkout, "Sources", name)
        marker = os.path.join(directory, "hash.txt")
        if os.path.exists(marker):
            revision = re.search(r"[0-9a-f]{40}", read(marker).decode())[0]
            texts = [os.path.join(HERE, "licenses", "BoringSSL.txt")]
            yield Component(
                f"BoringSSL ({name})", revision[:12], "Apache-2.0 AND MIT",
                f"git+https://boringssl.googlesource.com/boringssl@{revision}",
                f"pkg:generic/boringssl@{revision}", tuple(texts), "Organization: Google", revision)
        licence = os.path.join(directory, "LICENSE")
        if name == "CNIOLLHTTP" and os.path.exists(licence):
            yield Component(
                "llhttp", "NOASSERTION", "MIT", "https://github.com/nodejs/llhttp", "pkg:generic/llhttp", (licence,),
                "Organization: nodejs")


def toolchain():
    """What the compiler and the system link in."""
    version = re.search(r"Swift version ([0-9.]+)", output_of("swift", "--version").decode())[1]
    swiftc = os.path.realpath(output_of("which", "swiftc").decode().strip())
    for directory in [os.path.dirname(swiftc), os.environ.get("SWIFT_TOOLCHAIN", "/nonexistent")]:
        licence = os.path.join(directory, "..", "share", "swift", "LICENSE.txt")
        if os.path.exists(licence):
            break
    else:
        licence = os.path.join(HERE, "licenses", "Swift.txt")
    yield Component(
        "Swift standard library, Foundation Essentials, Dispatch", version, SWIFT,
        f"git+https://github.com/swiftlang/swift@swift-{version}-RELEASE", f"pkg:generic/swift@{version}",
        (os.path.normpath(licence),), "Organization: swiftlang")
    yield debian("libstdc++", "libstdc++6", "GPL-3.0-or-later WITH GCC-exception-3.1", "gcc", "GCC-exception.txt")
    yield debian("libgcc", "libgcc-s1", "GPL-3.0-or-later WITH GCC-exception-3.1", "gcc", "GCC-exception.txt")
    yield debian("zlib", "zlib1g-dev", "Zlib", "zlib", "zlib.txt")


def debian(name, package, licence, source, text):
    try:
        version = output_of("dpkg-query", "-W", "-f", "${Version}", package).decode()
    except (OSError, subprocess.SubprocessError):  # Not a Debian: the version is not known.
        version = "NOASSERTION"
    return Component(
        name, version, licence, "NOASSERTION", f"pkg:deb/debian/{source}@{version}",
        (os.path.join(HERE, "licenses", text),))


def components(scratch, product):
    found = list(packages(scratch, product)) + list(toolchain())
    return sorted(found, key=lambda component: component.name.lower())
