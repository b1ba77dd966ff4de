# SPDX-License-Identifier: Apache-2.0
# Copyright the actorpush authors
"""The platform, the versions with their trees, and what the workers of scripts/soak do with both."""

import base64, collections, gzip, http.client, io, json, os, random, shutil, signal, subprocess, threading, time, urllib.error, urllib.request, zipfile, zlib

TOKEN = "apify_api_soak"
LABEL = ".actor/provenance.json"
FAULTS_OFF = {"faults": []}

# What a request meets, one as often as the other.
FAULTS = [
    {"fault": "status", "status": 503}, {"fault": "status", "status": 502, "done": True},
    {"fault": "status", "status": 429, "retryAfter": 0}, {"fault": "html"}, {"fault": "html", "status": 500, "done": True},
    {"fault": "close"}, {"fault": "close", "done": True}, {"fault": "close-after-request"},
    {"fault": "close-in-request", "bytes": 100}, {"fault": "close-in-answer"}, {"fault": "close-after-answer"},
    {"fault": "cut-json"}, {"fault": "garbled-json"}, {"fault": "slow", "bytesPerSecond": 20000},
    {"fault": "chunked", "bytes": 7}, {"fault": "compressed"}, {"fault": "compressed", "cut": True},
    {"fault": "none", "delay": 0.2}, {"fault": "status", "status": 500, "retryAfter": 1}, {"fault": "mistyped-json"},
]
# What takes long.
RARE = [{"fault": "hang"}, {"fault": "hang", "done": True}, {"fault": "hang-in-answer"}, {"fault": "endless-json"}]
# A record is no JSON: where the answer is whole, nothing tells that the record is cut.
RECORDS = "/v2/key-value-stores/*/records/*"
PATHS = ["/v2/actors/**", "/v2/actor-builds/**", "/v2/key-value-stores", "/v2/key-value-stores/*", "/v2/key-value-stores/*/keys",
         RECORDS, "/v2/logs/**", "/v2/users/**"]


def faults(percent):
    """A file of faults that `percent` of a hundred requests meet. What this script asks itself goes to /v2/acts, where none are."""
    rules = []
    for path in PATHS:
        usual, rare = ([fault for fault in kinds if path != RECORDS or "json" not in fault["fault"]] for kinds in (FAULTS, RARE))
        every = 100 * len(usual) // percent
        rules += [{"path": path, "occurrence": {"from": 1 + index * every // len(usual), "every": every}, **fault}
                  for index, fault in enumerate(usual)]
        rules += [{"path": path, "occurrence": {"from": 700 + 1000 * index, "every": 4001}, **fault} for index, fault in enumerate(rare)]
    return {"faults": rules}


class Platform:
    """The emulator, in a process of its own."""

    def __init__(self, program, work, first):
        path = os.path.join(work, "faults.json")
        with open(path, "w") as file:
            json.dump(first, file)
        self.process = subprocess.Popen([program, "--port", "0", "--token", TOKEN, "--quiet", "--faults", path, "--build-seconds", "0.03"],
                                        stdout=subprocess.PIPE, stderr=open(os.path.join(work, "platform.log"), "w"), text=True)
        self.address = next(line for line in self.process.stdout if "APIFY_CLIENT_BASE_URL" in line).split("'")[1]

    def ask(self, method, path, body=None, raw=False):
        """The data of an answer; None for 404. Tries again: some addresses are full of faults."""
        for attempt in range(20):
            request = urllib.request.Request(path if "://" in path else self.address + path, method=method,
                                             data=None if body is None else json.dumps(body).encode(),
                                             headers={"Authorization": f"Bearer {TOKEN}", "Content-Type": "application/json"})
            try:
                with urllib.request.urlopen(request, timeout=10) as answer:
                    data = answer.read()
                    # Also where that was not asked for: one of the faults.
                    if answer.headers.get("Content-Encoding") == "gzip":
                        data = gzip.decompress(data)
                    return data if raw else json.loads(data).get("data", True) if data else True
            except urllib.error.HTTPError as error:
                if error.code == 404:
                    return None
                if error.code < 500 and error.code != 429:
                    raise
            except (OSError, ValueError, EOFError, zlib.error, urllib.error.URLError, http.client.HTTPException):
                # No answer, or one that was cut short.
                pass
            time.sleep(0.05)
        raise RuntimeError(f"{method} {path}: no answer")

    def set_faults(self, rules):
        self.ask("PUT", "/emulator/faults", rules)

    def met(self):
        """How many requests came to faulted addresses, and how many met a fault."""
        shown = json.loads(self.ask("GET", "/emulator/faults", raw=True))["faults"]
        per_path = {}
        for rule in shown:
            per_path[rule["path"]] = max(per_path.get(rule["path"], 0), rule["matched"])
        return sum(per_path.values()), sum(rule["applied"] for rule in shown)

    def stop(self):
        self.process.send_signal(signal.SIGINT)
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


class Cell:
    """One version of one Actor, and the tree that is to be in it."""

    def __init__(self, work, actor, version, form, seed):
        self.actor, self.version, self.form = actor, version, form
        self.random = random.Random(f"{seed} {actor} {version}")
        self.root = os.path.join(work, "trees", f"{actor}-{version}")
        self.lock = threading.Lock()
        self.is_edited = False  # by others, and not resolved
        self.history = collections.deque(maxlen=5)
        self.pushes = 0
        os.makedirs(os.path.join(self.root, ".actor"))
        self.write(".actor/actor.json", json.dumps({"name": actor, "version": version, "buildTag": f"t{version[0]}"}).encode())
        self.write("Dockerfile", b"FROM scratch\nCOPY . .\n")
        for _ in range(12):
            self.change()

    @property
    def address(self):
        return f"/v2/acts/~{self.actor}/versions/{self.version}"

    def write(self, name, contents, mode=0o644):
        path = os.path.join(self.root, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        if os.path.isdir(path):  # a file in the place of a directory
            shutil.rmtree(path)
        with open(path, "wb") as file:
            file.write(contents)
        os.chmod(path, mode)

    def tree(self):
        """The contents of the tree's files by their names."""
        return read_tree(self.root)

    def contents(self):
        """Something new: text, text in other scripts, bytes, much of it, nothing."""
        kind, chance = self.random.randrange(6), self.random
        if kind == 0:
            return b""
        if kind == 1:
            return chance.randbytes(chance.randrange(1, 3000))
        if kind == 2:
            return ("\u00e4\u20ac\U0001f600\"\\\n\t" * chance.randrange(1, 200)).encode()
        if kind == 3:
            return b"a line of text\n" * chance.randrange(1, 2000)
        return b"value = %d\r\n" % chance.getrandbits(60)

    def change(self):
        """Changes the tree: one file more, another, or less."""
        files = [name for name in self.tree() if name != "Dockerfile" and not name.startswith(".actor/")]
        kind = self.random.randrange(10)
        if kind < 4 and files:
            self.write(self.random.choice(files), self.contents(), self.random.choice([0o644, 0o755]))
        elif kind < 6 and len(files) > 30 or kind == 6 and files:
            path = os.path.join(self.root, self.random.choice(files))
            os.remove(path)
            if self.random.random() < 0.3:
                self.write(os.path.relpath(path, self.root) + "/inside.txt", self.contents())
            for parent in iter(lambda: os.path.dirname(path), self.root):
                if os.listdir(parent):
                    break
                os.rmdir(parent)
                path = parent
        else:
            directory = self.random.choice(["", "src/", "src/deep/er/", "\u00fcber/", "a b/"])
            self.write(f"{directory}f{self.random.randrange(40)}{self.random.choice(['.js', '.bin', ' x', ''])}", self.contents(),
                       self.random.choice([0o644, 0o644, 0o755]))


def platform_state(done):
    """What a push says the platform holds."""
    try:
        report = json.loads(done.stdout)
    except ValueError:
        return ""
    held = report.get("platform", {})
    return f" ({report.get('error', {}).get('type', 'ok')}; version {held.get('versionState')}, build {held.get('buildState')})"


def read_tree(root):
    tree = {}
    for directory, _, names in os.walk(root):
        for name in names:
            path = os.path.join(directory, name)
            relative = os.path.relpath(path, root)
            if relative != LABEL:
                with open(path, "rb") as file:
                    tree[relative] = file.read()
    return tree


class Soak:
    """What the workers do, and what came of it."""

    def __init__(self, program, platform, work, options):
        self.program, self.platform, self.work_directory, self.options = program, platform, work, options
        self.lock = threading.Lock()
        self.left = options.pushes
        self.counts, self.failures = collections.Counter(), collections.Counter()
        self.problems = []
        for name in ("state", "tmp", "pulled", "home"):
            os.mkdir(os.path.join(work, name))
        self.environment = {
            "PATH": os.environ["PATH"], "HOME": os.path.join(work, "home"), "XDG_STATE_HOME": os.path.join(work, "state"),
            "TMPDIR": os.path.join(work, "tmp"), "APIFY_CLIENT_BASE_URL": platform.address, "APIFY_TOKEN": TOKEN,
            "ACTORPUSH_SOAK": work}

    def problem(self, text, cell=None):
        if cell:
            text = f"{cell.actor} {cell.version} ({cell.form}): {text}; before: {' | '.join(cell.history)}"
        with self.lock:
            self.problems.append(text)
            print(f"soak: PROBLEM: {text}", flush=True)

    def count(self, what):
        with self.lock:
            self.counts[what] += 1

    def take(self):
        with self.lock:
            self.left -= 1
            return self.left >= 0

    def work(self, cells, number, sample):
        chance = random.Random(f"{self.options.seed} worker {number}")
        while self.take():
            free = [cell for cell in chance.sample(cells, len(cells)) if cell.lock.acquire(blocking=False)]
            for cell in free[1:]:
                cell.lock.release()
            if not free:
                time.sleep(0.01)
                with self.lock:
                    self.left += 1
                continue
            try:
                self.step(free[0], chance)
            except Exception as error:
                self.problem(f"{type(error).__name__}: {error}", free[0])
            finally:
                free[0].lock.release()
            done = self.options.pushes - max(0, self.left)
            sample(done / self.options.pushes)
            if done % 500 == 0:
                print(f"soak: {done} pushes, {dict(self.counts)}", flush=True)

    def run(self, *arguments, kill=None):
        """Runs the program. `kill` is a signal, and when it is sent."""
        process = subprocess.Popen([self.program, *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=self.environment,
                                   cwd=self.work_directory)
        if kill:
            time.sleep(kill[1])
            process.send_signal(kill[0])
        try:
            output, errors = process.communicate(timeout=900)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()
            return subprocess.CompletedProcess(arguments, -99, b"", b"it did not end within 15 minutes")
        return subprocess.CompletedProcess(arguments, process.returncode, output, errors)

    def push(self, cell, *arguments, kill=None):
        done = self.run("push", "--json", "-q", "--timeout", "10m", "--source-type", cell.form, *arguments, cell.root, kill=kill)
        cell.history.append(f"push{' --no-build' * ('--no-build' in arguments)}{' --force' * ('--force' in arguments)}"
                            f"{f', signal {kill[0]} after {kill[1]:.2f} s' if kill else ''}: {done.returncode}{platform_state(done)}")
        return done

    def step(self, cell, chance):
        cell.pushes += 1
        if cell.pushes > 2 and chance.random() < 0.05 and self.edit(cell, chance):
            self.count("edited by others")
        if chance.random() < 0.85:
            for _ in range(chance.randrange(1, 4)):
                cell.change()
        before = self.builds(cell)
        kill = (chance.choice([signal.SIGKILL, signal.SIGINT, signal.SIGTERM]), chance.random() * 0.6) if chance.random() < 0.02 else None
        arguments = ["--no-build"] if chance.random() < 0.1 else []
        second = None
        if not kill and chance.random() < 0.05:
            self.count("two at a time")
            second = threading.Thread(target=lambda: self.judge(cell, self.push(cell, *arguments), None, False, chance))
            second.start()
        done = self.push(cell, *arguments, kill=kill)
        if second:
            second.join()
        started = self.builds(cell) - before
        if second and len(started) > 1:
            self.count("two at a time, a build of each")
        if len(started) > (0 if arguments else 2 if second else 1):
            self.problem(f"one push, {len(started)} builds: {sorted(started)} ({done.returncode}): {done.stdout.decode()[-700:]}", cell)
        self.judge(cell, done, kill, second is None, chance)

    def judge(self, cell, done, kill, is_alone, chance):
        """Looks at what a push has said, and whether that is so."""
        status = done.returncode
        says = f"{done.stdout.decode(errors='replace')[-900:]} {done.stderr.decode(errors='replace')[-500:]}"
        if TOKEN in says:
            self.problem(f"shows the token: {says}", cell)
        self.count(f"status {status}")
        if kill and status in (-kill[0], 130, 143):
            return
        if status == 0:
            if difference := self.difference(cell):
                self.problem(f"done, and not what the tree is: {difference}: {says}", cell)
            cell.is_edited = False
        elif status == 1:
            try:
                error = json.loads(done.stdout)["error"]
                with self.lock:
                    self.failures[f"{error['type']}: {error['message'].split(':')[0][:90]}"] += 1
            except (ValueError, KeyError, TypeError):
                self.problem(f"failed without a report: {says}", cell)
        elif status == 7 and (cell.is_edited or not is_alone):
            if is_alone:
                self.resolve(cell, chance)
        else:
            self.problem(f"ended with {status}: {says}", cell)

    def builds(self, cell):
        """The ids of the newest builds of the version."""
        page = self.platform.ask("GET", f"/v2/acts/~{cell.actor}/builds?desc=1&limit=40")
        return {item["id"] for item in page["items"] if item["buildNumber"].startswith(cell.version + ".")} if page else set()

    def held(self, cell):
        """What the version holds: the contents of its files by their names; None where there is none."""
        version = self.platform.ask("GET", cell.address)
        if version is None:
            return None
        if version["sourceType"] == "TARBALL":
            data = self.platform.ask("GET", version["tarballUrl"], raw=True)
            if data is None:
                return {"the zip": b"is missing"}
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                return {name: archive.read(name) for name in archive.namelist() if not name.endswith("/") and name != LABEL}
        files = version.get("sourceFiles") or []
        return {file["name"]: base64.b64decode(file["content"]) if file["format"] == "BASE64" else file["content"].encode()
                for file in files if not file.get("folder") and file["name"] != LABEL}

    def difference(self, cell):
        """How the version differs from the tree; None where it does not."""
        held, tree = self.held(cell), cell.tree()
        if held == tree:
            return None
        if held is None:
            return "there is no version"
        names = sorted(name for name in held.keys() | tree.keys() if held.get(name) != tree.get(name))
        return f"{len(names)} files, as {names[0]!r}: {'in' if names[0] in held else 'not in'} the version, {'in' if names[0] in tree else 'not in'} the tree"

    def edit(self, cell, chance):
        """Somebody changes a file in the console. Returns whether there was one to change."""
        held = self.held(cell)
        if not held:
            return False
        name = chance.choice(sorted(held))
        if name == ".actor/actor.json":
            return False
        held[name] = b"edited by others: %d\n" % chance.getrandbits(40)
        self.platform.ask("PUT", cell.address, {"sourceType": "SOURCE_FILES", "sourceFiles": [
            {"name": name, "format": "BASE64", "content": base64.b64encode(contents).decode()} for name, contents in held.items()]})
        cell.is_edited = True
        cell.history.append("edited by others")
        return True

    def resolve(self, cell, chance):
        """Ends a conflict: by force, or by a pull and another push."""
        if chance.random() < 0.5:
            self.count("resolved by force")
            done = self.push(cell, "--force")
        else:
            self.count("resolved by a pull")
            pulled = self.run("pull", "-q", chance.choice(["--ours", "--theirs"]), cell.root)
            cell.history.append(f"pull: {pulled.returncode}")
            if pulled.returncode not in (0, 1):
                return self.problem(f"pull ended with {pulled.returncode}: {pulled.stderr.decode()[-700:]}", cell)
            if pulled.returncode == 1:
                return
            done = self.push(cell)
        if done.returncode == 0:
            cell.is_edited = False
            if difference := self.difference(cell):
                self.problem(f"resolved, and not what the tree is: {difference}", cell)
        elif done.returncode != 1:
            self.problem(f"resolved, and ended with {done.returncode}: {done.stdout.decode()[-900:]}", cell)

    def settle(self, cell):
        """Without faults the version becomes what the tree is, and can be pulled."""
        done = self.push(cell, *(["--force"] if cell.is_edited else []))
        says = f"{done.stdout.decode()[-900:]} {done.stderr.decode()[-500:]}"
        if done.returncode != 0:
            return self.problem(f"at the end a push ended with {done.returncode}: {says}", cell)
        if difference := self.difference(cell):
            self.problem(f"at the end not what the tree is: {difference}: {says}", cell)
        target = os.path.join(self.work_directory, "pulled", f"{cell.actor}-{cell.version}")
        pulled = self.run("pull", "-q", "--version", cell.version, f"~{cell.actor}", target)
        if pulled.returncode != 0:
            return self.problem(f"pull ended with {pulled.returncode}: {pulled.stderr.decode()[-700:]}", cell)
        if read_tree(target) != cell.tree():
            self.problem(f"what is pulled is not the tree", cell)
        again = self.push(cell)
        if again.returncode != 0 or not json.loads(again.stdout)["package"]["unchanged"]:
            self.problem(f"what was pushed is not unchanged: {again.stdout.decode()[-700:]}", cell)

    def summary(self, seconds, met, leftovers):
        requests, applied = met
        print(f"soak: {self.options.pushes} pushes in {seconds:.0f} s by {self.options.processes} processes, seed {self.options.seed}; "
              f"{requests} requests, {applied} of them with a fault")
        print("soak: " + ", ".join(f"{what}: {count}" for what, count in sorted(self.counts.items())))
        for failure, count in self.failures.most_common(8):
            print(f"soak: failed {count} times: {failure}")
        print(f"soak: {leftovers.figures()}")
        if self.problems:
            print(f"soak: {len(self.problems)} problems; all is kept in {self.work_directory}")
        else:
            shutil.rmtree(self.work_directory, ignore_errors=True)
            print("soak: each version equals its tree, and nothing is left over")
