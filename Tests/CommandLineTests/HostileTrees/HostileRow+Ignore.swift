// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import FoundationEssentials
import SystemIO

extension HostileRow {
  /// Trees that change while they are walked and read.
  static let ofChanges: [HostileRow] = [
    HostileRow(
      "a file that grows", "pack -o /dev/null", 5, says: ["changed while it was read", "help: try again"],
      meanwhile: { place, _ in try place.append("log", 1000) }
    ) { try $0.write("log", Array(repeating: 0x61, count: 4_000_000)) },
    HostileRow(
      "a file that shrinks", "pack -o ../out/package.json", 5, 0, says: ["changed while it was read"],
      meanwhile: { place, count in try place.resize("log", count % 2 == 0 ? 5_000_000 : 3_000_000) }
    ) { try $0.sparse("log", 5_000_000) },
    HostileRow(
      "files that come and go", "pack -o /dev/null", 0, 5,
      meanwhile: { place, count in
        try place.write("d/\(count % 50)", "x")
        try? place.remove("d/\((count + 25) % 50)")
      }
    ) { place in for index in 0..<50 { try place.write("d/\(index)", "x") } },
    HostileRow(
      "a file that is swapped for a link out", "pack -o /dev/null", 0, 5, never: ["root:"],
      meanwhile: { place, count in
        try? place.remove("swapped")
        if count % 2 == 0 { try place.link("swapped", to: "/etc/passwd") } else { try place.write("swapped", "x") }
      }
    ) { try $0.write("swapped", "x") },
    HostileRow(
      "a directory that is swapped for a link out", "list -0", 0, 5, never: ["passwd"],
      meanwhile: { place, count in
        try? place.remove("swapped")
        if count % 2 == 0 {
          try place.link("swapped", to: "/etc")
        } else {
          try place.write("swapped/file", "x")
        }
      }
    ) { try $0.write("swapped/file", "x") },
    HostileRow(
      "an ignore file that comes and goes", "list", 0, 5,
      meanwhile: { place, count in
        if count % 2 == 0 { try? place.remove(".gitignore") } else { try place.write(".gitignore", "x\n") }
      }
    ) { try $0.write(".gitignore", "x\n") },
    HostileRow(
      "a file that becomes a FIFO", "pack -o /dev/null", 0, 5, lines: 8,
      meanwhile: { place, count in
        if count % 2 == 0 {
          try place.fifo("changing")
        } else {
          try? place.remove("changing")
          try place.write("changing", "x")
        }
      }
    ) { try $0.write("changing", "x") },
  ]

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
    HostileRow("a .gitignore of 100 GB", "list", 0, says: ["warning: .gitignore: larger than 100 MiB"]) {
      try $0.sparse(".gitignore", 100 << 30)
    },
    HostileRow("an .actorignore of 100 GB", "list", 5, says: ["larger than 100 MiB", "(.actorignore)"]) {
      try $0.sparse(".actorignore", 100 << 30)
    },
    HostileRow("a .gitignore that is a FIFO", "list", 0, says: ["warning: .gitignore: not a regular file"]) {
      try $0.fifo(".gitignore")
    },
    HostileRow("an .actorignore that is a FIFO", "list", 5, says: ["not a regular file", "(.actorignore)"]) {
      try $0.fifo(".actorignore")
    },
    HostileRow("a .gitignore that is a directory", "list", 0, says: ["warning: .gitignore: not a regular file"]) {
      try $0.directory(".gitignore")
    },
    HostileRow("an .actorignore that is a directory", "list", 5, says: ["not a regular file"]) {
      try $0.directory(".actorignore")
    },
    HostileRow("a .gitignore in UTF-16", "list", 0, says: ["warning: .gitignore: not UTF-8 text"]) {
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
      try place.write(".gitignore", String(repeating: String(repeating: "*a", count: 40) + "*b\n", count: 100))
      for index in 0..<20 { try place.write(String(repeating: "a", count: 200) + "\(index)", "x") }
    },
    HostileRow("patterns of many double stars", "list", 0) { place in
      try place.write(".gitignore", String(repeating: String(repeating: "**/a/", count: 60) + "b\n", count: 50))
      try place.deep("a", 60)
    },
    HostileRow("patterns of unclosed brackets", "list", 0, shows: ["file"]) {
      try $0.write(".gitignore", String(repeating: "[", count: 100_000) + "\n[[:alpha:\n[!\n\\\n")
    },
    HostileRow("ignore files in 2,000 directories", "list -0", 0) { place in
      for index in 0..<2000 { try place.write("\(index)/.gitignore", "a\nb\n") }
    },
    HostileRow("a global ignore file that is a FIFO", "list", 0, says: ["ignore: not a regular file"]) {
      try await $0.commit()
      try $0.fifo("../home/.config/git/ignore")
    },
  ]
}

extension HostilePlace {
  /// Adds `count` bytes to the end of `name`.
  func append(_ name: String, _ count: Int) throws {
    let path = CString(self(name))
    let file = unsafe open(path.pointer, O_WRONLY | O_APPEND | O_CLOEXEC)
    guard file >= 0 else { throw SystemError.current }
    let descriptor = Descriptor(owning: file)
    try Descriptor.write(Array(repeating: 0x61, count: count), to: descriptor.rawValue)
  }

  /// An ignore file of `count` patterns.
  static func patterns(_ count: Int) -> [UInt8] {
    var text: [UInt8] = []
    text.reserveCapacity(count * 12)
    for index in 0..<count {
      text += [0x70, 0x2F]
      var rest = index
      for _ in 0..<7 {
        text.append(UInt8(0x30 + rest % 10))
        rest /= 10
      }
      text += [0x2A, 0x0A]
    }
    return text
  }

  /// An ignore file of `count` bytes that says nothing.
  static func comments(_ count: Int) -> [UInt8] {
    var text = [UInt8](repeating: 0x23, count: count)
    for index in stride(from: 1000, to: count, by: 1000) { text[index] = 0x0A }
    return text
  }
}
