// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import Testing
import Zip

@Suite("A zip of more than 4 GiB")
struct LargeZipTests {
  /// Two members, the first of `hole` zero bytes that are nowhere: the numbers of the second and of the
  /// directory need 64 bits.
  private static func archive(hole: Int) throws -> ZipArchive {
    let text = Array("behind the hole".utf8)
    let crc = ZipFixture.number(ZipFixture.crc32(text), 4)
    let sizes = ZipFixture.number(hole, 8) + ZipFixture.number(hole, 8)
    let all = Array(repeating: UInt8(0xFF), count: 8)
    func number(_ value: Int, _ width: Int) -> [UInt8] { ZipFixture.number(value, width) }
    func header(_ name: String, _ crc: [UInt8], _ sizes: [UInt8], _ extra: [UInt8]) -> [UInt8] {
      number(45, 2) + number(0, 8) + crc + sizes + number(name.utf8.count, 2) + number(extra.count, 2)
    }
    let largeExtra = number(1, 2) + number(16, 2) + sizes
    let start =
      number(0x0403_4B50, 4) + header("hole", number(0, 4), all, largeExtra) + Array("hole".utf8) + largeExtra
    let second = start.count + hole
    let small = number(text.count, 4) + number(text.count, 4)
    var end = number(0x0403_4B50, 4) + header("text", crc, small, []) + Array("text".utf8) + text
    let directory = second + end.count
    let place = number(1, 2) + number(8, 2) + number(second, 8)
    func entry(_ name: String, _ crc: [UInt8], _ sizes: [UInt8], _ offset: [UInt8], _ extra: [UInt8])
      -> [UInt8]
    {
      number(0x0201_4B50, 4) + [45, 3] + header(name, crc, sizes, extra) + number(0, 6)
        + number(0o100644 << 16, 4) + offset + Array(name.utf8) + extra
    }
    let entries =
      entry("hole", number(0, 4), all, number(0, 4), largeExtra)
      + entry("text", crc, small, Array(all.prefix(4)), place)
    end += entries
    let record = second + end.count
    end += number(0x0606_4B50, 4) + number(44, 8) + [45, 3, 45, 0] + number(0, 8) + number(2, 8)
    end += number(2, 8) + number(entries.count, 8) + number(directory, 8)
    end += number(0x0706_4B50, 4) + number(0, 4) + number(record, 8) + number(1, 4)
    end += number(0x0605_4B50, 4) + number(0, 4) + [0xFF, 0xFF, 0xFF, 0xFF] + all + number(0, 2)
    let tail = end
    return try ZipArchive(byteCount: second + tail.count) { offset, count in
      (offset..<(offset + count)).map { place in
        place < start.count ? start[place] : place < second ? 0 : tail[place - second]
      }
    }
  }

  @Test("has members behind the 4 GiB")
  func behind() throws {
    let archive = try Self.archive(hole: 5 << 30)
    #expect(archive.entries.map(\.byteCount) == [5 << 30, 15])
    #expect(archive.entries[1].headerOffset > 5 << 30)
    #expect(try archive.bytes(of: archive.entries[1], limit: 100) == Array("behind the hole".utf8))
  }

  @Test("is read in parts, and given up by whoever has had enough")
  func parts() throws {
    struct Enough: Error {}
    let archive = try Self.archive(hole: 5 << 30)
    var counts: [Int] = []
    #expect(throws: Enough.self) {
      try archive.contents(of: archive.entries[0]) { part in
        counts.append(part.byteCount)
        if counts.count == 2 { throw Enough() }
      }
    }
    #expect(counts.allSatisfy { $0 <= 256 << 10 })
  }
}
