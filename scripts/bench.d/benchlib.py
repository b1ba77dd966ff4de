# SPDX-License-Identifier: Apache-2.0
# Copyright the actorpush authors
"""What the benchmarks of whole programs share: trees that are the same everywhere, races of commands, tables, plots."""

import argparse, json, math, os, random, shutil, statistics, subprocess, sys, tempfile, time

HERE = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


def build(*products):
    """Builds products as they are released, and returns the folder that they lie in; or the folder ACTORPUSH_PRODUCTS, where they are built already."""
    if made := os.environ.get("ACTORPUSH_PRODUCTS"):
        return made
    scratch = os.path.join(HERE, ".build-release")
    made = os.path.join(scratch, "programs")
    subprocess.run([os.path.join(HERE, "scripts/release.d/build"), made, "--scratch-path", scratch, *products], check=True, stdout=subprocess.DEVNULL)
    return made


def peer(work, name):
    """One of the small C programs for comparison, built into `work`."""
    program = os.path.join(work, name)
    if not os.path.exists(program):
        subprocess.run(["cc", "-O2", "-pthread", "-o", program, os.path.join(HERE, "Benchmarks/Peers", name + ".c")], check=True)
    return program


def make_small_files(root, files):
    """Source files, half of them ignored by nested rules, in files / 20 folders."""
    line, count = 'const value = "%d"; // some ordinary source text\n', 0
    for folder in range(max(1, files // 20)):
        path = os.path.join(root, "p%d" % (folder // 100), "m%d" % (folder // 10 % 10), "d%d" % (folder % 10))
        os.makedirs(path)
        for index in range(20):
            with open(os.path.join(path, "file%02d%s" % (index, ".log" if index % 2 else ".js")), "w") as file:
                file.write(line % count * (1 + count % 40))
            count += 1
        if folder % 10 == 0:
            with open(os.path.join(os.path.dirname(path), ".gitignore"), "w") as file:
                file.write("*.log\n!keep.log\nbuild/\n")
    subprocess.run(["git", "init", "-q", root], check=True)


KINDS = ["random", "prose with random", "rows", "code-like"]


def make_assets(root, total, files):
    """Binary files: a quarter each that does not compress, that does moderately, that does highly, and that is like WebAssembly; each kind
    in a folder of its name."""
    source = random.Random(1)
    words = [bytes(source.choices(b"abcdefghijklmnopqrstuvwxyz", k=source.randint(2, 10))) for _ in range(4000)]
    prose = b" ".join(source.choices(words, k=200_000))
    rows = b"".join(b'{"id":%d,"name":"%s","ok":true}\n' % (index, words[index % 97]) for index in range(100_000))
    code = make_code(source, 8 << 20)
    for index in range(files):
        kind = KINDS[index % 4]
        folder = os.path.join(root, kind, "d%d" % (index % 50))
        os.makedirs(folder, exist_ok=True)
        size = int(total / files * source.choice([0.3, 0.6, 1, 1.4, 1.7]))
        if kind == "random":
            data = source.randbytes(size)
        elif kind == "prose with random":
            parts, length = [], 0
            while length < size:
                start = source.randrange(len(prose) - 100)
                parts.append(prose[start : start + source.randint(20, 60)] + source.randbytes(10))
                length += len(parts[-1])
            data = b"".join(parts)[:size]
        elif kind == "rows":
            start = source.randrange(1000)
            data = (rows[start:] * (size // len(rows) + 2))[:size]
        else:
            start = source.randrange(len(code))
            data = ((code[start:] + code) * (size // len(code) + 1))[:size]
        with open(os.path.join(folder, "f%d.bin" % index), "wb") as file:
            file.write(data)


def make_code(source, size):
    """Patterns of 4 to 16 bytes in two stretches of 10 KiB by turns, each in another order than two before and a tenth of it new: what is
    repeated lies 10 to 30 KiB back, and nothing nearer by."""
    pattern = lambda: source.randbytes(source.randint(4, 16))
    stretches, out = [[pattern() for _ in range(1000)] for _ in range(2)], bytearray()
    while len(out) < size:
        for stretch in stretches:
            source.shuffle(stretch)
            stretch[:100] = [pattern() for _ in range(100)]
            out += b"".join(stretch)
    return bytes(out[:size])


def make_deep(root, levels):
    """Folders in each other."""
    path = root
    for level in range(levels):
        path = os.path.join(path, "level%03d" % level)
        os.mkdir(path)
        with open(os.path.join(path, "file.txt"), "w") as file:
            file.write("level %d\n" % level)
    subprocess.run(["git", "init", "-q", root], check=True)


def run(measure, command, stdin=os.devnull, cwd=None):
    """Seconds of wall time and KiB of peak memory of one run, with its output thrown away. `measure` is the peer of that name."""
    with open(stdin, "rb") as source:
        done = subprocess.run([measure, *command], stdin=source, stdout=subprocess.PIPE, text=True, cwd=cwd)
    if done.returncode != 0:
        sys.exit(f"bench: {' '.join(command)} ended with {done.returncode}")
    wall, peak = done.stdout.split()
    return float(wall), int(peak)


def race(measure, commands, runs, stdin=os.devnull, cwd=None, before=None):
    """Runs all commands in turn, so that the machine's moods meet them all. Gives for each its median seconds and its largest peak of
    memory; the first turn only warms the caches."""
    seconds, memory = {name: [] for name in commands}, dict.fromkeys(commands, 0)
    for turn in range(runs + 1):
        for name, command in commands.items():
            if before:
                before(name)
            wall, peak = run(measure, command, stdin, cwd)
            if turn > 0:
                seconds[name].append(wall)
                memory[name] = max(memory[name], peak)
    return {name: {"seconds": statistics.median(seconds[name]), "peak_kib": memory[name]} for name in commands}


def have(*names):
    """The first of the programs that is there."""
    return next((found for name in names if (found := shutil.which(name))), None)


def exponent(points):
    """How cost grows with size: the slope of a straight line through the logarithms (least squares)."""
    xs, ys = [math.log(x) for x, _ in points], [math.log(y) for _, y in points]
    x, y = statistics.mean(xs), statistics.mean(ys)
    return sum((a - x) * (b - y) for a, b in zip(xs, ys)) / sum((a - x) ** 2 for a in xs)


def plot(path, title, xlabel, ylabel, series):
    """An SVG of lines over logarithmic axes; `series` maps names to lists of (x, y)."""
    width, height, left, right, top, bottom = 760, 460, 80, 180, 50, 60
    points = [point for line in series.values() for point in line]
    x0, x1 = (math.floor(math.log10(min(x for x, _ in points))), math.ceil(math.log10(max(x for x, _ in points))))
    y0, y1 = (math.floor(math.log10(min(y for _, y in points))), math.ceil(math.log10(max(y for _, y in points))))
    x1, y1 = max(x1, x0 + 1), max(y1, y0 + 1)
    px = lambda x: left + (math.log10(x) - x0) / (x1 - x0) * (width - left - right)
    py = lambda y: height - bottom - (math.log10(y) - y0) / (y1 - y0) * (height - top - bottom)
    colors = ["#0b6e4f", "#c8553d", "#28536b", "#8f5d9e", "#b58900", "#666666", "#2aa198", "#d33682"]
    out = [f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" font-family="sans-serif" font-size="12">',
           f'<rect width="{width}" height="{height}" fill="white"/>', f'<text x="{left}" y="28" font-size="16">{title}</text>']
    for decade in range(x0, x1 + 1):
        out.append(f'<line x1="{px(10**decade):.1f}" x2="{px(10**decade):.1f}" y1="{top}" y2="{height - bottom}" stroke="#ddd"/>')
        out.append(f'<text x="{px(10**decade):.1f}" y="{height - bottom + 18}" text-anchor="middle">{10**decade:,g}</text>')
    for decade in range(y0, y1 + 1):
        out.append(f'<line x1="{left}" x2="{width - right}" y1="{py(10**decade):.1f}" y2="{py(10**decade):.1f}" stroke="#ddd"/>')
        out.append(f'<text x="{left - 8}" y="{py(10**decade) + 4:.1f}" text-anchor="end">{10**decade:,g}</text>')
    for index, (name, line) in enumerate(series.items()):
        color = colors[index % len(colors)]
        out.append(f'<polyline fill="none" stroke="{color}" stroke-width="2" points="{" ".join(f"{px(x):.1f},{py(y):.1f}" for x, y in line)}"/>')
        out += [f'<circle cx="{px(x):.1f}" cy="{py(y):.1f}" r="3" fill="{color}"/>' for x, y in line]
        out.append(f'<text x="{width - right + 12}" y="{top + 14 + 20 * index}" fill="{color}">{name}</text>')
    out.append(f'<text x="{(left + width - right) / 2}" y="{height - 16}" text-anchor="middle">{xlabel}</text>')
    out.append(f'<text transform="translate(20 {(top + height - bottom) / 2}) rotate(-90)" text-anchor="middle">{ylabel}</text></svg>')
    os.makedirs(os.path.dirname(os.path.abspath(path)), exist_ok=True)
    with open(path, "w") as file:
        file.write("\n".join(out) + "\n")


class Workspace:
    """A scratch folder, gone at the end."""

    def __enter__(self):
        self.path = tempfile.mkdtemp(dir=os.environ.get("TMPDIR", "/var/tmp"))
        return self.path

    def __exit__(self, *_):
        shutil.rmtree(self.path, ignore_errors=True)
