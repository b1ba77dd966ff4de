// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import SystemIO
import Testing
import Zip

@Suite("A hostile zip")
struct HostileZipTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let bytes: [UInt8]
    let cause: ZipReaderError.Cause

    init(_ testDescription: String, _ cause: ZipReaderError.Cause, _ fixture: ZipFixture) {
      self.testDescription = testDescription
      self.cause = cause
      bytes = fixture.bytes
    }
  }

  static let text = Array("contents".utf8)
  static let file = ZipFixture.Member(name: "a", contents: text)

  static func changed(_ change: (inout ZipFixture.Member) -> Void) -> ZipFixture {
    var member = file
    change(&member)
    return ZipFixture(member)
  }

  static func whole(_ change: (inout ZipFixture) -> Void) -> ZipFixture {
    var fixture = ZipFixture(file)
    change(&fixture)
    return fixture
  }

  static let descriptor =
    ZipFixture.number(0x0807_4B50, 4) + ZipFixture.number(ZipFixture.crc32(text), 4)
    + ZipFixture.number(8, 4) + ZipFixture.number(9, 4)

  /// The second member's header and contents lie in the contents of the first.
  static var overlapping: ZipFixture {
    var first = file
    first.contents = Array(ZipFixture(ZipFixture.Member(name: "b", contents: text)).bytes.prefix(39))
    return ZipFixture(first, ZipFixture.Member(name: "b", contents: text, offset: 31))
  }

  static let cases: [Case] = [
    Case("has another name in the header", .headerDisagrees("the name"), changed { $0.headerName = "b" }),
    Case("has another method there", .headerDisagrees("the method"), changed { $0.headerMethod = 8 }),
    Case("has another size there", .headerDisagrees("the size"), changed { $0.headerSize = 7 }),
    Case("has another checksum there", .headerDisagrees("the checksum"), changed { $0.headerCRC = 7 }),
    Case(
      "has a descriptor with another size", .headerDisagrees("the descriptor"),
      changed {
        $0.flags = 8
        $0.descriptor = descriptor
      }),
    Case("has no descriptor where one must be", .headerDisagrees("the descriptor"), changed { $0.flags = 8 }),
    Case("has a wrong checksum", .wrongChecksum, changed { $0.crc = 1 }),
    Case("has a wrong size", .wrongLength, changed { $0.size = 9 }),
    Case("is encrypted", .encrypted, changed { $0.flags = 1 }),
    Case("uses a method of its own", .unknownMethod(99), changed { $0.method = 99 }),
    Case(
      "is not deflated", .corrupt("the compressed data are corrupt (invalid block type)"),
      changed {
        $0.method = 8
        $0.contents = [0x07]
      }),
    Case(
      "claims more than deflate can hold", .wrongLength,
      changed {
        $0.method = 8
        $0.contents = [0x03, 0x00]
        $0.size = 0xFFFF_FFF0
      }),
    Case("has a member behind its directory", .outside, changed { $0.offset = 4_000_000 }),
    Case(
      "has a member at another place", .headerDisagrees("where it is"),
      ZipFixture(file, ZipFixture.Member(name: "b", offset: 1))),
    Case(
      "has a broken large size", .brokenExtraField,
      changed {
        $0.size = 0xFFFF_FFFF
        $0.extra = [1, 0, 4, 0, 0, 0, 0, 0]
      }),
    Case("has one member within another", .overlap, overlapping),
    Case("is a device", .specialFile, changed { $0.mode = 0o020644 }),
    Case("is a folder that is called like a file", .specialFile, changed { $0.mode = 0o040755 }),
    Case("is a folder with contents", .folderWithContents, changed { $0.name = "a/" }),
    Case(
      "is a link to above", .linkLeadsOut,
      ZipFixture(
        ZipFixture.Member(name: "d/l", contents: Array("../../x".utf8), mode: 0o120777))),
    Case(
      "is a link to a fixed place", .linkLeadsOut,
      ZipFixture(
        ZipFixture.Member(name: "l", contents: Array("/etc/passwd".utf8), mode: 0o120777))),
    Case("has a name twice", .duplicate, ZipFixture(file, file)),
    Case(
      "has a file and a folder of one name", .duplicate,
      ZipFixture(
        file, ZipFixture.Member(name: "a/", mode: 0o040755))),
    Case(
      "has something in a file", .belowFile,
      ZipFixture(
        ZipFixture.Member(name: "a/b/c"), file)),
    Case(
      "has fewer members than it says", .brokenDirectory("it does not have the 2 members that the end says"),
      whole { $0.count = 2 }),
    Case(
      "has more members than it says", .brokenDirectory("it does not have the 0 members that the end says"),
      whole { $0.count = 0 }),
    Case(
      "has its directory elsewhere", .brokenDirectory("it is not where the end of the zip says"),
      whole { $0.directoryShift = 1 }),
    Case("is one of several parts", .severalParts, whole { $0.disk = 1 }),
  ]

  @Test("is refused by name", arguments: cases)
  func refused(_ hostile: Case) throws {
    let error = #expect(throws: ZipReaderError.self) { try ZipFixture.open(hostile.bytes).validate() }
    #expect(error?.cause == hostile.cause)
  }

  @Test(
    "must have names that can be unpacked",
    arguments: ["", "/", "../up", "a/..", "/root", "a//b", "a/./b", ".", "a\\b", "C:\\x", "a\u{0}b", "a//"])
  func names(_ name: String) throws {
    let archive = try ZipFixture(ZipFixture.Member(name: name)).archive
    let error = #expect(throws: ZipReaderError.self) { try archive.validate() }
    #expect(error?.cause == .unsafeName && error?.member == Array(name.utf8))
  }

  @Test("is told from a good one: this is one")
  func good() throws {
    var later = Self.file
    later.flags = 8
    later.descriptor =
      ZipFixture.number(ZipFixture.crc32(Self.text), 4) + ZipFixture.number(8, 8) + ZipFixture.number(8, 8)
    later.name = "d/later"
    var fixture = ZipFixture(
      Self.file, later, ZipFixture.Member(name: "d/", mode: 0o040755),
      ZipFixture.Member(name: "d/link", contents: Array("../a".utf8), mode: 0o120777))
    fixture.comment = ZipFixture.number(0x0605_4B50, 4) + Array(repeating: 7, count: 40)
    let archive = try fixture.archive
    let totals = try archive.validate()
    #expect([totals.files, totals.folders, totals.bytes] == [3, 1, 20])
    #expect(archive.entries.map(\.isSymbolicLink) == [false, false, false, true])
  }

  @Test("is not read beyond what its reader wants")
  func limit() throws {
    let archive = try ZipFixture(Self.file).archive
    try archive.validate(limit: 8)
    let error = #expect(throws: ZipReaderError.self) { try archive.validate(limit: 7) }
    #expect(error?.cause == .tooMuch(limit: 7))
  }

  @Test("is told where it is none, or ends before it has said all", arguments: [0, 21, 22, 60])
  func noZip(_ count: Int) throws {
    let error = #expect(throws: ZipReaderError.self) {
      try ZipFixture.open(Array(repeating: 7, count: count))
    }
    #expect(error?.cause == .notZip)
    // It claims to be as long as it was, and gives less.
    let bytes = ZipFixture(Self.file).bytes
    let archive = try ZipArchive(byteCount: bytes.count) { offset, count in
      Array(bytes.dropFirst(offset).prefix(count < bytes.count && offset == 0 ? 5 : count))
    }
    let short = #expect(throws: ZipReaderError.self) { try archive.validate() }
    #expect(short?.cause == .truncated)
  }

  @Test("with a directory that no real one has is not read")
  func directory() throws {
    var bytes = ZipFixture(Self.file).bytes
    // The size of the directory, in the last 22 bytes.
    bytes.replaceSubrange((bytes.count - 10)..<(bytes.count - 6), with: [0xFE, 0xFF, 0xFF, 0xFF])
    let error = #expect(throws: ZipReaderError.self) { try ZipFixture.open(bytes) }
    guard case .directoryTooLarge? = error?.cause else {
      Issue.record("\(String(describing: error))")
      return
    }
  }

  @Test("can't trick a terminal with its names")
  func printed() throws {
    let archive = try ZipFixture(ZipFixture.Member(name: "../\u{1B}[2J\u{202E}é")).archive
    let error = #expect(throws: ZipReaderError.self) { try archive.validate() }
    let text = try #require(error?.description)
    #expect(TerminalText.of(text) == "\"../\\x1B[2J\\u{202E}é\": its name is not one to unpack")
  }
}
