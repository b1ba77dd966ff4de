// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import Deflate
import TestSupport
import Testing

@Suite("DeflateEncoder")
struct DeflateEncoderTests {
  @Test("zlib reads what it makes, which is nearly as short as zlib's", arguments: EncoderMaterial.allCases)
  func roundTrip(_ material: EncoderMaterial) throws {
    let bytes = material.bytes
    let packed = try encoded(bytes)
    #expect(try decompress(packed, format: .raw, limit: bytes.count + 1) == bytes)
    let reference = try min(compress(bytes, format: .raw).count, bytes.count)
    // Of few random symbols there is little but matches by chance, and zlib tries more of them.
    #expect(packed.count * 100 <= reference * 104 + 1000, "\(packed.count) of \(reference) bytes")
  }

  @Test("inputs of every length up to 300", arguments: [UInt8(0), 1, 7, 255])
  func short(_ mask: UInt8) throws {
    var encoder = try DeflateEncoder()
    let bytes = randomBytes(count: 300).map { $0 & mask }
    for count in 0...300 {
      let input = Array(bytes.prefix(count))
      let packed = try encoded(input, with: &encoder)
      #expect(try decompress(packed, format: .raw, limit: 1000) == input)
    }
  }

  @Test(
    "what is random grows by at most five bytes for each 65,535",
    arguments: [1, 1000, 65_535, 65_536, 1 << 20])
  func incompressible(_ count: Int) throws {
    #expect(try encoded(randomBytes(count: count)).count <= count + (count + 65_534) / 65_535 * 5)
  }

  @Test(
    "an input that is cut is one stream, and its parts refer back",
    arguments: [1, 2, 3, 4, 257, 258, 32_767, 32_768, 32_769, 50_000], EncoderMaterial.allCases)
  func cut(_ count: Int, _ material: EncoderMaterial) throws {
    let bytes = material.bytes
    guard count <= bytes.count else { return }
    var encoder = try DeflateEncoder()
    let first = try encoded(Array(bytes.prefix(count)), isLast: false, with: &encoder)
    let second = try encoded(bytes, behind: count, with: &encoder)
    #expect(try decompress(first + second, format: .raw, limit: bytes.count + 1) == bytes)
  }

  @Test("a part refers to what lies 32,768 bytes before it, and no farther")
  func farthest() throws {
    var encoder = try DeflateEncoder()
    let word = Array("a pattern that is found once, and nowhere else".utf8)
    func size(_ distance: Int) throws -> Int {
      let bytes = word + randomBytes(count: distance - word.count) + word
      return try encoded(bytes, behind: distance, with: &encoder).count
    }
    #expect(try size(32_768) < 10)
    #expect(try size(32_769) > 40)
  }

  @Test("earlier inputs don't show in the output", arguments: EncoderMaterial.allCases)
  func reuse(_ material: EncoderMaterial) throws {
    var encoder = try DeflateEncoder()
    let bytes = material.bytes
    let fresh = try encoded(bytes, with: &encoder)
    for other in EncoderMaterial.allCases { _ = try encoded(other.bytes, isLast: false, with: &encoder) }
    #expect(try encoded(bytes, with: &encoder) == fresh)
  }

  @Test("reads and writes nothing outside of its memory", arguments: EncoderMaterial.allCases)
  func bounds(_ material: EncoderMaterial) throws {
    let bytes = material.bytes
    let input = GuardedMemory(atLeast: bytes.count)
    let room = DeflateEncoder.capacity(for: bytes.count)
    let output = GuardedMemory(atLeast: room)
    var encoder = try DeflateEncoder()
    for isAtEnd in [true, false] {
      // SAFETY: the guarded memories outlive the spans over them.
      let source = unsafe isAtEnd ? input.suffix(bytes.count) : input.slice(at: 0, bytes.count)
      unsafe source.copyBytes(from: bytes)
      let target = unsafe isAtEnd ? output.suffix(room) : output.slice(at: 0, room)
      var span = unsafe OutputRawSpan(buffer: target, initializedCount: 0)
      unsafe encoder.encode(source.bytes, into: &span)
      let count = unsafe span.finalize(for: target)
      let packed = unsafe Array(target[..<count])
      #expect(try decompress(packed, format: .raw, limit: bytes.count + 1) == bytes)
    }
  }

  @Test("stored bytes are a part of a stream, too", arguments: [0, 1, 65_535, 65_536, 200_000])
  func stored(_ count: Int) throws {
    let bytes = randomBytes(count: count)
    var encoder = try DeflateEncoder()
    let text = Array("before, and before".utf8)
    let first = try encoded(text, isLast: false, with: &encoder)
    for isLast in [true, false] {
      var packed = first + stored(bytes, isLast: isLast)
      if !isLast { packed += try encoded(text, with: &encoder) }
      let expected = text + bytes + (isLast ? [] : text)
      #expect(try decompress(packed, format: .raw, limit: expected.count + 1) == expected)
    }
  }

  @Test("Python reads what it makes", arguments: EncoderMaterial.allCases)
  func python(_ material: EncoderMaterial) async throws {
    let bytes = material.bytes
    #expect(try await DeflateTests.python(decoding: -15, encoded(bytes)) == bytes)
  }

  private func encoded(_ bytes: [UInt8]) throws -> [UInt8] {
    var encoder = try DeflateEncoder()
    return try encoded(bytes, with: &encoder)
  }

  private func encoded(
    _ bytes: [UInt8], behind history: Int = 0, isLast: Bool = true, with encoder: inout DeflateEncoder
  ) throws -> [UInt8] {
    [UInt8](capacity: DeflateEncoder.capacity(for: bytes.count - history)) { output in
      bytes.withBytes { encoder.encode($0, behind: history, isLast: isLast, into: &output) }
    }
  }

  private func stored(_ bytes: [UInt8], isLast: Bool) -> [UInt8] {
    [UInt8](capacity: DeflateEncoder.capacity(for: bytes.count)) { output in
      bytes.withBytes { DeflateEncoder.store($0, isLast: isLast, into: &output) }
    }
  }
}

extension [UInt8] {
  /// What `write` writes, at most `capacity` bytes.
  fileprivate init(capacity: Int, _ write: (inout OutputRawSpan) -> Void) {
    // SAFETY: the span is over the array's own memory, and `finalize` says how much of it has been written.
    self.init(unsafeUninitializedCapacity: capacity) { memory, count in
      let raw = unsafe UnsafeMutableRawBufferPointer(memory)
      var output = unsafe OutputRawSpan(buffer: raw, initializedCount: 0)
      write(&output)
      count = unsafe output.finalize(for: raw)
    }
  }
}
