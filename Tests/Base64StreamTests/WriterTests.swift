// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import Base64Stream
import TestSupport
import Testing

@Suite struct WriterTests {
  static let kernels = Base64Kernel.available

  /// Each piece ends at a guard page, and the output ends at one.
  @Test(arguments: kernels) func randomPieces(_ kernel: Base64Kernel) {
    let output = GuardedMemory(atLeast: Base64Encoder.encodedCount(Pieces.longest))
    var pieces = Pieces(seed: 6)
    for round in 0..<1000 {
      let (data, expected) = pieces.next()
      let target = unsafe output.suffix(expected.count)
      let written = unsafe pieces.write(data, kernel: kernel, into: target)
      let isSame = unsafe target.isSame(as: expected)
      guard written == expected.count && isSame else {
        Issue.record("round \(round), \(data.count) bytes")
        break
      }
    }
  }

  /// The output has so large a capacity that the stream is stored past the caches. It begins at every
  /// alignment, and what lies directly around the stream's characters stays as it is.
  @Test(arguments: kernels) func randomPiecesPastTheCaches(_ kernel: Base64Kernel) {
    let room = 17 << 20
    let output = GuardedMemory(atLeast: room + 128)
    var pieces = Pieces(seed: 7)
    for round in 0..<1000 {
      let (data, expected) = pieces.next()
      let start = 64 + round % 64
      let around = unsafe output.slice(at: start - 64, expected.count + 128)
      unsafe around.initializeMemory(as: UInt8.self, repeating: 0x2e)
      let written = unsafe pieces.write(data, kernel: kernel, into: output.slice(at: start, room))
      let margin = [UInt8](repeating: 0x2e, count: 64)
      let isSame = unsafe around.isSame(as: margin + expected + margin)
      guard written == expected.count && isSame else {
        Issue.record("round \(round), \(data.count) bytes")
        break
      }
    }
  }

  /// Up to the last byte of an output that is larger than the caches.
  @Test(arguments: kernels) func aStreamOfManyMebibytes(_ kernel: Base64Kernel) {
    var random = SeededGenerator(seed: 8)
    let count = 12 << 20 | 7
    let input = GuardedMemory(atLeast: count)
    let source = unsafe input.suffix(count)
    unsafe source.copyBytes(from: random.bytes(count))
    let expectedCount = Base64Encoder.encodedCount(count)
    let output = GuardedMemory(atLeast: expectedCount)
    let target = unsafe output.suffix(expectedCount)
    let expected = GuardedMemory(atLeast: expectedCount)
    let reference = unsafe expected.suffix(expectedCount)
    _ = unsafe Base64Kernel.portable.encodeAll(source, into: reference)
    for size in [4096, 4097, 100_000, count] {
      unsafe target.initializeMemory(as: UInt8.self, repeating: 0)
      var span = unsafe OutputRawSpan(buffer: target, initializedCount: 0)
      Base64.encodeStream(into: &span, kernel: kernel) { writer in
        var offset = 0
        while offset < count {
          let end = min(offset + size, count)
          unsafe writer.write(source.bytes.extracting(offset..<end))
          offset = end
        }
      }
      let written = unsafe span.finalize(for: target)
      let isSame = unsafe target.isSame(as: reference)
      #expect(written == expectedCount && isSame, "pieces of \(size)")
    }
  }

  @Test func aStreamIsAppended() {
    let text = encoded(behind: "data:") { writer in
      for piece in ["", "fo", "ob", "", "a"] { unsafe writer.write(Array(piece.utf8).span.bytes) }
    }
    #expect(text == "data:Zm9vYmE=")
    #expect(encoded(behind: "nothing") { _ in } == "nothing")
  }

  @Test func aBodyThatThrowsLeavesTheOutputAsItWas() {
    struct Broken: Error {}
    let memory = GuardedMemory(atLeast: 64)
    let target = unsafe memory.suffix(64)
    var span = unsafe OutputRawSpan(buffer: target, initializedCount: 0)
    span.append(0x2e)
    #expect(throws: Broken.self) {
      try Base64.encodeStream(into: &span) { writer throws(Broken) in
        unsafe writer.write(Array("foobar".utf8).span.bytes)
        throw Broken()
      }
    }
    #expect(span.byteCount == 1)
    _ = unsafe span.finalize(for: target)
  }

  @Test func anOutputThatIsTooSmallTraps() async throws {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardOutputContent, \.standardErrorContent]
    ) {
      let memory = GuardedMemory(atLeast: 8)
      var span = unsafe OutputRawSpan(buffer: memory.suffix(7), initializedCount: 0)
      Base64.encodeStream(into: &span) { writer in
        // 4 bytes make 8 characters in the end, though only 4 of them now.
        let piece: [UInt8] = [1, 2]
        unsafe writer.write(piece.span.bytes)
        print("so far, so good")
        unsafe writer.write(piece.span.bytes)
      }
    }
    let exit = try #require(result)
    #expect(String(decoding: exit.standardOutputContent, as: UTF8.self).contains("so far, so good"))
    #expect(String(decoding: exit.standardErrorContent, as: UTF8.self).contains("the output is too small"))
  }

  /// Also where the outer output has no capacity left and so ends where the inner one begins.
  @Test(arguments: [0, 8]) func aWriterOfAnotherOutputTraps(usedBefore: Int) async throws {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      [usedBefore] in
      let memory = GuardedMemory(atLeast: 16)
      var outer = unsafe OutputRawSpan(buffer: memory.slice(at: 0, 8), initializedCount: usedBefore)
      Base64.encodeStream(into: &outer) { first in
        var inner = unsafe OutputRawSpan(buffer: memory.slice(at: 8, 8), initializedCount: 0)
        Base64.encodeStream(into: &inner) { second in swap(&first, &second) }
      }
    }
    let message = try String(decoding: #require(result).standardErrorContent, as: UTF8.self)
    #expect(message.contains("the writer belongs to another output"))
  }

  private func encoded(behind prefix: String, _ body: (inout Base64Writer) -> Void) -> String {
    let memory = GuardedMemory(atLeast: 64)
    let target = unsafe memory.suffix(64)
    var span = unsafe OutputRawSpan(buffer: target, initializedCount: 0)
    for byte in prefix.utf8 { span.append(byte) }
    Base64.encodeStream(into: &span, body)
    let count = unsafe span.finalize(for: target)
    return unsafe String(decoding: target[..<count], as: UTF8.self)
  }
}

/// Random streams and random ways to cut them, the same ones for a seed.
private struct Pieces: ~Copyable {
  static let longest = 40_000

  private var random: SeededGenerator
  private let pool: [UInt8]
  private let piece = GuardedMemory(atLeast: longest)

  init(seed: UInt64) {
    random = SeededGenerator(seed: seed)
    pool = random.bytes(Self.longest)
  }

  /// The bytes of a stream, mostly a short one, and their characters.
  mutating func next() -> (data: ArraySlice<UInt8>, expected: [UInt8]) {
    let limit = Int.random(in: 0..<8, using: &random) == 0 ? Self.longest : 3000
    let count = Int.random(in: 0...limit, using: &random)
    let data = pool[..<count]
    return (data, naiveBase64(Array(data)))
  }

  /// Writes `data` in pieces of up to a random size; how much then was in the output.
  mutating func write(
    _ data: ArraySlice<UInt8>, kernel: Base64Kernel, into target: UnsafeMutableRawBufferPointer
  ) -> Int {
    let largest = [2, 50, 511, 600, 4096, 9000][Int.random(in: 0..<6, using: &random)]
    var span = unsafe OutputRawSpan(buffer: target, initializedCount: 0)
    Base64.encodeStream(into: &span, kernel: kernel) { writer in
      var offset = 0
      while offset < data.count {
        let size = min(Int.random(in: 0...largest, using: &random), data.count - offset)
        let source = unsafe piece.suffix(size)
        unsafe source.copyBytes(from: data[offset..<offset + size])
        unsafe writer.write(source.bytes)
        offset += size
      }
    }
    return unsafe span.finalize(for: target)
  }
}
