# SPDX-License-Identifier: Apache-2.0
# Copyright the actorpush authors
"""Tells GitHub how a push or a check ended: outputs, a summary, and annotations: report.py FILE STATUS [--checked]

With --checked the findings have been told already.
"""
import json
import os
import sys


def escaped(text):
    """`text` as the message of a workflow command."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def code(text):
    """`text` as code in a cell of Markdown."""
    return "`" + str(text).replace("`", "'").replace("|", "\\|").replace("\n", " ") + "`"


def append(variable, text):
    if os.environ.get(variable):
        with open(os.environ[variable], "a", encoding="utf-8") as file:
            file.write(text)


def annotate(kind, message, place):
    """Shows `message` at the file, line and column of `place`, as far as it has them."""
    names = {"path": "file", "line": "line", "column": "col"}
    if place.get("path"):
        # As seen from the top of the repository.
        place = place | {"path": os.path.normpath(os.path.join(os.environ.get("DIRECTORY") or ".", place["path"]))}
    parts = [f"{name}={escaped(str(place[key])).replace(':', '%3A').replace(',', '%2C')}" for key, name in names.items() if place.get(key)]
    print(f"::{kind} {','.join([*parts, 'title=actorpush'])}::{escaped(message)}")


def main():
    path, status = sys.argv[1:3]
    try:
        with open(path, encoding="utf-8") as file:
            report = json.load(file)
    except ValueError:
        report = {}
    actor, build, package = (report.get(key) or {} for key in ("actor", "build", "package"))
    outputs = {
        "action": report.get("action"), "actor-id": actor.get("id"), "version": report.get("version"),
        "build-number": build.get("number"), "build-url": build.get("url"), "digest": package.get("digest"),
    }
    findings = report.get("findings") or []
    for name, value in outputs.items() if report.get("operation") != "check" else ():
        append("GITHUB_OUTPUT", f"{name}={str(value or '').splitlines()[0] if value else ''}\n")

    error = report.get("error") or {}
    if int(status) != 0:
        if not findings:
            annotate("error", error.get("message") or f"actorpush ended with status {status}", error)
    for finding in findings:
        kind = {"error": "error", "warning": "warning"}.get(finding.get("severity"), "notice")
        text = "; ".join(part for part in (finding.get("message"), finding.get("remedy")) if part)
        annotate(kind, f"{text} ({finding.get('id')})", finding)
    for warning in report.get("warnings") or [] if "--checked" not in sys.argv else ():
        annotate("warning", warning, {})

    rows = [
        ("Actor", actor.get("name")), ("version", report.get("version")),
        ("action", "would " + str(report.get("action")) if report.get("dryRun") else report.get("action")),
        ("build", build.get("number")), ("build status", build.get("status")), ("error", error.get("message")),
    ]
    for kind in ("error", "warning", "note"):
        count = sum(finding.get("severity") == kind for finding in findings)
        rows.append((f"findings: {kind}", count))
    for kind in ("added", "changed", "removed"):
        count = sum(change["change"] == kind for change in report.get("changes") or [])
        rows.append((kind, f"{count} file{'' if count == 1 else 's'}" if count else None))
    table = "".join(f"| {name} | {code(value)} |\n" for name, value in rows if value)
    title = "actorpush check" if report.get("operation") == "check" else "actorpush"
    append("GITHUB_STEP_SUMMARY", f"### {title}: {'done' if int(status) == 0 else 'failed'}\n\n| | |\n|---|---|\n{table}\n")


if __name__ == "__main__":
    main()
