// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import TestSupport
import Testing
import Zip

@Suite("A zip that is read")
struct ZipArchiveTests {
  /// A zip that Python makes: a folder, files that are stored and deflated, one with the large form of sizes.
  private static func python(_ body: String) async throws -> [UInt8] {
    let script =
      "import io, sys, zipfile\nbuffer = io.BytesIO()\nwith zipfile.ZipFile(buffer, 'w') as z:\n"
      + body.split(separator: "\n").map { "    \($0)\n" }.joined()
      + "sys.stdout.buffer.write(buffer.getvalue())"
    let output = try await shell("python3", ["-c", script])
    #expect(output.status == 0, "\(output.talk)")
    return output.bytes
  }

  private static let ordinary = """
    z.mkdir('folder')
    z.writestr('folder/stored', b'as it is')
    z.writestr('folder/deflated', b'again and ' * 50_000, zipfile.ZIP_DEFLATED)
    i = zipfile.ZipInfo('run'); i.external_attr = 0o100755 << 16; z.writestr(i, '#!')
    with z.open('large', 'w', force_zip64=True) as f: f.write(b'x' * 1000)
    z.comment = b'a comment'
    """

  @Test("gives what Python has put in")
  func ordinary() async throws {
    let archive = try ZipFixture.open(try await Self.python(Self.ordinary))
    try archive.validate()
    let names = archive.entries.map { String(decoding: $0.name, as: UTF8.self) + ($0.isFolder ? "/" : "") }
    #expect(names == ["folder/", "folder/stored", "folder/deflated", "run", "large"])
    #expect(archive.entries.map(\.isExecutable) == [true, false, false, true, false])
    #expect(try archive.bytes(of: archive.entries[1], limit: 100) == Array("as it is".utf8))
    #expect(try archive.bytes(of: archive.entries[2], limit: 500_000)?.count == 500_000)
    #expect(try archive.bytes(of: archive.entries[2], limit: 499_999) == nil)
  }

  @Test(
    "may have a last member whose name looks like an end of the large form", arguments: ["", "x", "folder/"])
  func nameLikeAnEnd(_ before: String) throws {
    let name = before + "PK\u{6}\u{7}" + String(repeating: "a", count: 16)
    let archive = try ZipFixture.open(
      ZipFixture(.init(name: "first"), .init(name: name, contents: [1, 2, 3])).bytes)
    try archive.validate()
    #expect(archive.entries.map(\.name) == [Array("first".utf8), Array(name.utf8)])
    #expect(try archive.bytes(of: archive.entries[1], limit: 3) == [1, 2, 3])
  }

  @Test("that is cut off anywhere is refused")
  func truncated() async throws {
    let whole = try await Self.python(
      """
      z.writestr('a', b'some text', zipfile.ZIP_DEFLATED)
      z.mkdir('b')
      with z.open('large', 'w', force_zip64=True) as f: f.write(b'x')
      """)
    try ZipFixture.open(whole).validate()
    for count in whole.indices {
      #expect(throws: (any Error).self) { try ZipFixture.open(Array(whole.prefix(count))).validate() }
    }
  }

  @Test("that is damaged is refused, or still has the same contents")
  func damaged() async throws {
    let whole = try await Self.python(
      "z.writestr('a', b'some text' * 20, zipfile.ZIP_DEFLATED)\nz.writestr('b', b'stored')\nz.mkdir('c')\n"
        + "with z.open('large', 'w', force_zip64=True) as f: f.write(b'x')")
    let good = try ZipFixture.open(whole)
    let contents = try good.entries.map { try good.bytes(of: $0, limit: 1000) }
    var random = SeededGenerator(seed: 5)
    for _ in 0..<5000 {
      var bytes = whole
      for _ in 0..<Int.random(in: 1...3, using: &random) {
        bytes[Int.random(in: bytes.indices, using: &random)] = .random(in: 0...255, using: &random)
      }
      guard let archive = try? ZipFixture.open(bytes), (try? archive.validate()) != nil else { continue }
      let now = try archive.entries.map { try archive.bytes(of: $0, limit: 1000) }
      #expect(now == contents)
    }
  }
}
