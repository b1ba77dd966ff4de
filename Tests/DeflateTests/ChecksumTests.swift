// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Deflate
internal import Testing

@Suite("CRC-32")
struct ChecksumTests {
  @Test("the check value of the catalogues is right")
  func checkValue() {
    #expect(Array("123456789".utf8).withBytes { crc32($0) } == 0xCBF4_3926)
    #expect([UInt8]().withBytes { crc32($0) } == 0)
  }

  @Test("parts continue and combine to the whole", arguments: [0, 1, 4095, 4096, 100_000])
  func parts(_ count: Int) {
    let bytes = randomBytes(count: 100_000)
    let (first, second) = (Array(bytes.prefix(count)), Array(bytes.dropFirst(count)))
    let whole = bytes.withBytes { crc32($0) }
    let begun = first.withBytes { crc32($0) }
    #expect(second.withBytes { crc32($0, continuing: begun) } == whole)
    #expect(crc32Combine(begun, second.withBytes { crc32($0) }, secondLength: second.count) == whole)
  }
}
