# SPDX-License-Identifier: Apache-2.0
# Copyright the actorpush authors
"""What is true of a program that travels: check.py [--draft] PROGRAM FLOOR [PATH...]

It needs glibc and the kernel alone, no glibc newer than FLOOR ("none": it needs no library at all); it is hardened,
stripped, at most 30 MB, and holds none of the paths (those of the machine that has built it).
"""
import re
import subprocess
import sys

LARGEST = 30_000_000
GLIBC = re.compile(r"lib(c|m|dl|pthread|rt|util|resolv)\.so\.\d+|ld-linux[-a-z0-9_]*\.so\.\d+")


def run(*command):
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, timeout=120).stdout.decode(errors="replace")


def number(version):
    return tuple(int(part) for part in version.split("."))


def faults(program, floor, paths, is_draft):
    with open(program, "rb") as file:
        data = file.read()
    dynamic = run("readelf", "-W", "-d", program)
    headers = run("readelf", "-W", "-l", program)
    sections = run("readelf", "-W", "-S", program)
    needed = re.findall(r"\(NEEDED\).*\[([^\]]+)\]", dynamic)
    for name in needed:
        if floor == "none" or not GLIBC.fullmatch(name):
            yield f"needs {name}"
    # A library that is older is asked for by symbol versions, of whatever library.
    for name, version in set(re.findall(r"Name: (\w+)_([0-9.]+)", run("readelf", "-W", "-V", program))):
        if name == "GLIBC" and number(version) > number(floor if floor != "none" else "0"):
            yield f"needs glibc {version}, newer than {floor}"
        elif name != "GLIBC":
            yield f"needs {name}_{version}"
    if re.search(r"\((RPATH|RUNPATH)\)", dynamic):
        yield "has an RPATH"
    if "GNU_RELRO" not in headers:
        yield "has no RELRO"
    if needed and not re.search(r"BIND_NOW|FLAGS.*\bNOW\b", dynamic):
        yield "is not bound at once (-z now): its RELRO is partial"
    if re.search(r"\] \.rodata\s+PROGBITS(?:\s+[0-9a-f]+){4}\s+\w*W", sections):
        yield "has constants in a segment that can be written"
    stack = re.search(r"GNU_STACK(?:\s+0x[0-9a-f]+){5}\s+([RWE ]+)", headers)
    if not stack or "E" in stack[1]:
        yield "has a stack that can be executed"
    if not re.search(r"Elf file type is DYN", headers):
        yield "is no position-independent executable"
    if needed and "X86-64" in run("readelf", "-W", "-h", program) and "(RELACOUNT)" in dynamic:
        yield "has relative relocations that are not packed"
    if ".debug_info" in sections or ".symtab" in sections:
        yield "is not stripped"
    if len(data) > LARGEST:
        size = f"has {len(data):,} bytes, more than {LARGEST:,}"
        if is_draft:
            print(f"check: {program} {size}; a draft may", file=sys.stderr)
        else:
            yield size
    for path in paths:
        at = data.find(path.encode())
        if at >= 0:
            end = data.find(b"\0", at)
            yield f"holds a path of this machine: {data[at:min(end, at + 200)].decode(errors='replace')}"


def main(arguments):
    if len(arguments) < 2 or arguments[0] in ("-h", "--help"):
        print(__doc__.strip())
        return 0 if arguments and arguments[0] in ("-h", "--help") else 64
    is_draft = arguments[0] == "--draft"
    program, floor, *paths = arguments[1:] if is_draft else arguments
    found = list(faults(program, floor, paths, is_draft))
    for fault in found:
        print(f"check: {program} {fault}", file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
