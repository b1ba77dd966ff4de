// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

extension HostileRow {
  /// An actor.json that is none.
  static let ofActorFiles: [HostileRow] = [
    actor("a FIFO", "check") { try $0.fifo(".actor/actor.json") },
    actor("a FIFO, for a package", "pack -o ../out/package.json") { try $0.fifo(".actor/actor.json") },
    actor("a FIFO, for init", "init") { try $0.fifo(".actor/actor.json") },
    actor("a directory", "check", says: "a directory, not a file") {
      try $0.remove(".actor/actor.json")
      try $0.write(".actor/actor.json/file", "x")
    },
    actor("a directory, for a push", "push --dry-run", says: "a directory, not a file") {
      try $0.remove(".actor/actor.json")
      try $0.write(".actor/actor.json/file", "x")
    },
    actor("a link to nothing", "check", says: "a symbolic link that leads nowhere") {
      try $0.remove(".actor/actor.json")
      try $0.link(".actor/actor.json", to: "nowhere")
    },
    actor("a link to nothing, for a diff", "diff", says: "a symbolic link that leads nowhere") {
      try $0.remove(".actor/actor.json")
      try $0.link(".actor/actor.json", to: "nowhere")
    },
    actor("a link to an endless device", "diff") {
      try $0.remove(".actor/actor.json")
      try $0.link(".actor/actor.json", to: "/dev/zero")
    },
    actor("100 MB", "check", says: "100.0 MB") { try $0.sparse(".actor/actor.json", 100_000_000) },
    actor("100 GB", "pack -o /dev/null", says: "107.4 GB") { try $0.sparse(".actor/actor.json", 100 << 30) },
    HostileRow("an actor.json of 100,000 brackets", "check", 5, shows: ["too deeply nested"]) {
      let brackets = String(repeating: "[", count: 100_000) + String(repeating: "]", count: 100_000)
      try $0.write(".actor/actor.json", #"{"name": "my-actor", "x": \#(brackets)}"#)
    },
    HostileRow("an actor.json with a key twice", "check", 0, 5) {
      try $0.write(".actor/actor.json", #"{"name": "my-actor", "name": "other-actor", "version": "0.1"}"#)
    },
    HostileRow("an actor.json with a byte order mark", "check", 0) {
      try $0.write(".actor/actor.json", "\u{FEFF}" + #"{"name": "my-actor", "version": "0.1"}"#)
    },
    HostileRow("an actor.json in UTF-16", "check", 5, shows: ["actor-json-invalid"]) {
      try $0.write(".actor/actor.json", [0xFF, 0xFE] + Array("{}".utf16).flatMap { [UInt8($0 & 0xFF), 0] })
    },
    HostileRow("an actor.json that is empty", "check", 5, shows: ["not valid JSON"]) {
      try $0.write(".actor/actor.json", "")
    },
    HostileRow("an actor.json with escape sequences", "check", 5, never: ["\u{1B}"]) {
      try $0.write(".actor/actor.json", "{\"name\": \"\u{1B}[31m\"}")
    },
    HostileRow("an actor.json with numbers beyond all types", "check", 0, 5) {
      try $0.write(".actor/actor.json", #"{"name": "my-actor", "version": "0.1", "minMemoryMbytes": 1e999999}"#)
    },
    HostileRow("an actorpush.json that is a FIFO", "check", 0, 5, lines: 8) { try $0.fifo(".actor/actorpush.json") },
    HostileRow("a Docker context that is the root", "list", 5, says: ["dockerContextDir"]) {
      try $0.write(
        ".actor/actor.json", #"{"name": "my-actor", "version": "0.1", "dockerContextDir": "../../../../../../../.."}"#)
    },
  ]

  private static func actor(
    _ what: String, _ command: String, says: String = "a FIFO, socket or device, not a file",
    _ prepare: @escaping @Sendable (HostilePlace) async throws -> Void
  ) -> HostileRow {
    HostileRow(
      "an actor.json that is " + what, command, 5, says: [says, "(.actor/actor.json)", "help: "],
      prepare: prepare)
  }

  /// Directories that are not there, or take nothing.
  static let ofSurroundings: [HostileRow] = [
    HostileRow("no HOME", "pack -o /dev/null", 0, environment: ["HOME": nil, "XDG_STATE_HOME": nil]) { try await $0.commit() },
    HostileRow("no HOME, pushed", "push --dry-run", 1, says: ["APIFY_TOKEN"], environment: ["HOME": nil, "XDG_STATE_HOME": nil]) { _ in },
    HostileRow("a HOME that may not be written to", "pack -o /dev/null", 0, environment: ["XDG_STATE_HOME": nil], isUnprivileged: true) {
      try $0.mode("../home", 0o555)
    },
    HostileRow("a HOME that is a file", "list", 0, environment: ["HOME": "PLACE/tree/file", "XDG_STATE_HOME": nil]) { try await $0.commit() },
    HostileRow("a HOME that is a file, pushed", "push --dry-run", 1, says: ["APIFY_TOKEN"], environment: ["HOME": "PLACE/tree/file", "XDG_STATE_HOME": nil]) { _ in },
    HostileRow("a HOME that is not there", "list", 0, environment: ["HOME": "/nowhere", "XDG_STATE_HOME": nil]) { _ in },
    HostileRow("credentials that are a FIFO", "push --dry-run", 1, says: ["APIFY_TOKEN"]) { try $0.fifo("../home/.apify/auth.json") },
    HostileRow("a token file that is a FIFO", "diff --token-file ../tmp2/pipe", 1, 5, says: ["error: "]) { try $0.fifo("../tmp2/pipe") },
    HostileRow("state that may not be written", "doctor", 1, isUnprivileged: true) {
      try $0.mode("../state", 0o555)
    },
    HostileRow("state that is a FIFO", "doctor", 0, 1) { try $0.fifo("../state/actorpush") },
    HostileRow("a TMPDIR that is not there, of a commit", "list --commit HEAD", 0, shows: ["file"], environment: ["TMPDIR": "/nowhere"]) { try await $0.commit() },
    HostileRow("a TMPDIR that is a file, of a commit", "list --commit HEAD", 0, shows: ["file"], environment: ["TMPDIR": "PLACE/tree/file"]) { try await $0.commit() },
    HostileRow("a TMPDIR that may not be written to", "pack -o /dev/null", 0, isUnprivileged: true) { try $0.mode("../tmp", 0o555) },
    HostileRow("a TMPDIR that is full, of a commit", "list --commit HEAD", 1, says: ["temporary file"], before: "mount -t tmpfs -o size=64k tmpfs \"$TMPDIR\"", need: .mounts) {
      try $0.write("large", Array(repeating: 0x61, count: 1_000_000))
      try await $0.commit()
    },
    HostileRow("a disk that is full", "pack -o ../out/package.json", 1, says: ["No space left on device"], before: "mount -t tmpfs -o size=64k tmpfs ../out", need: .mounts) {
      try $0.write("large", Array(repeating: 0x61, count: 1_000_000))
    },
    HostileRow("no git in PATH", "list", 0, environment: ["PATH": "/nowhere"]) { try await $0.commit() },
    HostileRow("no git in PATH, of a commit", "list --commit HEAD", 1, says: ["git is not installed, or not in PATH"], environment: ["PATH": "/nowhere"]) { try await $0.commit() },
    HostileRow("a git in PATH that is in the tree", "list --commit HEAD", 1, says: ["git is not installed"], environment: ["PATH": "."]) {
      try await $0.commit()
      try $0.write("git", "#!/bin/sh\n> ../tmp/ran\n")
      try $0.mode("git", 0o755)
    },
    HostileRow("variables that are not UTF-8", #"list"#, 0, before: #"GARBLED="$(printf '\377')"; export GARBLED"#) { _ in },
  ]

  /// What the system gives, and takes.
  static let ofLimits: [HostileRow] = [
    HostileRow("64 open files", "pack -o /dev/null", 0, before: "ulimit -n 64") { try $0.many() },
    HostileRow("64 open files, of a commit", "list -0 --commit HEAD", 0, before: "ulimit -n 64") {
      try $0.many()
      try await $0.commit()
    },
    HostileRow("64 open files, 500 directories deep", "pack -o /dev/null", 0, before: "ulimit -n 64") { try $0.deep("d", 500) },
    HostileRow("16 open files, of a commit", "list --commit HEAD", 1, says: ["at most 16 files may be open", "ulimit -n", "help: raise the limit"], before: "ulimit -n 16") { try await $0.commit() },
    HostileRow("64 MiB of data", "pack -o /dev/null", 0, before: "ulimit -d 65536") { try $0.many() },
    HostileRow("64 MiB of data, as a zip", "pack --format zip -o /dev/null", 0, before: "ulimit -d 65536") { try $0.many() },
    HostileRow("64 MiB of data, listed", "list -0", 0, before: "ulimit -d 65536") { try $0.many() },
    HostileRow("64 MiB of data, checked", "check", 0, before: "ulimit -d 65536") { try $0.many() },
    HostileRow("64 MiB of data, of a commit", "list --commit HEAD", 1, says: ["git cannot be started", "ulimit -d", "help: raise the limit"], before: "ulimit -d 65536") { try await $0.commit() },
    HostileRow("256 MiB of addresses, of a commit", "list -0 --commit HEAD", 0, shows: ["file"], before: "ulimit -v 262144") { try await $0.commit() },
    HostileRow("128 MiB of addresses, of a commit", "list --commit HEAD", 1, says: ["git cannot be started", "ulimit -v"], before: "ulimit -v 131072") { try await $0.commit() },
    HostileRow("files of 64 KiB at the most", "pack -o ../out/package.json", 1, says: ["File too large"], before: "ulimit -f 64") {
      try $0.write("large", Array(repeating: 0x61, count: 1_000_000))
    },
    HostileRow("no standard output", "list >&-", 1, says: ["standard output"]) { _ in },
    HostileRow("a standard output that is full", "list >/dev/full", 1, says: ["No space left on device (standard output)"]) { _ in },
    HostileRow("an output that is full", "pack -o /dev/full", 1, says: ["No space left on device"]) { _ in },
    HostileRow("no standard error", "list 2>&-", 0, shows: ["file"]) { try $0.fifo("pipe") },
    HostileRow("no open file at all", "list <&- >&- 2>&-", 1) { _ in },
  ]
}

extension HostilePlace {
  /// Some hundred files, and a large one.
  func many() throws {
    for index in 0..<300 { try write("d\(index)/file", "\(index)") }
    try sparse("large", 20_000_000)
  }
}
