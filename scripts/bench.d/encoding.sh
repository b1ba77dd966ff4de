#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Copyright the actorpush authors

# What the encoding benchmarks share: $root, the repository, $work, their scratch folder, and functions. Sourced.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
work=$root/.build/bench
mkdir -p "$work"

# Installs Debian packages for the commands or files that are missing: need FILE-OR-COMMAND PACKAGE...
need() {
  [[ -e $1 ]] || command -v "$1" >/dev/null && return
  shift
  local sudo=
  [[ $(id -u) == 0 ]] || sudo=sudo
  $sudo apt-get update -q >/dev/null
  $sudo apt-get install -qy --no-install-recommends "$@" >/dev/null
}

# A Python of our own with packages of PyPI: venv PACKAGE...
venv() {
  if [[ ! -x $work/venv/bin/python ]]; then
    python3 -m venv "$work/venv"
  fi
  "$work/venv/bin/python" -m pip install -q --disable-pip-version-check "$@"
}

# Builds the program that races the peers, and leaves its path in $peers.
build_peers() {
  local package=$root/Benchmarks
  swift build -c release --package-path "$package" --product encoding-peers >&2
  # shellcheck disable=SC2034 # used by the scripts that source this one
  peers=$(swift build -c release --package-path "$package" --product encoding-peers --show-bin-path)/encoding-peers
}
