# SPDX-License-Identifier: Apache-2.0
# Copyright the actorpush authors
"""Tells GitHub how a push ended: outputs, a summary, and an annotation where it failed: report.py FILE STATUS"""
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


def main():
    path, status = sys.argv[1:]
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
    for name, value in outputs.items():
        append("GITHUB_OUTPUT", f"{name}={str(value or '').splitlines()[0] if value else ''}\n")

    error = report.get("error") or {}
    if int(status) != 0:
        message = error.get("message") or f"actorpush ended with status {status}"
        file = f"file={error['file']}," if error.get("file") else ""
        print(f"::error {file}title=actorpush::{escaped(message)}")
    for warning in report.get("warnings") or []:
        print(f"::warning title=actorpush::{escaped(warning)}")

    rows = [
        ("Actor", actor.get("name")), ("version", report.get("version")),
        ("action", "would " + str(report.get("action")) if report.get("dryRun") else report.get("action")),
        ("build", build.get("number")), ("build status", build.get("status")), ("error", error.get("message")),
    ]
    for kind in ("added", "changed", "removed"):
        names = (report.get("changes") or {}).get(kind)
        rows.append((kind, f"{len(names)} files" if isinstance(names, list) else names))
    table = "".join(f"| {name} | {code(value)} |\n" for name, value in rows if value)
    append("GITHUB_STEP_SUMMARY", f"### actorpush: {'done' if int(status) == 0 else 'failed'}\n\n| | |\n|---|---|\n{table}\n")


if __name__ == "__main__":
    main()
