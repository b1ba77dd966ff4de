# SPDX-License-Identifier: Apache-2.0
# Copyright the actorpush authors
"""What must not be there when all pushes have ended."""

import collections, fcntl, os, re, threading, time

# What may lie in the state directory: memories, the empty files that locks are taken on, and of a directory its base, its tag, its Actors,
# and the last pull's journal with its copies.
STATE = re.compile(
    r"([0-9a-f]{32}(\.lock|\.account)?|completion\.json|directories/[0-9a-f]{32}/"
    r"([0-9a-f]{32}\.(base|tag)|journal\.finished|backup-[0-9a-f]{16}/.*|lock|conflicts|actors))")


class Leftovers:
    def __init__(self, platform, work):
        self.platform, self.work = platform, work
        self.lock = threading.Lock()
        self.samples = {}

    def sample(self, progress):
        """Notes what the platform holds: at a tenth of the way, when all Actors are there, and at the end."""
        for at in (0.1, 0.55, 1):
            with self.lock:
                if progress < at or at in self.samples:
                    continue
                self.samples[at] = None
            self.samples[at] = (self.memory(), self.descriptors())

    def memory(self):
        """The platform's resident memory, in MiB."""
        with open(f"/proc/{self.platform.process.pid}/status") as status:
            return next(int(line.split()[1]) for line in status if line.startswith("VmRSS")) / 1024

    def descriptors(self):
        return len(os.listdir(f"/proc/{self.platform.process.pid}/fd"))

    def problems(self, cells):
        """Each thing that is left over, as a line."""
        found = []
        state = os.path.join(self.work, "state/actorpush")
        for directory, _, names in os.walk(state):
            for name in names:
                path = os.path.join(directory, name)
                relative = os.path.relpath(path, state)
                if not STATE.fullmatch(relative):
                    found.append(f"in the state directory: {relative}")
                if name.endswith("lock"):
                    with open(path) as file:
                        try:
                            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                        except OSError:
                            found.append(f"a lock that is held: {relative}")
        for place in ["tmp", "home"]:
            found += [f"in {place}: {name}" for name in os.listdir(os.path.join(self.work, place))]
        for cell in cells:
            found += [f"in the tree {cell.root}: {name}" for name in cell.tree() if "actorpush" in name]
        found += self.processes()
        self.after = self.settled_descriptors()
        kinds = self.kinds()
        # The platform has a file without a name for each record.
        kinds.pop("#", 0)
        if sum(kinds.values()) > 40:
            found.append(f"the platform has {self.after} descriptors open: {self.kinds()}")
        self.zips = collections.Counter()
        for actor in sorted({cell.actor for cell in cells}):
            found += self.forgotten(actor)
        return found

    def forgotten(self, actor):
        """Zips in the store of an Actor that nothing needs: no version, no build, and no push that may be under way."""
        ask = self.platform.ask
        id = ask("GET", f"/v2/acts/~{actor}")["id"]
        store = f"/v2/key-value-stores/~actor-{id}-source"
        keys, page = [], ask("GET", f"{store}/keys?limit=1000")
        while page:
            keys += [item["key"] for item in page["items"]]
            page = page["isTruncated"] and ask("GET", f"{store}/keys?limit=1000&exclusiveStartKey={page['nextExclusiveStartKey']}")
        builds = ask("GET", f"/v2/acts/~{actor}/builds?desc=1&limit=40")["items"]
        sources = [(ask("GET", f"/v2/actor-builds/{build['id']}") or {}).get("actVersion") for build in builds]
        sources += ask("GET", f"/v2/acts/~{actor}/versions")["items"]
        named = {source.get("tarballUrl", "").split("?")[0].rsplit("/", 1)[-1] for source in sources if source}
        found = []
        for key in keys:
            if not key.endswith(".zip"):
                continue
            manifest = ask("GET", f"{store}/records/{key[:-4]}.manifest", raw=True)
            lease = re.search(rb'"lease":([0-9]+)', (manifest or b"").split(b"\n")[0])
            kind = ("named" if key in named else "alone" if not lease else "leased" if int(lease[1]) > time.time() else "forgotten")
            self.zips[kind] += 1
            # A push that was killed between the zip and what stands beside it.
            if kind == "forgotten" or self.zips["alone"] > 5:
                found.append(f"in the store of {actor}: {key}, {kind}")
        return found

    def kinds(self):
        """How many descriptors of each kind the platform has open."""
        place = f"/proc/{self.platform.process.pid}/fd"
        links = [os.readlink(f"{place}/{number}") for number in os.listdir(place)]
        return dict(collections.Counter(re.sub(r"[0-9]+.*", "", link.rsplit("/", 1)[-1]) for link in links))

    def settled_descriptors(self):
        """How many descriptors the platform has open once its connections have had time to end."""
        least = self.descriptors()
        for _ in range(40):
            if least <= 30:
                break
            time.sleep(0.25)
            least = min(least, self.descriptors())
        return least

    def processes(self):
        """Processes that were started for a push and are still there."""
        mark, found = f"ACTORPUSH_SOAK={self.work}".encode(), []
        for pid in filter(str.isdigit, os.listdir("/proc")):
            try:
                with open(f"/proc/{pid}/environ", "rb") as environment, open(f"/proc/{pid}/cmdline", "rb") as line:
                    if mark in environment.read().split(b"\0"):
                        found.append(f"process {pid}: {line.read().replace(bytes(1), b' ').decode(errors='replace')}")
            except OSError:
                continue
        return found

    def figures(self):
        shown = "; ".join(f"at {at:.0%} {values[0]:.0f} MiB, {values[1]} descriptors" for at, values in sorted(self.samples.items()) if values)
        return f"the platform: {shown}; {self.after} descriptors at the end; zips: {dict(self.zips)}"
