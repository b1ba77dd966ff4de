# SPDX-License-Identifier: Apache-2.0
# Copyright the actorpush authors
"""Reports comments that are too wide and files that are too long: find … -print0 | lint.py WIDTH LINES"""
import sys

width, longest = int(sys.argv[1]), int(sys.argv[2])
problems = 0
for name in filter(None, sys.stdin.buffer.read().split(b"\0")):
    path = name.decode()
    with open(path, encoding="utf-8") as file:
        lines = file.read().splitlines()
    if len(lines) > longest:
        print(f"{path}:1: the file has {len(lines)} lines, more than {longest}")
        problems += 1
    for number, line in enumerate(lines, 1):
        text = line.strip()
        if not text.startswith("//") or len(line) <= width:
            continue
        if text.lstrip("/ ").startswith("https://") and " " not in text.lstrip("/ "):
            continue
        print(f"{path}:{number}: the comment is {len(line)} columns wide, more than {width}")
        problems += 1
sys.exit(1 if problems else 0)
