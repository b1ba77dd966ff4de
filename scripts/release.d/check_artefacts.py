# SPDX-License-Identifier: Apache-2.0
# Copyright the actorpush authors
"""Installs each artefact of a release somewhere, offline, and pushes with it: check_artefacts.py DIST EMULATOR"""
import glob
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
import time

COUNTS = {"passed": 0, "failed": 0, "skipped": 0}


class Failed(Exception):
    pass


def run(*command, expect=0, within=None, env=None, limit=180, text=None):
    """The output of both kinds of `command`, whose input is `text`; fails where its status is not `expect`."""
    done = subprocess.run(
        command, cwd=within, env=env, input=text or "", stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        errors="replace", timeout=limit)
    if done.returncode != expect:
        raise Failed(f"{' '.join(command)}: status {done.returncode}, not {expect}\n{done.stdout.strip()}")
    return done.stdout


def sha256(path):
    with open(path, "rb") as file:
        return hashlib.sha256(file.read()).hexdigest()


class Checks:
    def __init__(self, dist, emulator, work):
        self.dist, self.emulator, self.work = dist, emulator, work
        self.version = re.search(r"actorpush-([0-9.]+)-linux", " ".join(os.listdir(dist)))[1]
        machine = os.uname().machine
        self.platform = "linux-" + ("aarch64" if machine == "arm64" else machine)
        self.number = 0

    def one(self, pattern):
        found = glob.glob(os.path.join(self.dist, pattern))
        if len(found) != 1:
            raise Failed(f"{pattern}: {len(found)} files")
        return found[0]

    def directory(self, name):
        path = os.path.join(self.work, name)
        os.makedirs(path)
        return path

    def environment(self, **more):
        """Nothing but what a program needs; no toolchain in PATH."""
        return {
            "PATH": "/usr/local/bin:/usr/bin:/bin", "HOME": self.work, "LC_ALL": "C.UTF-8",
            "APIFY_CLIENT_BASE_URL": self.address, "APIFY_TOKEN": self.token, **more,
        }

    def project(self):
        """A project of its own, so that each push creates an Actor."""
        self.number += 1
        path = self.directory(f"project-{self.number}")
        os.makedirs(f"{path}/.actor")
        with open(f"{path}/.actor/actor.json", "w", encoding="utf-8") as file:
            json.dump({"actorSpecification": 1, "name": f"artefact-{self.number}", "version": "0.1"}, file)
        with open(f"{path}/main.js", "w", encoding="utf-8") as file:
            file.write("console.log('Grüße');\n")
        return path

    def push(self, *command, path=None, env=None):
        """Pushes with the program that `command` starts."""
        project = path or self.project()
        env = env or self.environment(XDG_STATE_HOME=os.path.join(self.work, f"state-{self.number}"))
        said = run(*command, "--version", within=project, env=env).strip()
        if said != self.version:
            raise Failed(f"{command[-1]} --version says {said}")
        output = run(*command, "push", within=project, env=env)
        if "created version 0.1" not in output or "built 0.1.1" not in output:
            raise Failed(output)
        again = run(*command, "push", within=project, env=env)
        if "is up to date" not in again:
            raise Failed(again)

    # What is checked, one method a thing.

    def sums(self):
        with open(os.path.join(self.dist, "SHA256SUMS"), encoding="utf-8") as file:
            listed = dict(reversed(line.rstrip("\n").split("  ", 1)) for line in file)
        for name, digest in listed.items():
            if sha256(os.path.join(self.dist, name)) != digest:
                raise Failed(f"{name}: not as SHA256SUMS says")
        there = {
            os.path.relpath(os.path.join(top, name), self.dist)
            for top, _, names in os.walk(self.dist) for name in names
        }
        if there - set(listed) != {"SHA256SUMS"}:
            raise Failed(f"not in SHA256SUMS: {sorted(there - set(listed))}")

    def tarball(self):
        place = self.directory("tarball")
        name = f"actorpush-{self.version}-{self.platform}"
        with tarfile.open(os.path.join(self.dist, name + ".tar.gz")) as archive:
            archive.extractall(place)
        self.push(f"{place}/{name}/bin/actorpush")
        for path in (
            "share/man/man1/actorpush.1", "share/man/man1/actorpush-push.1",
            "share/bash-completion/completions/actorpush", "share/zsh/site-functions/_actorpush",
            "share/fish/vendor_completions.d/actorpush.fish", "LICENSE", "THIRD-PARTY-NOTICES",
        ):
            if not os.path.getsize(f"{place}/{name}/{path}"):
                raise Failed(f"{path} is empty")

    def pages(self):
        if not shutil.which("groff"):
            return "no groff"
        place = self.directory("pages")
        with tarfile.open(os.path.join(self.dist, f"actorpush-{self.version}-{self.platform}.tar.gz")) as archive:
            archive.extractall(place)
        for page in glob.glob(f"{place}/*/share/man/man1/*.1"):
            said = run("groff", "-ww", "-man", "-Tutf8", "-z", page)
            if said.strip():
                raise Failed(f"{page}: {said}")

    def script(self):
        prefix = os.path.join(self.work, "script")
        script = os.path.join(self.dist, "install.sh")
        run("sh", script, "--prefix", prefix, "--emulator", env=self.environment())
        self.push(f"{prefix}/bin/actorpush")
        # Twice is the same as once.
        run("sh", script, "--prefix", prefix, env=self.environment())
        run("sh", script, "--prefix", prefix, "--uninstall", env=self.environment())
        left = [os.path.join(top, name) for top, _, names in os.walk(prefix) for name in names]
        if left or os.listdir(prefix):
            raise Failed(f"left after --uninstall: {left or os.listdir(prefix)}")
        said = run("sh", script, "--prefix", prefix, "--uninstall", env=self.environment(), expect=1)
        if "nothing is installed there" not in said:
            raise Failed(said)

    def changed_tarball(self):
        place, prefix = self.directory("changed"), os.path.join(self.work, "changed-prefix")
        name = f"actorpush-{self.version}-{self.platform}.tar.gz"
        for file in ("install.sh", name):
            shutil.copy(os.path.join(self.dist, file), place)
        with open(os.path.join(place, name), "ab") as file:
            file.write(b"x")
        said = run("sh", f"{place}/install.sh", "--prefix", prefix, env=self.environment(), expect=1)
        if "nothing was installed" not in said or os.path.exists(prefix):
            raise Failed(said)

    def read_only_prefix(self):
        if os.geteuid() == 0 and not shutil.which("setpriv"):
            return "root, without setpriv"
        script = os.path.join(self.dist, "install.sh")
        drop = ["setpriv", "--reuid=65534", "--clear-groups"] if os.geteuid() == 0 else []
        # By standard input: the other user may not read the directory.
        with open(script, encoding="utf-8") as file:
            said = run(
                *drop, "sh", "-s", "--", "--prefix", "/usr", within="/", env=self.environment(), expect=1,
                text=file.read())
        if "no permission to write" not in said:
            raise Failed(said)

    def wheel(self):
        place = os.path.join(self.work, "venv")
        run(sys.executable, "-m", "venv", place)
        pip = [f"{place}/bin/pip", "--disable-pip-version-check", "--isolated", "install", "--no-index"]
        began = time.monotonic()
        run(*pip, "--find-links", self.dist, "actorpush", env=self.environment())
        took = time.monotonic() - began
        self.push(f"{place}/bin/actorpush")
        run(f"{place}/bin/pip", "check", env=self.environment())
        size = os.path.getsize(self.one(f"actorpush-{self.version}-py3-none-*_{os.uname().machine}.whl"))
        run(f"{place}/bin/pip", "uninstall", "-y", "actorpush", env=self.environment())
        if os.path.exists(f"{place}/bin/actorpush"):
            raise Failed("pip uninstall leaves the program")
        return f"pip install: {took:.1f} s, {size / 1e6:.1f} MB", True

    def source_distribution(self):
        place = os.path.join(self.work, "venv-source")
        run(sys.executable, "-m", "venv", place)
        said = run(
            f"{place}/bin/pip", "--disable-pip-version-check", "--isolated", "install", "--no-index", "--no-binary",
            ":all:", os.path.join(self.dist, f"actorpush-{self.version}.tar.gz"), env=self.environment(), expect=1)
        if "has no wheel for this machine" not in said:
            raise Failed(said)

    def npm(self):
        if not shutil.which("npm"):
            return "no npm"
        place = self.directory("npm")
        with open(f"{place}/package.json", "w", encoding="utf-8") as file:
            file.write('{"private": true}')
        packages = sorted(glob.glob(os.path.join(self.dist, "npm", "*.tgz")))
        path = os.environ["PATH"]
        env = self.environment(PATH=path, npm_config_cache=f"{place}/cache")
        flags = ["--offline", "--ignore-scripts", "--no-audit", "--no-fund"]
        began = time.monotonic()
        run("npm", "install", *flags, *packages, within=place, env=env)
        took = time.monotonic() - began
        command = f"{place}/node_modules/.bin/actorpush"
        self.push(command, env=self.environment(PATH=path, XDG_STATE_HOME=f"{place}/state"))
        run(command, "nonsense", env=env, expect=64)
        # Without the package of this platform the word is clear.
        shutil.rmtree(glob.glob(f"{place}/node_modules/actorpush-linux-*")[0])
        said = run(command, "--version", env=env, expect=1)
        if "is not installed: it is an optional dependency" not in said:
            raise Failed(said)
        return f"npm install: {took:.1f} s", True

    def yarn(self):
        yarn = shutil.which("yarnpkg") or shutil.which("yarn")
        if not yarn:
            return "no yarn"
        place = self.directory("yarn")
        path = os.environ["PATH"]
        # Where Debian has what its yarnpkg is made of; another node does not look there.
        env = self.environment(PATH=path, HOME=place, NODE_PATH="/usr/share/nodejs")
        if not run(yarn, "--version", within=place, env=env).startswith("1."):
            return "not Yarn 1, which alone installs from a folder of tarballs"
        shutil.copytree(os.path.join(self.dist, "npm"), f"{place}/mirror")
        with open(f"{place}/.yarnrc", "w", encoding="utf-8") as file:
            file.write('yarn-offline-mirror "./mirror"\n')
        with open(f"{place}/package.json", "w", encoding="utf-8") as file:
            json.dump({"private": True, "dependencies": {"actorpush": self.version}}, file)
        names = [os.path.basename(file).removesuffix(f"-{self.version}.tgz") for file in os.listdir(f"{place}/mirror")]
        with open(f"{place}/yarn.lock", "w", encoding="utf-8") as file:
            file.write("# yarn lockfile v1\n")
            for name in sorted(names):
                archive = f"https://registry.yarnpkg.com/{name}/-/{name}-{self.version}.tgz"
                file.write(f'\n{name}@{self.version}:\n  version "{self.version}"\n  resolved "{archive}"\n')
                if name == "actorpush":
                    file.write("  optionalDependencies:\n")
                    file.writelines(f'    {other} "{self.version}"\n' for other in sorted(names) if other != name)
        flags = ["--offline", "--ignore-scripts", "--non-interactive", "--cache-folder", f"{place}/cache"]
        began = time.monotonic()
        run(yarn, "install", *flags, within=place, env=env)
        took = time.monotonic() - began
        # Once more, from the cache alone.
        for name in ("node_modules", "mirror"):
            shutil.rmtree(f"{place}/{name}")
        os.remove(f"{place}/.yarnrc")
        run(yarn, "install", "--frozen-lockfile", *flags, within=place, env=env)
        self.push(f"{place}/node_modules/.bin/actorpush", env=self.environment(PATH=path, XDG_STATE_HOME=f"{place}/state"))
        return f"yarn install: {took:.1f} s", True

    def debian(self):
        if not shutil.which("dpkg-deb"):
            return "no dpkg-deb"
        package = self.one(f"actorpush_{self.version}_*.deb")
        control = run("dpkg-deb", "--info", package)
        if "Depends: libc6 (>= 2.34)" not in control:
            raise Failed(control)
        place = self.directory("debian")
        run("dpkg-deb", "--extract", package, place)
        self.push(f"{place}/usr/bin/actorpush")
        control_files = self.directory("debian-control")
        run("dpkg-deb", "--control", package, control_files)
        run("md5sum", "--quiet", "--check", f"{control_files}/md5sums", within=place)

    def image(self):
        top = os.path.join(self.dist, "oci", f"actorpush-{self.version}-{self.platform}")

        def blob(entry):
            path = os.path.join(top, "blobs", *entry["digest"].split(":"))
            if sha256(path) != entry["digest"].split(":")[1] or os.path.getsize(path) != entry["size"]:
                raise Failed(f"{path}: not what its descriptor says")
            return path

        def document(path):
            with open(path, encoding="utf-8") as file:
                return json.load(file)

        manifest = document(blob(document(f"{top}/index.json")["manifests"][0]))
        configuration = document(blob(manifest["config"]))
        root = self.directory("image")
        for layer, diff in zip(manifest["layers"], configuration["rootfs"]["diff_ids"]):
            archive = run_bytes("gzip", "-dc", blob(layer))
            if "sha256:" + hashlib.sha256(archive).hexdigest() != diff:
                raise Failed("the layer is not what diff_ids says")
            run("tar", "-xzf", blob(layer), "-C", root)
        if os.geteuid() != 0 or not shutil.which("unshare"):
            return "no root, or no unshare: the image was not run"
        project = self.project()
        shutil.copytree(project, f"{root}/project", dirs_exist_ok=True)
        env = dict(pair.split("=", 1) for pair in configuration["config"]["Env"])
        env |= {"APIFY_CLIENT_BASE_URL": self.address, "APIFY_TOKEN": self.token}
        # As a runtime would: with /proc, which Swift reads the arguments from, in the working directory.
        os.mkdir(f"{root}/proc")
        entry, place = configuration["config"]["Entrypoint"], configuration["config"]["WorkingDir"]
        mounted = 'mount --make-rprivate / && mount --rbind /proc "$0/proc" && exec chroot "$0" "$@"'
        said = run(
            shutil.which("unshare"), "-m", shutil.which("sh"), "-c", mounted, root, *entry, "push", place,
            env=env | {"PATH": os.environ["PATH"]})
        if "built 0.1.1" not in said:
            raise Failed(said)

    def formula(self):
        text = open(os.path.join(self.dist, "actorpush.rb"), encoding="utf-8").read()
        name = f"actorpush-{self.version}-{self.platform}.tar.gz"
        if sha256(os.path.join(self.dist, name)) not in text or name not in text:
            raise Failed(text)
        if not shutil.which("ruby"):
            return "no ruby"
        run("ruby", "-c", os.path.join(self.dist, "actorpush.rb"))

    def sbom(self):
        path = os.path.join(self.dist, f"actorpush-{self.version}-{self.platform}.spdx.json")
        document = json.load(open(path, encoding="utf-8"))
        names = {package["name"] for package in document["packages"]}
        for name in ("actorpush", "swift-nio", "async-http-client", "zlib", "BoringSSL (CNIOBoringSSL)"):
            if name not in names:
                raise Failed(f"{name} is not in the SBOM")
        if any(not package["versionInfo"] or not package["licenseDeclared"] for package in document["packages"]):
            raise Failed("a package without a version or a licence")
        identifiers = {package["SPDXID"] for package in document["packages"]} | {"SPDXRef-DOCUMENT"}
        for relation in document["relationships"]:
            if not {relation["spdxElementId"], relation["relatedSpdxElement"]} <= identifiers:
                raise Failed(f"{relation}: leads nowhere")
        if len(identifiers) != len(document["packages"]) + 1:
            raise Failed("two packages have one identifier")

    def everything(self):
        platform = os.path.join(self.work, "platform")
        with open(platform, "w", encoding="utf-8") as file:
            process = subprocess.Popen(
                [self.emulator, "--port", "0", "--quiet"], stdin=subprocess.DEVNULL, stdout=file,
                stderr=subprocess.DEVNULL)
        try:
            for _ in range(100):
                text = open(platform, encoding="utf-8").read()
                if "export APIFY_TOKEN" in text:
                    break
                time.sleep(0.1)
            else:
                sys.exit("check-release: the local platform did not start")
            self.address = re.search(r"export APIFY_CLIENT_BASE_URL='([^']+)'", text)[1]
            self.token = re.search(r"export APIFY_TOKEN='([^']+)'", text)[1]
            for check in (
                self.sums, self.tarball, self.pages, self.script, self.changed_tarball, self.read_only_prefix,
                self.wheel, self.source_distribution, self.npm, self.yarn, self.debian, self.image, self.formula, self.sbom,
            ):
                self.report(check)
        finally:
            process.terminate()
            process.wait(10)

    def report(self, check):
        name = check.__name__.replace("_", " ")
        began = time.monotonic()
        try:
            said = check()
        except (Failed, OSError, subprocess.TimeoutExpired) as error:
            COUNTS["failed"] += 1
            print(f"FAILED   {name}: {error}", flush=True)
            return
        is_done = said is None or isinstance(said, tuple)
        COUNTS["passed" if is_done else "skipped"] += 1
        text = said[0] if isinstance(said, tuple) else said or ""
        took = f"{time.monotonic() - began:.1f} s"
        print(f"{'passed ' if is_done else 'skipped'}  {name} ({took}){': ' + text if text else ''}", flush=True)


def run_bytes(*command):
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, timeout=120).stdout


def main():
    dist, emulator = (os.path.abspath(path) for path in sys.argv[1:])
    work = tempfile.mkdtemp(prefix="actorpush-release-")
    try:
        Checks(dist, emulator, work).everything()
    finally:
        shutil.rmtree(work, ignore_errors=True)
    print(", ".join(f"{count} {word}" for word, count in COUNTS.items()))
    sys.exit(1 if COUNTS["failed"] else 0)


if __name__ == "__main__":
    main()
