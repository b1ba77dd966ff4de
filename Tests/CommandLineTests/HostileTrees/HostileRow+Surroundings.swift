// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

extension HostileRow {
  /// Directories that are not there, or take nothing.
  static let ofSurroundings: [HostileRow] = [
    HostileRow("no HOME", "pack -o /dev/null", 0, environment: ["HOME": nil, "XDG_STATE_HOME": nil]) {
      try await $0.commit()
    },
    HostileRow(
      "no HOME, pushed", "push --dry-run", 1, says: ["APIFY_TOKEN"],
      environment: ["HOME": nil, "XDG_STATE_HOME": nil]
    ) { _ in },
    HostileRow(
      "a HOME that may not be written to", "pack -o /dev/null", 0, environment: ["XDG_STATE_HOME": nil],
      isUnprivileged: true
    ) {
      try $0.mode("../home", 0o555)
    },
    HostileRow(
      "a HOME that is a file", "list", 0, environment: ["HOME": "PLACE/tree/file", "XDG_STATE_HOME": nil]
    ) { try await $0.commit() },
    HostileRow(
      "a HOME that is a file, pushed", "push --dry-run", 1, says: ["APIFY_TOKEN"],
      environment: ["HOME": "PLACE/tree/file", "XDG_STATE_HOME": nil]
    ) { _ in },
    HostileRow(
      "a HOME that is not there", "list", 0, environment: ["HOME": "/nowhere", "XDG_STATE_HOME": nil]
    ) { _ in },
    HostileRow("credentials that are a FIFO", "push --dry-run", 5, says: ["APIFY_TOKEN"]) {
      try $0.fifo("../home/.apify/auth.json")
    },
    HostileRow(
      "a token file that is a FIFO", "diff --token-file ../tmp2/pipe", 1,
      says: ["the token file cannot be read: nothing is written to it"]
    ) {
      try $0.fifo("../tmp2/pipe")
    },
    HostileRow("state that may not be written", "doctor", 1, isUnprivileged: true) {
      try $0.mode("../state", 0o555)
    },
    HostileRow("state that is a FIFO", "doctor", 0, 1) { try $0.fifo("../state/actorpush") },
    HostileRow(
      "a TMPDIR that is not there, of a commit", "list --commit HEAD", 0, shows: ["file"],
      environment: ["TMPDIR": "/nowhere"]
    ) { try await $0.commit() },
    HostileRow(
      "a TMPDIR that is a file, of a commit", "list --commit HEAD", 0, shows: ["file"],
      environment: ["TMPDIR": "PLACE/tree/file"]
    ) { try await $0.commit() },
    HostileRow("a TMPDIR that may not be written to", "pack -o /dev/null", 0, isUnprivileged: true) {
      try $0.mode("../tmp", 0o555)
    },
    HostileRow(
      "a TMPDIR that is full, of a commit", "list --commit HEAD", 1, says: ["temporary file"],
      before: "mount -t tmpfs -o size=64k tmpfs \"$TMPDIR\"", need: .mounts
    ) {
      try $0.write("large", Array(repeating: 0x61, count: 1_000_000))
      try await $0.commit()
    },
    HostileRow(
      "a disk that is full", "pack -o ../out/package.json", 1, says: ["No space left on device"],
      before: "mount -t tmpfs -o size=64k tmpfs ../out", need: .mounts
    ) {
      try $0.write("large", Array(repeating: 0x61, count: 1_000_000))
    },
    HostileRow("no git in PATH", "list", 0, environment: ["PATH": "/nowhere"]) { try await $0.commit() },
    HostileRow(
      "no git in PATH, of what is checked out", "list --commit HEAD", 0, shows: ["file"],
      environment: ["PATH": "/nowhere"]
    ) { try await $0.commit() },
    HostileRow(
      "no git in PATH, of a commit", "list --commit HEAD~0", 1,
      says: ["git is not installed, or not in PATH"],
      environment: ["PATH": "/nowhere"]
    ) { try await $0.commit() },
    HostileRow(
      "a git in PATH that is in the tree", "list --commit HEAD~0", 1, says: ["git is not installed"],
      environment: ["PATH": "."]
    ) {
      try await $0.commit()
      try $0.write("git", "#!/bin/sh\n> ../tmp/ran\n")
      try $0.mode("git", 0o755)
    },
    HostileRow(
      "variables that are not UTF-8", #"list"#, 0, before: #"GARBLED="$(printf '\377')"; export GARBLED"#
    ) { _ in },
  ]
}
