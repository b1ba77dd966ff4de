# SPDX-License-Identifier: Apache-2.0
# Copyright the actorpush authors
"""Completions and man pages, as the program itself describes its commands.

    python3 shell_support.py PROGRAM DIRECTORY   writes them below DIRECTORY, as below share/ of a prefix
"""
import datetime
import json
import os
import re
import sys
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from release import output_of  # noqa: E402

COMPLETIONS = {
    "bash": "bash-completion/completions/actorpush",
    "zsh": "zsh/site-functions/_actorpush",
    "fish": "fish/vendor_completions.d/actorpush.fish",
}

ENVIRONMENT = [
    ("APIFY_TOKEN", "The token; --token-file wins, ~/.apify/auth.json of the Apify CLI comes last."),
    ("APIFY_CLIENT_BASE_URL", "The API's address; --api-url wins."),
    ("HTTPS_PROXY, ALL_PROXY, NO_PROXY", "The proxy, and what is reached without it."),
    ("SSL_CERT_FILE, SSL_CERT_DIR", "The certificate authorities that are trusted; --ca-file adds more."),
    ("XDG_STATE_HOME", "Where what is remembered between runs lies, in actorpush/ (~/.local/state)."),
    ("NO_COLOR, CI", "No colours; no line of progress."),
    ("COLUMNS", "How many characters a line has, in place of what the terminal says."),
    ("GITHUB_ACTIONS", "true: outputs, a summary and annotations for the job."),
    ("ACTORPUSH", "0 lets the git hook deploy nothing, once."),
]

STATUS = [
    ("0", "done, also when nothing had changed"),
    ("1", "the build failed; no or wrong token; the platform or the connection failed; no output"),
    ("2", "the build timed out on the platform"),
    ("3", "the build was aborted"),
    ("4", "nothing to push or to compare, or no Actor here"),
    ("5", "actor.json, the tree or another input is invalid"),
    ("6", "--wait elapsed with the build still running"),
    ("7", "conflict: the version was changed on the platform"),
    ("64", "wrong usage"),
    ("130", "interrupted"),
    ("141", "the reader of the output is gone"),
]


def roff(text):
    """`text` as roff shows it: no character of it is a request."""
    text = text.replace("\\", "\\e").replace("-", "\\-").replace("'", "\\(aq").replace("`", "\\(ga")
    text = text.replace("^", "\\(ha").replace("~", "\\(ti")
    # Beyond ASCII, roff takes names alone.
    text = "".join(letter if ord(letter) < 128 else f"\\[u{ord(letter):04X}]" for letter in text)
    return "\n".join("\\&" + line if line[:1] in (".", "\\") else line for line in text.split("\n"))


def paragraphs(text):
    """Paragraphs, and indented lines as they stand."""
    out, verbatim = [], False
    for line in text.split("\n"):
        indented = line.startswith("  ")
        if indented != verbatim:
            out.append(".nf\n.RS 4" if indented else ".RE\n.fi")
            verbatim = indented
        if line.strip():
            out.append(roff(line.strip() if indented else line))
        elif not verbatim:
            out.append(".PP")
    if verbatim:
        out.append(".RE\n.fi")
    # A paragraph's request before a block says nothing.
    return re.sub(r"\.PP\n(?=\.nf)", "", "\n".join(out))


def parts(discussion):
    """The paragraphs of a discussion, and the examples at its end: the indented lines."""
    lines = discussion.split("\n")
    start = next((number for number, line in enumerate(lines) if line.startswith("  ")), len(lines))
    return "\n".join(lines[:start]).strip(), "\n".join(lines[start:])


def names(argument):
    if argument["kind"] == "positional":
        return [argument["valueName"]]
    dashes = {"long": "--", "short": "-", "longWithSingleDash": "-"}
    ordered = sorted(argument["names"], key=lambda name: name["kind"] == "long")
    return [dashes[name["kind"]] + name["name"] for name in ordered]


def synopsis(command):
    words = []
    for argument in command.get("arguments", []):
        if not argument.get("shouldDisplay", True) or argument["kind"] != "positional":
            continue
        word = "\\fI" + roff(argument["valueName"]) + "\\fR"
        word += "..." if argument.get("isRepeating") else ""
        words.append(f"[{word}]" if argument.get("isOptional") else word)
    return " ".join(words)


def entries(arguments):
    for argument in arguments:
        if not argument.get("shouldDisplay", True):
            continue
        bold = ", ".join(f"\\fB{roff(name)}\\fR" for name in names(argument))
        if argument["kind"] == "positional":
            bold = f"\\fI{roff(argument['valueName'])}\\fR"
        elif argument["kind"] == "option":
            bold += f" \\fI{roff(argument.get('valueName', 'value'))}\\fR"
        text = argument.get("abstract", "")
        if argument.get("defaultValue") and argument["kind"] != "flag":
            text += f" (default: {argument['defaultValue']})"
        yield f".TP\n{bold}\n{roff(text)}"


def page(command, path, date, version, children):
    """The man page of the command that the words `path` run; `children` are the pages of its sub-commands."""
    title = "-".join(path)
    lines = [
        '.\\" Made by scripts/release from what the program says of itself.',
        f'.TH "{roff(title.upper())}" 1 "{date}" "actorpush {version}" "actorpush"',
        ".SH NAME",
        f"{roff(title)} \\- {roff(command.get('abstract', '').rstrip('.'))}",
        ".SH SYNOPSIS",
        f"\\fB{roff(' '.join(path))}\\fR " + ("\\fIcommand\\fR [\\fIoption\\fR]..." if children else "[\\fIoption\\fR]... ")
        + synopsis(command),
    ]
    description, examples = parts(command.get("discussion") or "")
    if description:
        lines += [".SH DESCRIPTION", paragraphs(description)]
    if children:
        lines.append(".SH COMMANDS")
        for name, child in children:
            lines.append(f".TP\n\\fB{roff(name)}\\fR(1)\n{roff(child.get('abstract', ''))}")
    arguments = command.get("arguments", [])
    sections = dict.fromkeys(argument.get("sectionTitle") for argument in arguments)
    for section in sections:
        chosen = list(entries(a for a in arguments if a.get("sectionTitle") == section))
        if chosen:
            lines += [f'.SH "{roff((section or "Options").upper())}"', *chosen]
    if title == "actorpush":
        # The program takes it by itself, as its commands have a --version of the Actor.
        lines.append(".TP\n\\fB\\-V, \\-\\-version\\fR\nShow the program's version.")
    if examples:
        lines += [".SH EXAMPLES", paragraphs(examples)]
    if title == "actorpush":
        lines.append(".SH ENVIRONMENT")
        lines += [f".TP\n\\fB{roff(name)}\\fR\n{roff(text)}" for name, text in ENVIRONMENT]
        lines.append(".SH EXIT STATUS")
        lines += [f".TP\n\\fB{status}\\fR\n{roff(text)}" for status, text in STATUS]
        lines += [
            ".SH FILES",
            ".TP\n\\fI.actor/actor.json\\fR\nWhat the Actor is: name, version, tag, environment variables.",
            ".TP\n\\fI.actor/actorpush.json\\fR\nWhich branch goes where on git push.",
            ".TP\n\\fI.actorignore\\fR\nWhat is left out, in the syntax of gitignore(5); !pattern brings back.",
        ]
    others = [name for name, _ in children] if title == "actorpush" else ["actorpush"]
    lines += [".SH SEE ALSO", ",\n".join(f"\\fB{roff(name)}\\fR(1)" for name in others)]
    return "\n".join(lines) + "\n"


def pages(command, path, date, version):
    """(file name, text) of the pages of the command that the words `path` run, and of all below it."""
    children = [
        ("-".join([*path, child["commandName"]]), child)
        for child in command.get("subcommands", [])
        if child.get("shouldDisplay", True) and child["commandName"] != "help"
    ]
    yield "-".join(path) + ".1", page(command, path, date, version, children)
    for _, child in children:
        yield from pages(child, [*path, child["commandName"]], date, version)


def day(epoch):
    return datetime.datetime.fromtimestamp(epoch, datetime.timezone.utc).strftime("%Y-%m-%d")


def everything(program, date):
    """path below share/ -> bytes"""
    version = output_of(program, "--version").decode().strip()
    found = {path: output_of(program, "--generate-completion-script", shell) for shell, path in COMPLETIONS.items()}
    description = json.loads(output_of(program, "--experimental-dump-help"))
    for name, text in pages(description["command"], ["actorpush"], date, version):
        found[f"man/man1/{name}"] = text.encode()
    return found


if __name__ == "__main__":
    program, directory = sys.argv[1:]
    for path, data in everything(program, day(time.time())).items():
        path = os.path.join(directory, path)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as file:
            file.write(data)
