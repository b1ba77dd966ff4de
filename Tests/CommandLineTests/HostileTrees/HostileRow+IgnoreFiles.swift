// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

extension HostileRow {
  /// Ignore files of any size and kind.
  static let ofIgnoreFiles: [HostileRow] = [
    HostileRow("a .gitignore of a million patterns", "list", 0, shows: ["file"]) {
      try $0.write(".gitignore", HostilePlace.patterns(1_000_000))
    },
    HostileRow("an .actorignore of a million patterns", "list", 0, shows: ["file"]) {
      try $0.write(".actorignore", HostilePlace.patterns(1_000_000))
    },
    HostileRow("a .gitignore of 100 MB", "list", 0, shows: ["file"], never: ["left-out"]) {
      try $0.write(".gitignore", HostilePlace.comments(100_000_000) + Array("\nleft-out\n".utf8))
      try $0.write("left-out", "x")
    },
    HostileRow("an .actorignore of 100 MB", "list", 0, shows: ["file"], never: ["left-out"]) {
      try $0.write(".actorignore", HostilePlace.comments(100_000_000) + Array("\nleft-out\n".utf8))
      try $0.write("left-out", "x")
    },
    HostileRow("a .gitignore of one line of 100 MB", "list", 0, shows: ["file"]) {
      try $0.write(".gitignore", Array(repeating: 0x61, count: 100_000_000))
    },
    HostileRow("a .gitignore of 100 GB", "list", 0, says: ["warning: larger than 100 MiB", "(.gitignore)\n"])
    {
      try $0.sparse(".gitignore", 100 << 30)
    },
    HostileRow("an .actorignore of 100 GB", "list", 5, says: ["larger than 100 MiB", "(.actorignore)"]) {
      try $0.sparse(".actorignore", 100 << 30)
    },
    HostileRow(
      "a .gitignore that is a FIFO", "list", 0, says: ["warning: not a regular file", "(.gitignore)\n"]
    ) {
      try $0.fifo(".gitignore")
    },
    HostileRow("an .actorignore that is a FIFO", "list", 5, says: ["not a regular file", "(.actorignore)"]) {
      try $0.fifo(".actorignore")
    },
    HostileRow(
      "a .gitignore that is a directory", "list", 0, says: ["warning: not a regular file", "(.gitignore)\n"]
    ) {
      try $0.directory(".gitignore")
    },
    HostileRow("an .actorignore that is a directory", "list", 5, says: ["not a regular file"]) {
      try $0.directory(".actorignore")
    },
    HostileRow("a .gitignore in UTF-16", "list", 0, says: ["warning: not UTF-8 text", "(.gitignore)\n"]) {
      try $0.write(".gitignore", [0xFF, 0xFE, 0x66, 0, 0x0A, 0])
    },
    HostileRow("an .actorignore in UTF-16", "list", 5, says: ["not UTF-8 text", "help: save it as UTF-8"]) {
      try $0.write(".actorignore", [0xFF, 0xFE, 0x66, 0, 0x0A, 0])
    },
    HostileRow("a .gitignore with a NUL in a line", "list", 0, never: ["left-out"]) {
      try $0.write(".gitignore", Array("left-out\0 more\n".utf8))
      try $0.write("left-out", "x")
    },
    HostileRow("an .actorignore with a NUL in a line", "list", 5, says: ["not UTF-8 text"]) {
      try $0.write(".actorignore", Array("left-out\0 more\n".utf8))
    },
    HostileRow("patterns of many stars", "list", 0, shows: ["aaaa"]) { place in
      try place.write(
        ".gitignore", String(repeating: String(repeating: "*a", count: 40) + "*b\n", count: 100))
      for index in 0..<20 { try place.write(String(repeating: "a", count: 200) + "\(index)", "x") }
    },
    HostileRow("patterns of many double stars", "list", 0) { place in
      try place.write(
        ".gitignore", String(repeating: String(repeating: "**/a/", count: 60) + "b\n", count: 50))
      try place.deep("a", 60)
    },
    HostileRow("patterns of unclosed brackets", "list", 0, shows: ["file"]) {
      try $0.write(".gitignore", String(repeating: "[", count: 100_000) + "\n[[:alpha:\n[!\n\\\n")
    },
    HostileRow("ignore files in 2,000 directories", "list -0", 0) { place in
      for index in 0..<2000 { try place.write("\(index)/.gitignore", "a\nb\n") }
    },
    HostileRow(
      "a global ignore file that is a FIFO", "list", 0, says: ["not a regular file", "git/ignore)\n"]
    ) {
      try await $0.commit()
      try $0.fifo("../home/.config/git/ignore")
    },
  ]
}
