// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import Base64Stream
import TestSupport
import Testing

@Suite struct StreamTests {
  /// 10,000 random ways to cut random data, the same ones for each kernel.
  @Test(arguments: Base64Kernel.available) func randomChunkings(_ kernel: Base64Kernel) {
    var random = SeededGenerator(seed: 3)
    let pool = random.bytes(8192)
    let output = GuardedMemory(atLeast: Base64Encoder.encodedCount(2048))
    var wrong: [Int] = []
    for round in 0..<10_000 {
      let count = Int.random(in: 0...(round % 16 == 0 ? 2048 : 300), using: &random)
      let start = Int.random(in: 0...pool.count - count, using: &random)
      let data = Array(pool[start..<start + count])
      let expected = naiveBase64(data)
      let largest = [1, 2, 3, 4, 7, 47, 48, 49, 64, 200, 500][Int.random(in: 0..<11, using: &random)]
      let target = unsafe output.suffix(expected.count)
      var encoder = Base64Encoder(kernel: kernel)
      var span = unsafe OutputRawSpan(buffer: target, initializedCount: 0)
      unsafe encodeInChunks(
        data.span.bytes, encoder: &encoder, nextSize: { Int.random(in: 0...largest, using: &random) },
        into: &span)
      let written = unsafe span.finalize(for: target)
      if unsafe written != expected.count || !target.isSame(as: expected) { wrong.append(round) }
    }
    #expect(wrong.isEmpty)
  }

  @Test func anEncoderCanBeUsedAgainAfterFinish() {
    var encoder = Base64Encoder()
    var result: [[UInt8]] = []
    for text in ["f", "fo", "foo", "foob", "fooba", "foobar", ""] {
      let bytes = Array(text.utf8)
      result.append(collect(bytes, with: &encoder))
    }
    #expect(
      result.map { String(decoding: $0, as: UTF8.self) } == [
        "Zg==", "Zm8=", "Zm9v", "Zm9vYg==", "Zm9vYmE=", "Zm9vYmFy", "",
      ])
  }

  private func collect(_ bytes: [UInt8], with encoder: inout Base64Encoder) -> [UInt8] {
    let memory = GuardedMemory(atLeast: 64)
    let target = unsafe memory.suffix(Base64Encoder.encodedCount(bytes.count))
    var span = unsafe OutputRawSpan(buffer: target, initializedCount: 0)
    unsafe encodeInChunks(bytes.span.bytes, encoder: &encoder, nextSize: { 1 }, into: &span)
    _ = unsafe span.finalize(for: target)
    return unsafe Array(target)
  }

  @Test func oneShot() {
    var random = SeededGenerator(seed: 4)
    for count in [0, 1, 2, 3, 47, 48, 49, 63, 64, 65, 1000, 100_000] {
      let data = random.bytes(count)
      let expected = naiveBase64(data)
      let bytes = unsafe Base64.encode(data.span.bytes)
      let string = unsafe Base64.encodeToString(data.span.bytes)
      #expect(bytes == expected)
      #expect(string == String(decoding: expected, as: UTF8.self))
    }
  }

  @Test func encodedCounts() {
    #expect((0...7).map(Base64Encoder.encodedCount) == [0, 4, 4, 4, 8, 8, 8, 12])
    #expect(Base64Encoder.encodedCount(6_917_529_027_641_081_853) == 9_223_372_036_854_775_804)
    #expect(Base64Encoder().outputCount(adding: 6_917_529_027_641_081_855) == 9_223_372_036_854_775_804)
  }

  @Test func countsThatOverflowTrap() async {
    // Printed, so that the optimizer cannot leave the arithmetic out.
    await #expect(processExitsWith: .failure) { print(Base64Encoder.encodedCount(6_917_529_027_641_081_854)) }
    await #expect(processExitsWith: .failure) { print(Base64Encoder.encodedCount(-1)) }
  }

  @Test func anOutputThatIsTooSmallTraps() async {
    await #expect(processExitsWith: .failure) {
      let memory = GuardedMemory(atLeast: 4)
      var span = unsafe OutputRawSpan(buffer: memory.suffix(3), initializedCount: 0)
      var encoder = Base64Encoder()
      let bytes: [UInt8] = [1, 2, 3]
      unsafe encoder.encode(bytes.span.bytes, into: &span)
    }
  }
}
