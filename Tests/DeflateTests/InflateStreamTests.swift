// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Deflate
internal import Testing

@Suite("InflateStream")
struct InflateStreamTests {
  @Test("how the input is cut doesn't change the output", arguments: [1, 2, 13, 65_536], Material.allCases)
  func cutting(_ size: Int, _ material: Material) throws {
    let packed = try gzip(material.bytes)
    guard size > 1 || packed.count < 10_000 else { return }
    var read: [UInt8] = []
    var stream = try InflateStream(format: .gzip)
    for slice in packed.slices(of: size) {
      try slice.withBytes { span in try stream.write(span) { read.append($0) } }
    }
    try stream.finish()
    #expect(read == material.bytes)
  }

  @Test("gzip members follow one another, however they are cut", arguments: [1, 3, 1000])
  func members(_ size: Int) throws {
    let packed = try gzip([1, 2]) + gzip([]) + gzip(Array("three".utf8))
    var read: [UInt8] = []
    var stream = try InflateStream(format: .gzip)
    for slice in packed.slices(of: size) {
      try slice.withBytes { span in try stream.write(span) { read.append($0) } }
    }
    try stream.finish()
    #expect(read == [1, 2] + Array("three".utf8))
  }

  @Test("every proper beginning is truncated", arguments: DeflateFormat.allCases)
  func truncated(_ format: DeflateFormat) throws {
    let packed = try compress(Array("some words, some words".utf8), format: format)
    for count in 0..<packed.count {
      #expect(throws: DeflateError.truncated) {
        try decompress(Array(packed.prefix(count)), format: format, limit: 1000)
      }
    }
  }

  @Test(
    "what follows the end is noticed", arguments: DeflateFormat.allCases,
    [[0], [0, 0], Array("garbage".utf8)])
  func trailing(_ format: DeflateFormat, _ garbage: [UInt8]) throws {
    let packed = try compress([1, 2, 3], format: format)
    #expect(throws: DeflateError.trailingGarbage) {
      try decompress(packed + garbage, format: format, limit: 1000)
    }
  }

  @Test("a changed byte is never read as something else", arguments: [DeflateFormat.gzip, .zlib])
  func corrupt(_ format: DeflateFormat) throws {
    let bytes = Array("some words that have a checksum".utf8)
    let packed = try compress(bytes, format: format)
    for index in packed.indices {
      var broken = packed
      broken[index] ^= 0x10
      let read = try? decompress(broken, format: format, limit: 1000)
      // gzip's date and system, and the bits behind the last block, aren't under the checksum.
      #expect(read == nil || read == bytes, "byte \(index)")
    }
  }

  @Test("what is in no format is told from what ends too early", arguments: DeflateFormat.allCases)
  func rubbish(_ format: DeflateFormat) throws {
    let error = #expect(throws: DeflateError.self) {
      try decompress(Array(repeating: 0x07, count: 100), format: format, limit: 1000)
    }
    guard case .corrupt? = error else {
      Issue.record("\(String(describing: error))")
      return
    }
  }

  @Test("a limit is kept, to the byte")
  func limit() throws {
    let packed = try gzip(Material.zeros.bytes)
    #expect(try decompress(packed, format: .gzip, limit: 3_000_000).count == 3_000_000)
    #expect(throws: DeflateError.limitExceeded(2_999_999)) {
      try decompress(packed, format: .gzip, limit: 2_999_999)
    }
  }

  @Test("an error of the receiver comes out as it is")
  func receiverThrows() throws {
    struct Full: Error {}
    var stream = try InflateStream(format: .gzip)
    let packed = try gzip([1, 2, 3])
    #expect(throws: Full.self) {
      try packed.withBytes { span in try stream.write(span) { _ in throw Full() } }
    }
  }

  @Test("other formats aren't guessed")
  func noGuessing() throws {
    #expect(throws: DeflateError.self) { try decompress(gzip([1]), format: .zlib, limit: 9) }
    #expect(throws: DeflateError.self) {
      try decompress(compress([1], format: .zlib), format: .gzip, limit: 9)
    }
  }
}
