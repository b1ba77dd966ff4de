// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import SourceTree
import TestSupport
import Testing

@Suite("What the bytes of a file say")
struct ContentFactsTests {
  private func facts(_ bytes: [UInt8]) throws -> ContentFacts? {
    let folder = try TemporaryFolder(inMemory: true)
    try folder.write("file", bytes)
    var walk = try PathWalk(Array(folder.path.utf8), options: WalkOptions())
    return try walk.verdict(on: Array("file".utf8), isDirectory: false).contents()
  }

  @Test(
    "names the first byte that is not text, wherever reading is cut",
    arguments: [0, 1, 2, 3, 4, 65_533, 65_534, 65_535, 65_536, 65_537, 131_071, 131_072, 200_000])
  func offence(_ offset: Int) throws {
    // Four-byte characters, so that each cut goes through one of them.
    let text = Array(String(repeating: "😀", count: offset / 4 + 1).utf8.prefix(offset / 4 * 4))
    let head = text + Array(repeating: UInt8(ascii: "x"), count: offset - text.count)
    for (tail, byte) in [
      ([0x00], 0x00), ([0xFF], 0xFF), ([0x80], 0x80), ([0xE2, 0x28], 0xE2), ([0xC0, 0xAF], 0xC0),
      ([0xED, 0xA0, 0x80], 0xED), ([0xF0, 0x9F, 0x98], 0xF0),
    ] as [([UInt8], UInt8)] {
      for rest in [[], Array("and so on".utf8)] as [[UInt8]] {
        let found = try #require(try facts(head + tail + rest))
        let shown = "\(tail) at \(offset), \(rest.count)"
        #expect(found.offence?.offset == offset && found.offence?.byte == byte, "\(shown)")
        #expect(found.byteCount == offset + tail.count + rest.count && found.format == .base64)
      }
    }
  }

  @Test("counts what a text has")
  func text() throws {
    for count in [0, 1, 20_000, 70_000] {
      let found = try #require(try facts(Array(String(repeating: "a\n\"😀\u{1}", count: count).utf8)))
      #expect(found.offence == nil && found.format == .text)
      #expect(found.byteCount == 8 * count && found.supplementaryCount == count)
      // a, \n, \", four bytes, \u0001.
      #expect(found.escapedCount == (1 + 2 + 2 + 4 + 6) * count)
    }
  }
}
