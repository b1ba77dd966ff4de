// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import TestSupport

/// A tree of files that are hard to get right: every kind of text and of no text, under every kind of name.
struct RandomTree {
  private var random: SeededGenerator
  private let folder: TemporaryFolder
  private let names: [String]

  /// Fills `folder` by `seed`.
  ///
  /// - Parameter isPlain: whether names have only what every zip may have: no control characters, and no
  ///   backslash.
  static func fill(_ folder: TemporaryFolder, seed: Int, isPlain: Bool = false) throws {
    let names = Self.names.filter { name in
      !isPlain || name.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F && $0 != 0x5C }
    }
    var tree = RandomTree(random: SeededGenerator(seed), folder: folder, names: names)
    try tree.grow("", depth: 0)
    for (index, content) in contents.enumerated() { try folder.write("all/\(index)", content) }
  }

  private mutating func grow(_ path: String, depth: Int) throws {
    for index in 0..<Int.random(in: depth == 0 ? 6...10 : 0...5, using: &random) {
      let name = path + random.pick(names) + "\(index)"
      if depth < 4, random.chance(35) {
        try folder.folder(name)
        try grow(name + "/", depth: depth + 1)
      } else {
        try folder.write(name, content())
      }
    }
  }

  private mutating func content() -> [UInt8] {
    switch Int.random(in: 0..<4, using: &random) {
    case 0: return random.pick(Self.contents)
    case 1:
      return (0..<Int.random(in: 0...5000, using: &random)).map { _ in
        UInt8.random(in: 0...255, using: &random)
      }
    case 2:
      return (0..<Int.random(in: 0...5000, using: &random)).map { _ in
        UInt8.random(in: 1...127, using: &random)
      }
    default:
      var text = ""
      for _ in 0..<Int.random(in: 0...1000, using: &random) {
        text.unicodeScalars.append(
          Unicode.Scalar(UInt32.random(in: 1...0x10FFFF, using: &random)) ?? "\u{FFFD}")
      }
      return Array(text.utf8)
    }
  }

  private static let names = [
    "a", "file.js", "with space", "quote\"", "back\\slash", "new\nline", "tab\t", "emoji-😀", "é", "e\u{301}",
    "-", "src", "src-", "src.",
    "\u{202E}evil", "\u{7F}", "\u{1}", "日本", "\u{2028}", "%2F", "$(x)", "'", "{", "~",
  ]

  private static let contents: [[UInt8]] = [
    [], [0], Array("plain\n".utf8), Array("caf\u{E9}".unicodeScalars.map { UInt8($0.value) }),
    Array("café".utf8),
    [0xEF, 0xBB, 0xBF] + Array("bom".utf8), [0xFF, 0xFE, 0x41, 0x00], [0xED, 0xA0, 0x80], [0xED, 0xBF, 0xBF],
    [0xC0, 0x80],
    [0xE0, 0x80, 0x80], [0xF0, 0x80, 0x80, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xF8, 0x88, 0x80, 0x80, 0x80],
    [0xC3], [0x80],
    Array("ends in the middle ".utf8) + [0xF0, 0x9F, 0x98],
    Array("\u{2028}\u{2029}\u{FEFF}\u{FFFE}\u{10FFFF}".utf8),
    Array(1...31), Array(1...127), Array(0...255), Array("\"\\/\u{8}\u{C}\n\r\t\u{7F}".utf8),
    Array("</script>&amp;".utf8),
    Array("text and a NUL at the end".utf8) + [0], Array(repeating: 0x22, count: 70_000),
    Array("\r\nlines\rof\nall\r\nkinds".utf8), Array(String(repeating: "漢字😀é", count: 9000).utf8),
  ]
}
