// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import Base64Stream
import TestSupport
import Testing

@Suite struct KernelTests {
  static let kernels = Base64Kernel.available
  static let longest = 1024

  @Test func theFastestKernelIsInUse() {
    #expect(Base64Kernel.best == Self.kernels.last)
    #expect(Self.kernels.first == .portable)
  }

  /// Guard pages directly behind the input and directly behind the output; then, with the input moved through
  /// all alignments, behind the output; then the other way round.
  @Test(arguments: kernels) func allLengthsAtAllAlignments(_ kernel: Base64Kernel) {
    var random = SeededGenerator(seed: 1)
    let data = random.bytes(Self.longest)
    let input = GuardedMemory(atLeast: Self.longest + 64)
    let output = GuardedMemory(atLeast: Base64Encoder.encodedCount(Self.longest) + 192)
    var wrong = 0
    for count in 0...Self.longest {
      let expected = naiveBase64(Array(data[..<count]))
      for alignment in -1..<64 {
        let source = unsafe alignment < 0 ? input.suffix(count) : input.slice(at: alignment, count)
        unsafe source.copyBytes(from: data[..<count])
        let target = unsafe output.suffix(expected.count)
        unsafe target.initializeMemory(as: UInt8.self, repeating: 0)
        let written = unsafe kernel.encodeAll(source, into: target)
        if unsafe written != expected.count || !target.isSame(as: expected) { wrong += 1 }
      }
      let source = unsafe input.suffix(count)
      for alignment in 0..<64 {
        // 64 bytes before and behind the output that must stay as they are.
        let around = unsafe output.slice(at: alignment, expected.count + 128)
        unsafe around.initializeMemory(as: UInt8.self, repeating: 0x2e)
        let target = unsafe UnsafeMutableRawBufferPointer(rebasing: around[64..<64 + expected.count])
        let written = unsafe kernel.encodeAll(source, into: target)
        if unsafe written != expected.count || !target.isSame(as: expected) { wrong += 1 }
        if unsafe around[..<64].contains(where: { $0 != 0x2e }) { wrong += 1 }
        if unsafe around[(64 + expected.count)...].contains(where: { $0 != 0x2e }) { wrong += 1 }
      }
    }
    #expect(wrong == 0)
  }

  /// Large enough for non-temporal stores, at an output that is aligned to a group and at one that is not.
  @Test(arguments: kernels) func outputsLargerThanTheCaches(_ kernel: Base64Kernel) {
    var random = SeededGenerator(seed: 2)
    let block = random.bytes(1 << 20)
    let count = 13 << 20 | 5
    let input = GuardedMemory(atLeast: count)
    let source = unsafe input.suffix(count)
    for offset in source.indices { unsafe source[offset] = block[(offset &* 7) & 0xfffff] }
    let expectedCount = Base64Encoder.encodedCount(count)
    let output = GuardedMemory(atLeast: expectedCount + 64)
    let expected = GuardedMemory(atLeast: expectedCount)
    let reference = unsafe expected.suffix(expectedCount)
    _ = unsafe Base64Kernel.portable.encodeAll(source, into: reference)
    for offset in [0, 1, 4, 60] {
      let target = unsafe output.slice(at: offset, expectedCount)
      let written = unsafe kernel.encodeAll(source, into: target)
      let isSame = unsafe target.isSame(as: reference)
      #expect(written == expectedCount && isSame, "offset \(offset)")
    }
  }
}
