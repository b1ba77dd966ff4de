# SPDX-License-Identifier: Apache-2.0
# Copyright the actorpush authors
"""Times pybase64.b64encode in this process, at sizes where the cost of the call is small: GB/s of input, as JSON."""

import json
import os
import sys
import time

import pybase64

print("pybase64", pybase64.get_version(), file=sys.stderr)
figures = {}
for size in (16 << 10, 64 << 10, 1 << 20, 16 << 20, 64 << 20):
    data = os.urandom(min(size, 1 << 20)) * max(1, size >> 20)
    repeats = max(1, (2 << 20) // size)
    best = float("inf")
    for _ in range(60 if size <= 1 << 20 else 8):
        start = time.perf_counter()
        for _ in range(repeats):
            pybase64.b64encode(data)
        best = min(best, (time.perf_counter() - start) / repeats)
    figures[str(size)] = size / best / 1e9
print(json.dumps({"pybase64": figures}))
