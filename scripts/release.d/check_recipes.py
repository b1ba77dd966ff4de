# SPDX-License-Identifier: Apache-2.0
# Copyright the actorpush authors
"""Runs the shell of each CI recipe against a local platform: check_recipes.py PROGRAM EMULATOR

The YAML is parsed with PyYAML and checked by check-jsonschema, as far as this Python has them.
"""
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
COUNTS = {"passed": 0, "failed": 0, "skipped": 0}
PAGES = {"github.md": "vendor.github-workflows", "gitlab.md": "vendor.gitlab-ci", "shell.md": None}

try:
    import yaml
except ImportError:
    yaml = None


def told(kind, name, text=""):
    COUNTS[kind] += 1
    print(f"{kind.upper() if kind == 'failed' else kind:8} {name}{': ' + text if text else ''}", flush=True)


def blocks(page):
    """(language, text) of each fenced block."""
    text = open(os.path.join(ROOT, "scripts", "ci", page), encoding="utf-8").read()
    return re.findall(r"^```(yaml|sh)\n(.*?)^```", text, re.MULTILINE | re.DOTALL)


class Recipes:
    def __init__(self, program, work, address, token):
        self.work, self.number, self.pushed = work, 0, []
        self.programs = os.path.join(work, "programs")
        os.mkdir(self.programs)
        os.symlink(program, os.path.join(self.programs, "actorpush"))
        # What a recipe installs is there already.
        with open(os.path.join(self.programs, "pip"), "w", encoding="utf-8") as file:
            file.write('#!/bin/sh\n[ "$*" = "install actorpush" ]\n')
        os.chmod(file.name, 0o755)
        self.environment = {
            "PATH": f"{self.programs}:/usr/local/bin:/usr/bin:/bin", "HOME": work, "CI": "true",
            "APIFY_CLIENT_BASE_URL": address, "APIFY_TOKEN": token, "LC_ALL": "C.UTF-8",
            "RUNNER_TEMP": work,
        }

    def checkout(self):
        """A repository as a CI checks it out, with a project at its top and two below."""
        self.number += 1
        place = os.path.join(self.work, f"checkout-{self.number}")
        for directory, name in ((".", "top"), ("actors/crawler", "crawler"), ("actors/exporter", "exporter")):
            actor = os.path.join(place, directory, ".actor")
            os.makedirs(actor)
            with open(os.path.join(actor, "actor.json"), "w", encoding="utf-8") as file:
                json.dump({"name": f"{name}-{self.number}", "version": "0.1", "buildTag": "latest"}, file)
            with open(os.path.join(place, directory, "main.js"), "w", encoding="utf-8") as file:
                file.write(f"// {name}\n")
        with open(os.path.join(place, "candidate.json"), "w", encoding="utf-8") as file:
            file.write('{"url": "https://example.com"}\n')
        git = ["git", "-C", place, "-c", "user.name=ci", "-c", "user.email=ci@example.com"]
        for command in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "All"]):
            subprocess.run(git + command, check=True, stdout=subprocess.DEVNULL, timeout=60)
        self.environment["XDG_STATE_HOME"] = os.path.join(self.work, f"state-{self.number}")
        return place

    def shell(self, name, text, place, expect=0, shell=("bash", "-e", "-o", "pipefail", "-c"), **more):
        done = subprocess.run(
            [*shell, text], cwd=place, env=self.environment | more, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, text=True, errors="replace", timeout=180)
        if done.returncode != expect:
            told("failed", name, f"status {done.returncode}, not {expect}\n{done.stdout}")
        else:
            told("passed", name)
        return done.stdout

    def shared(self, name, document):
        """What shards of a matrix push together is each Actor, once."""
        if "--shard" in str(document):
            everything = ["crawler", "exporter", "top"]
            whole = sorted(self.pushed) == everything
            told("passed" if whole else "failed", f"{name}: each Actor once", "" if whole else str(self.pushed))
        self.pushed = []

    def github(self, number, document):
        for job in document["jobs"].values():
            matrix = (job.get("strategy") or {}).get("matrix") or {None: [None]}
            (key, values), = matrix.items()
            place = self.checkout()
            if "workflow_dispatch" in str(document.get(True)):
                # There is a build already; YAML takes "on" for true.
                self.shell(f"github.md {number}: a build before", "actorpush push", place)
            for value in values:
                variables = {"BUILD": "0.1.1"} | {
                    name: str(value) for name, text in (job.get("env") or {}).items() if text == f"${{{{ matrix.{key} }}}}"
                }
                for step in job["steps"]:
                    if "run" in step:
                        name = f"github.md {number}: {step['run'].strip().splitlines()[0]}"
                        said = self.shell(name, step["run"], place, **variables)
                        self.pushed += re.findall(r"^\S+ +\S+/(\S+)-\d+ 0\.1 +built", said, re.MULTILINE)
                        if "dry-run" in step["run"]:
                            self.shell(name + " (fork)", step["run"], place, APIFY_TOKEN="")

    def gitlab(self, number, document):
        for name, job in document.items():
            place = self.checkout()
            total = job.get("parallel", 1)
            for index in range(1, total + 1):
                lines = "\n".join(job.get("before_script", []) + job["script"])
                said = self.shell(
                    f"gitlab.md {number} {name} {index}/{total}", lines, place, CI_NODE_INDEX=str(index), CI_NODE_TOTAL=str(total))
                self.pushed += re.findall(r"^\S+ +\S+/(\S+)-\d+ 0\.1 +built", said, re.MULTILINE)
                if "dry-run" in lines:
                    self.shell(f"gitlab.md {number} {name} (no token)", lines, place, APIFY_TOKEN="")

    def action(self):
        """The steps of the Action, with what the runner gives them."""
        document = yaml.safe_load(open(os.path.join(ROOT, "scripts", "action.yml"), encoding="utf-8"))
        place = self.checkout()
        with open(os.path.join(place, ".actor", "Dockerfile"), "w", encoding="utf-8") as file:
            file.write("FROM apify/actor-node:20\n")
        runner = os.path.join(self.work, "runner")
        os.mkdir(runner)
        files = {name: os.path.join(runner, name) for name in ("GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY", "GITHUB_PATH")}
        variables = files | {"RUNNER_TEMP": runner, "GITHUB_ACTION_PATH": os.path.join(ROOT, "scripts")}
        variables |= {"GITHUB_ACTIONS": "true", "GITHUB_WORKSPACE": place}
        inputs = {name: value.get("default", "") for name, value in document["inputs"].items()}
        inputs["token"] = self.environment["APIFY_TOKEN"]

        def run(title, expect=0, **given):
            values = inputs | given
            said = ""
            for name in files.values():
                open(name, "w", encoding="utf-8").close()
            for step in document["runs"]["steps"]:
                if "run" not in step:
                    continue
                env = {
                    name: re.sub(r"\$\{\{ inputs\.([a-z-]+) \}\}", lambda match: values[match[1]], text)
                    for name, text in (step.get("env") or {}).items()
                }
                last = step is document["runs"]["steps"][-1]
                said += self.shell(
                    f"action.yml {title}: {step['name']}", step["run"], place, expect if last else 0, **variables, **env)
            read = {name: open(path, encoding="utf-8").read() for name, path in files.items()}
            return said, read

        def expects(title, condition, text):
            told("passed" if condition else "failed", f"action.yml {title}", "" if condition else text)

        said, read = run("check", command="check")
        expects("check summary", "would create-actor" in read["GITHUB_STEP_SUMMARY"], read["GITHUB_STEP_SUMMARY"])
        os.remove(os.path.join(place, ".actor", "Dockerfile"))
        said, read = run("check of a package with a fault", command="check")
        expects("finding", "::warning title=actorpush,file=.actor/actor.json::" in said and "dockerfile-missing" in said, said)
        said, read = run("check without a token", command="check", token="")
        expects("no token", "create-actor" not in read["GITHUB_STEP_SUMMARY"], said)
        said, read = run("push")
        outputs = dict(line.split("=", 1) for line in read["GITHUB_OUTPUT"].splitlines())
        expects("outputs", set(outputs) == set(document["outputs"]), read["GITHUB_OUTPUT"])
        expects("build", outputs.get("build-number") == "0.1.1" and outputs["url"] and outputs["build-id"], read["GITHUB_OUTPUT"])
        expects("summary", "`0.1.1`" in read["GITHUB_STEP_SUMMARY"], read["GITHUB_STEP_SUMMARY"])
        said, read = run("arguments", arguments="--tag beta --build", directory="actors/crawler")
        expects("arguments", "/crawler-" in read["GITHUB_STEP_SUMMARY"], said + read["GITHUB_STEP_SUMMARY"])
        said, read = run("failure", expect=4, directory="actors")
        expects("annotation", "::error title=actorpush::no Actor here" in said, said)
        said, read = run("wrong command", expect=64, command="::bad")
        expects("wrong command", "::error title=actorpush::command: must be" in said, said)

    def everything(self):
        for page, schema in PAGES.items():
            for number, (language, text) in enumerate(blocks(page), 1):
                if language == "sh":
                    for shell in ("sh", "bash"):
                        self.shell(f"{page} {number} ({shell})", text, self.checkout(), shell=(shell, "-c"))
                    continue
                if yaml is None:
                    told("skipped", f"{page} {number}", "no PyYAML")
                    continue
                self.schema(f"{page} {number}", schema, text)
                document = yaml.safe_load(text)
                (self.github if page == "github.md" else self.gitlab)(number, document)
                self.shared(f"{page} {number}", document)
        if yaml is None:
            told("skipped", "action.yml", "no PyYAML")
            return
        self.schema("action.yml", "vendor.github-actions", open(os.path.join(ROOT, "scripts", "action.yml")).read())
        self.action()

    def schema(self, name, schema, text):
        command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema]
        try:
            import check_jsonschema  # noqa: F401
        except ImportError:
            told("skipped", f"{name} against {schema}", "no check-jsonschema")
            return
        path = os.path.join(self.work, "recipe.yml")
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
        done = subprocess.run(
            command + [path], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=120)
        told("passed" if done.returncode == 0 else "failed", f"{name} against {schema}", done.stdout if done.returncode else "")


def main():
    program, emulator = (os.path.abspath(path) for path in sys.argv[1:])
    work = tempfile.mkdtemp(prefix="actorpush-recipes-")
    platform = os.path.join(work, "platform")
    with open(platform, "w", encoding="utf-8") as file:
        process = subprocess.Popen(
            [emulator, "--port", "0", "--quiet"], stdin=subprocess.DEVNULL, stdout=file, stderr=subprocess.DEVNULL)
    try:
        for _ in range(100):
            text = open(platform, encoding="utf-8").read()
            if "export APIFY_TOKEN" in text:
                break
            time.sleep(0.1)
        address = re.search(r"export APIFY_CLIENT_BASE_URL='([^']+)'", text)[1]
        token = re.search(r"export APIFY_TOKEN='([^']+)'", text)[1]
        Recipes(program, work, address, token).everything()
    finally:
        process.terminate()
        process.wait(10)
        shutil.rmtree(work, ignore_errors=True)
    print(", ".join(f"{count} {word}" for word, count in COUNTS.items()))
    sys.exit(1 if COUNTS["failed"] else 0)


if __name__ == "__main__":
    main()
