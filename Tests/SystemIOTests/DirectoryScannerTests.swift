// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import SystemIO
import TestSupport
import Testing

@Suite("The directory scanner")
struct DirectoryScannerTests {
  /// Names, by bytes, that are odd for one reason or another.
  static let odd: [[UInt8]] = [
    Array("a".utf8), Array("1234567".utf8), Array("12345678".utf8), Array("123456789".utf8),
    Array("12345678a".utf8), Array(".".utf8) + [1], Array("..".utf8) + [0xFF], Array("...".utf8),
    Array(".a".utf8),
    [0xFF, 0xFE], [0x80], Array("new\nline".utf8), Array(" ".utf8), Array("-n".utf8), Array("caf\u{E9}".utf8),
    Array("cafe\u{301}".utf8), Array(repeating: UInt8(ascii: "x"), count: 255),
  ]

  private func scan(_ directory: String) throws -> [[UInt8]] {
    var scanner = DirectoryScanner()
    try scanner.scan(Descriptor.open(CString(directory), as: .directory))
    return scanner.names.sorted { scanner.precedes($0, $1) }.map { name in
      var bytes: [UInt8] = []
      scanner.append(name, to: &bytes)
      return bytes
    }
  }

  @Test("Every name comes as its bytes, in byte order, without . and ..")
  func names() throws {
    let directory = try TemporaryFolder()
    for name in Self.odd {
      _ = try Descriptor.open(
        CString(Array(directory.path.utf8) + [UInt8(ascii: "/")] + name), flags: O_WRONLY | O_CREAT,
        mode: 0o600)
    }
    #expect(try scan(directory.path) == Self.odd.sorted { $0.lexicographicallyPrecedes($1) })
  }

  @Test("A name opens the file that it names")
  func opens() throws {
    let directory = try TemporaryFolder()
    try directory.write("only", "text")
    let opened = try Descriptor.open(CString(directory.path), as: .directory)
    var scanner = DirectoryScanner()
    try scanner.scan(opened)
    let name = try #require(scanner.names.first)
    let contents = try scanner.withCString(of: name) { text throws(SystemError) in
      try Descriptor.open(text, in: opened.rawValue, as: .file).readAll()
    }
    #expect(contents == Array("text".utf8))
  }

  @Test("Kinds are told apart, links not followed")
  func kinds() throws {
    let directory = try TemporaryFolder()
    try directory.write("a-file")
    try directory.folder("b-directory")
    try directory.link("c-link", to: "b-directory")
    try makeFIFO(directory("d-fifo"))
    var scanner = DirectoryScanner()
    try scanner.scan(Descriptor.open(CString(directory.path), as: .directory))
    let kinds = scanner.names.sorted { scanner.precedes($0, $1) }.map(\.kind)
    #expect(kinds == [.file, .directory, .link, .special])
  }

  @Test("Thousands of names need a larger buffer, and a scan forgets the one before")
  func many() throws {
    let directory = try TemporaryFolder()
    let expected = (10_000..<13_000).map { "\($0)" + String(repeating: "-", count: 40) }
    for name in expected {
      _ = try Descriptor.open(CString(directory(name)), flags: O_WRONLY | O_CREAT, mode: 0o600)
    }
    let empty = try TemporaryFolder()
    var scanner = DirectoryScanner()
    try scanner.scan(Descriptor.open(CString(directory.path), as: .directory))
    #expect(scanner.names.count == expected.count)
    #expect(try SystemIOTests.names(in: directory.path) == expected)
    try scanner.scan(Descriptor.open(CString(empty.path), as: .directory))
    #expect(scanner.names.isEmpty)
  }

  @Test("A file is no directory")
  func notDirectory() throws {
    let directory = try TemporaryFolder()
    try directory.write("file")
    var scanner = DirectoryScanner()
    let file = try Descriptor.open(CString(directory("file")), as: .file)
    #expect(throws: SystemError(code: ENOTDIR)) { try scanner.scan(file) }
  }
}
