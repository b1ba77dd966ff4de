// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import FoundationEssentials
import TestSupport
import Testing

@Suite("list")
struct ListTests {
  private let folder: TemporaryFolder
  private let program = Program()

  init() throws {
    folder = try TemporaryFolder.actor("{}")
    for (name, count) in [
      ("src/a.js", 10), ("src-old/x.JS", 2000), ("src/deep/b.js", 300), ("src.txt", 7), ("Makefile", 1),
      (".dockerignore", 3),
    ] {
      try folder.write(name, String(repeating: "x", count: count))
    }
    try folder.write("img/p.png", [0x89, 0, 1, 2])
    try folder.write("img/\u{1B}[31m.png", [0xFF])
  }

  @Test("--tree shows what each directory holds, by name or by size, as deep as is asked for")
  func tree() async throws {
    let whole = try await program("list", "--tree", in: folder)
    let lines = [
      ("2.3 KB", "./ (9 files)"), ("2 bytes", "  .actor/ (1 file)"), ("2 bytes", "    actor.json"),
      ("3 bytes", "  .dockerignore"), ("1 byte", "  Makefile"), ("5 bytes", "  img/ (2 files)"),
      ("1 byte", #"    \x1B[31m.png"#), ("4 bytes", "    p.png"), ("310 bytes", "  src/ (2 files)"),
      ("10 bytes", "    a.js"), ("300 bytes", "    deep/ (1 file)"), ("300 bytes", "      b.js"),
      ("2.0 KB", "  src-old/ (1 file)"), ("2.0 KB", "    x.JS"), ("7 bytes", "  src.txt"),
    ].map { size, name in String(repeating: " ", count: 10 - size.count) + size + "  " + name }
    #expect(whole.text.split(separator: "\n").map(String.init) == lines, "\(whole.text)\(whole.talk)")
    let sized = try await program("list", "--tree", "--sort", "size", "--depth", "1", in: folder)
    let names = sized.text.split(separator: "\n").map { String($0.dropFirst(12)) }
    #expect(
      names == [
        "./ (9 files)", "  src-old/ (1 file)", "  src/ (2 files)", "  src.txt", "  img/ (2 files)",
        "  .dockerignore", "  .actor/ (1 file)", "  Makefile",
      ])
  }

  @Test("--sort size shows the largest files first")
  func sort() async throws {
    let output = try await program("list", "--sort", "size", in: folder)
    let paths = output.text.split(separator: "\n").compactMap { $0.split(separator: " ").last }
    #expect(paths.prefix(4) == ["src-old/x.JS", "src/deep/b.js", "src/a.js", "src.txt"])
    #expect(paths.last == "src/deep/")
  }

  @Test("--summary counts by extension")
  func summary() async throws {
    let output = try await program("list", "--summary", in: folder)
    let rows = output.text.split(separator: "\n").map { $0.split(separator: " ").joined(separator: " ") }
    #expect(
      rows == [
        "2.3 KB 99 % 3 files .js", "7 bytes 0 % 1 file .txt", "5 bytes 0 % 2 files .png BASE64",
        "4 bytes 0 % 2 files (none)", "2 bytes 0 % 1 file .json",
      ], "\(output.text)")
  }

  @Test("says the same in JSON")
  func json() async throws {
    struct Summary: Decodable {
      struct Row: Decodable {
        let `extension`: String
        let files: Int
        let bytes: Int
        let base64Files: Int
      }
      let extensions: [Row]
    }
    struct Tree: Decodable {
      struct Entry: Decodable {
        let path: String
        let bytes: Int?
      }
      let entries: [Entry]
    }
    let rows = try JSONDecoder().decode(
      Summary.self, from: Data(try await program("list", "--summary", "--json", in: folder).bytes)
    ).extensions
    #expect(rows.map(\.extension) == [".js", ".txt", ".png", "", ".json"])
    #expect(rows[0].files == 3 && rows[0].bytes == 2310 && rows[2].base64Files == 2)
    let tree = try JSONDecoder().decode(
      Tree.self, from: Data(try await program("list", "--tree", "--json", "--sort", "size", in: folder).bytes)
    )
    #expect(tree.entries.prefix(3).map(\.path) == ["src-old", "src-old/x.JS", "src"])
    #expect(tree.entries.first { $0.path == "src" }?.bytes == 310)
  }

  @Test(
    "refuses what excludes each other",
    arguments: [
      ["--tree", "--summary"], ["--tree", "-0"], ["--summary", "--ignored"], ["--sort", "size", "-0"],
      ["--depth", "2"], ["--tree", "--depth", "0"], ["--sort", "colour"], ["--json", "-0"],
    ])
  func usage(_ arguments: [String]) async throws {
    let output = try await shell(
      Program.location(), ["list"] + arguments, in: folder.path, environment: program.environment)
    #expect(output.status == 64, "\(output.text)\(output.talk)")
  }

  @Test("escapes in JSON what would steer a terminal, or turn the order of a line, and loses none of it")
  func harmlessJSON() async throws {
    let folder = try TemporaryFolder.actor()
    let name = "a\u{9B}2J\u{202E}b\u{2067}\u{2028}\u{200F}\u{061C}\u{7F}é\u{2026}#日本"
    try folder.write(name, "1")
    for arguments in [["list", "--json"], ["check", "--json"], ["explain", name, "--json"]] {
      let output = try await Program().run(arguments, in: folder)
      let acting = output.text.unicodeScalars.filter { scalar in
        switch scalar.value {
        case 0x7F...0x9F, 0x061C, 0x200E...0x200F, 0x2028...0x202E, 0x2066...0x2069: true
        default: false
        }
      }
      #expect(acting.isEmpty, "\(arguments)")
    }
    let list = try await Program()("list", "--json", in: folder)
    #expect(
      list.text.contains(#""path":"a\u009b2J\u202eb\u2067\u2028\u200f\u061c\u007fé…#日本""#), "\(list.text)")
  }
}
