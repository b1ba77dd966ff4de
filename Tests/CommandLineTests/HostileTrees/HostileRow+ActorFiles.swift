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
      try $0.write(
        ".actor/actor.json", #"{"name": "my-actor", "version": "0.1", "minMemoryMbytes": 1e999999}"#)
    },
    HostileRow("an actorpush.json that is a FIFO", "check", 0, 5, lines: 8) {
      try $0.fifo(".actor/actorpush.json")
    },
    HostileRow("a Docker context that is the root", "list", 5, says: ["dockerContextDir"]) {
      try $0.write(
        ".actor/actor.json",
        #"{"name": "my-actor", "version": "0.1", "dockerContextDir": "../../../../../../../.."}"#)
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
}
