// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Deflate
internal import Testing

@Suite("DeflateStream")
struct DeflateStreamTests {
  @Test(
    "how the input is cut doesn't change the output", arguments: [1, 7, 4096, 70_000], DeflateFormat.allCases)
  func cutting(_ size: Int, _ format: DeflateFormat) throws {
    let bytes = Material.text.bytes
    var packed: [UInt8] = []
    var stream = try DeflateStream(format: format)
    for slice in bytes.slices(of: size) {
      slice.withBytes { span in stream.write(span) { packed.append($0) } }
    }
    stream.finish { packed.append($0) }
    #expect(try packed == compress(bytes, format: format))
  }

  @Test("gzip's header has no date and no system")
  func header() throws {
    let packed = try gzip(Array("hello".utf8))
    #expect(Array(packed.prefix(4)) == [0x1F, 0x8B, 8, 0])
    #expect(Array(packed[4..<8]) == [0, 0, 0, 0])
    // zlib writes the system that it was compiled for unless it is told otherwise.
    #expect(packed[9] == 255)
  }

  @Test("what was flushed can be read at once", arguments: [DeflateFlush.sync, .full])
  func flushing(_ kind: DeflateFlush) throws {
    var packed: [UInt8] = []
    var stream = try DeflateStream(format: .zlib)
    var reader = try InflateStream(format: .zlib)
    for word in ["alpha", "beta", "", "gamma"] {
      packed.removeAll()
      Array(word.utf8).withBytes { span in stream.write(span) { packed.append($0) } }
      stream.flush(kind) { packed.append($0) }
      var read: [UInt8] = []
      try packed.withBytes { span in try reader.write(span) { read.append($0) } }
      #expect(read == Array(word.utf8))
    }
  }

  @Test("no emission is longer than 64 KiB, and none is empty", arguments: Material.allCases)
  func emissions(_ material: Material) throws {
    var sizes: [Int] = []
    var stream = try DeflateStream(format: .gzip, level: 0)
    material.bytes.withBytes { span in stream.write(span) { sizes.append($0.byteCount) } }
    stream.finish { sizes.append($0.byteCount) }
    #expect(sizes.allSatisfy { (1...65536).contains($0) })
  }

  @Test("an error of the receiver comes out as it is")
  func receiverThrows() throws {
    struct Full: Error {}
    var stream = try DeflateStream(format: .gzip, level: 0)
    #expect(throws: Full.self) {
      try randomBytes(count: 200_000).withBytes { span throws(Full) in
        try stream.write(span) { _ throws(Full) in throw Full() }
      }
    }
  }

  @Test("a level that doesn't exist is refused", arguments: [Int32(-2), 10, .max])
  func levels(_ level: Int32) {
    #expect(throws: DeflateError.invalidParameter) { try gzip([1], level: level) }
  }
}
