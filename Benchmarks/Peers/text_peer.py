# SPDX-License-Identifier: Apache-2.0
# Copyright the actorpush authors
"""Makes the texts of the text benchmark in a folder, and times json.dumps and orjson.dumps of each, decoded before."""

import json
import pathlib
import random
import sys
import sysconfig
import time

import orjson

MEBIBYTE = 1 << 20
random.seed(1)


def cut(text):
    return text.encode()[:MEBIBYTE].decode(errors="ignore").encode()


def words(low, high, separators):
    pieces = []
    count = 0
    while count < MEBIBYTE:
        word = "".join(chr(random.randint(low, high)) for _ in range(random.randint(2, 30)))
        piece = word + random.choice(separators)
        count += len(piece.encode())
        pieces.append(piece)
    return cut("".join(pieces))


# Real source code, with lines as people write them: Python's own library.
source = b"".join(file.read_bytes() for file in sorted(pathlib.Path(sysconfig.get_path("stdlib")).glob("*.py")))
source = source.decode(errors="ignore").encode("ascii", "ignore")
records = [{"id": i, "name": f"item {i}", "tags": ["a", "b"], "ok": True} for i in range(20_000)]
texts = {
    "ascii": source[:MEBIBYTE],
    "ascii-4k": source[:4096],
    "ascii-300": source[:300],
    "cjk": words(0x4E00, 0x9FA5, ["，", "。\n", "、"]),
    "hangul": words(0xAC00, 0xD7A3, [" ", " ", ".\n"]),
    "cyrillic": words(0x430, 0x44F, [" ", ", ", ".\n"]),
    "emoji-mix": cut("".join(random.choice(["😀", "🚀", "word ", "日本", "é", "\n"]) for _ in range(400_000))),
    "json": json.dumps(records, indent=1).encode()[:MEBIBYTE],
    "one-line": b"x" * MEBIBYTE,
    "breaks-at-end": source[: MEBIBYTE - 2] + b"\xe4\xb8",
}

folder = pathlib.Path(sys.argv[1])
for old in folder.glob("*.txt"):
    old.unlink()
# The first writes \u4e2d for what is not ASCII; the second and the third write the same bytes as we do.
peers = {
    "json.dumps": lambda text: json.dumps(text),
    "json.dumps utf-8": lambda text: json.dumps(text, ensure_ascii=False).encode(),
    "orjson": lambda text: orjson.dumps(text),
}
figures = {name: {} for name in peers}
for name, data in texts.items():
    (folder / f"{name}.txt").write_bytes(data)
    try:
        text = data.decode()
    except UnicodeDecodeError:
        continue
    repeats = max(1, MEBIBYTE // len(data) // 8)
    for peer, run in peers.items():
        best = float("inf")
        for _ in range(20):
            start = time.perf_counter()
            for _ in range(repeats):
                run(text)
            best = min(best, (time.perf_counter() - start) / repeats)
        figures[peer][name] = len(data) / best / 1e9
(folder / "figures.json").write_text(json.dumps(figures))
