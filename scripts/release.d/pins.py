# SPDX-License-Identifier: Apache-2.0
# Copyright the actorpush authors
"""The dependencies of a release: exact versions and commits, transitive ones too, in pins.json.

    scripts/pins             what is pinned
    scripts/pins check       whether the checkouts of SCRATCH (.build) are what is pinned, and nothing else
    scripts/pins newer       what is newer at its source; asks the network, changes nothing
    scripts/pins resolved    writes Package.resolved, so that a build takes the pinned ones
    scripts/pins update      pins what SCRATCH has resolved

    --scratch-path SCRATCH   the build directory that is meant
"""
import json
import os
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
PINS = os.path.join(HERE, "pins.json")


def fail(message):
    sys.exit(f"pins: {message}")


def pinned():
    with open(PINS, encoding="utf-8") as file:
        return json.load(file)["pins"]


def resolved_in(scratch):
    """identity -> pin, as SwiftPM has checked it out."""
    path = os.path.join(scratch, "workspace-state.json")
    if not os.path.exists(path):
        fail(f"{path}: no such file; nothing was resolved there (swift package resolve --scratch-path {scratch})")
    with open(path, encoding="utf-8") as file:
        dependencies = json.load(file)["object"]["dependencies"]
    found = {}
    for dependency in dependencies:
        reference, state = dependency["packageRef"], dependency["state"].get("checkoutState", {})
        found[reference["identity"]] = {
            "identity": reference["identity"], "location": reference["location"],
            "version": state.get("version") or state.get("branch") or "none", "revision": state.get("revision", ""),
        }
    return found


def check(scratch):
    """The lines that tell how `scratch` differs from what is pinned."""
    found = resolved_in(scratch)
    for pin in pinned():
        other = found.pop(pin["identity"], None)
        if other is None:
            yield f"{pin['identity']} {pin['version']} is pinned, but no part of the build (scripts/pins update)"
        elif (other["version"], other["revision"]) != (pin["version"], pin["revision"]):
            yield (
                f"{pin['identity']}: {other['version']} ({other['revision'][:12]}) is checked out, "
                f"{pin['version']} ({pin['revision'][:12]}) is pinned")
        else:
            yield from modified(scratch, pin)
    for other in found.values():
        yield f"{other['identity']} {other['version']} is part of the build, but not pinned (scripts/pins update)"


def modified(scratch, pin):
    """Whether the checkout's files are those of the pinned commit."""
    checkout = os.path.join(scratch, "checkouts", re.sub(r"\.git$", "", pin["location"].rsplit("/", 1)[1]))
    if not os.path.isdir(checkout):
        yield f"{checkout}: no such directory; {pin['identity']} is not checked out"
        return
    run = subprocess.run(
        ["git", "-C", checkout, "status", "--porcelain", "--untracked-files=all"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, timeout=60)
    head = subprocess.run(
        ["git", "-C", checkout, "rev-parse", "HEAD"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        timeout=60)
    if run.returncode != 0 or head.returncode != 0:
        yield f"{checkout}: git cannot tell what it is: {(run.stderr or head.stderr).strip()}"
    elif head.stdout.strip() != pin["revision"]:
        yield f"{checkout}: is at {head.stdout.strip()[:12]}, not at {pin['revision'][:12]}"
    elif run.stdout.strip():
        yield f"{checkout}: was edited: {run.stdout.split(chr(10))[0].strip()}"


def numbers(version):
    return tuple(int(part) for part in version.split("."))


def newest(pin):
    """(the newest version at the source, None) or (None, why it is not known)."""
    environment = dict(os.environ, GIT_TERMINAL_PROMPT="0", GIT_ASKPASS="true")
    try:
        run = subprocess.run(
            ["git", "ls-remote", "--tags", "--refs", pin["location"]], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            stdin=subprocess.DEVNULL, text=True, timeout=30, env=environment)
    except subprocess.TimeoutExpired:
        return None, "no answer in 30 s"
    if run.returncode != 0:
        lines = [line for line in run.stderr.strip().split("\n") if line]
        return None, (lines[-1] if lines else f"git ended with {run.returncode}")
    versions = re.findall(r"refs/tags/v?(\d+\.\d+\.\d+)$", run.stdout, re.MULTILINE)
    if not versions:
        return None, "it has no version"
    return max(versions, key=numbers), None


def newer():
    pins = pinned()
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(newest, pins))
    width = max(len(pin["identity"]) for pin in pins)
    unknown = later = 0
    for pin, (version, problem) in zip(pins, answers):
        if problem:
            unknown += 1
            print(f"{pin['identity']:{width}}  {pin['version']:10}  unknown: {problem}")
        elif numbers(version) > numbers(pin["version"]):
            later += 1
            print(f"{pin['identity']:{width}}  {pin['version']:10}  {version}")
    print(f"{later} of {len(pins)} have a newer version" + (f"; of {unknown} it is not known" if unknown else ""))
    return 1 if unknown == len(pins) else 0


def write_resolved():
    """Package.resolved, as SwiftPM reads it; git ignores the file."""
    pins = [
        {
            "identity": pin["identity"], "kind": "remoteSourceControl", "location": pin["location"],
            "state": {"revision": pin["revision"], "version": pin["version"]},
        }
        for pin in pinned()
    ]
    path = os.path.join(ROOT, "Package.resolved")
    with open(path + ".new", "w", encoding="utf-8") as file:
        json.dump({"pins": pins, "version": 2}, file, indent=2)
        file.write("\n")
    os.replace(path + ".new", path)


def update(scratch):
    with open(PINS, encoding="utf-8") as file:
        document = json.load(file)
    found = resolved_in(scratch)
    for pin in found.values():
        if not re.fullmatch(r"\d+\.\d+\.\d+", pin["version"]):
            fail(f"{pin['identity']}: {pin['version']} is no version; a release is made of released versions")
    document["pins"] = [found[identity] for identity in sorted(found)]
    with open(PINS + ".new", "w", encoding="utf-8") as file:
        json.dump(document, file, indent=2)
        file.write("\n")
    os.replace(PINS + ".new", PINS)
    print(f"pinned {len(found)} packages in {os.path.relpath(PINS, ROOT)}")


def main(arguments):
    scratch = os.path.join(ROOT, ".build")
    if "--scratch-path" in arguments:
        place = arguments.index("--scratch-path")
        if place + 1 == len(arguments):
            fail("--scratch-path needs a directory")
        scratch = arguments[place + 1]
        del arguments[place:place + 2]
    if any(argument in ("-h", "--help", "help") for argument in arguments):
        print(__doc__.strip())
        return 0
    if arguments == []:
        for pin in pinned():
            print(f"{pin['identity']} {pin['version']} {pin['revision']}")
        return 0
    if arguments == ["check"]:
        problems = list(check(scratch))
        for problem in problems:
            print(f"pins: {problem}", file=sys.stderr)
        if not problems:
            print(f"{len(pinned())} packages are what is pinned")
        return 1 if problems else 0
    if arguments == ["newer"]:
        return newer()
    if arguments == ["resolved"]:
        write_resolved()
        return 0
    if arguments == ["update"]:
        update(scratch)
        return 0
    print(f"pins: {' '.join(arguments)}: unknown\n\n{__doc__.strip()}", file=sys.stderr)
    return 64


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
