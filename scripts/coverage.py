# SPDX-License-Identifier: Apache-2.0
# Copyright the actorpush authors
"""Prints the lines covered of each target below Sources: llvm-cov export --summary-only | coverage.py ROOT"""
import json
import os
import sys

root = os.path.join(os.path.realpath(sys.argv[1]), "Sources") + os.sep
totals = {}
for file in json.load(sys.stdin)["data"][0]["files"]:
    name = os.path.realpath(file["filename"])
    if not name.startswith(root):
        continue
    group, target, *_ = name[len(root):].split(os.sep)
    lines = file["summary"]["lines"]
    for key in (f"{group}/{target}", "all"):
        covered, count = totals.get(key, (0, 0))
        totals[key] = (covered + lines["covered"], count + lines["count"])
everything = totals.pop("all", (0, 0))
for key, (covered, count) in [*sorted(totals.items()), ("all", everything)]:
    print(f"{key:32} {covered:6} of {count:6} lines  {100 * covered / max(count, 1):5.1f} %")
