// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// SplitMix64: the same numbers on every machine, from a seed that a failing test can print.
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ z >> 30) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ z >> 27) &* 0x94d0_49bb_1331_11eb
    return z ^ z >> 31
  }

  /// `count` random bytes, eight at a time.
  mutating func bytes(_ count: Int) -> [UInt8] {
    unsafe Array(unsafeUninitializedCapacity: count) { buffer, initialized in
      for start in stride(from: 0, to: count, by: 8) {
        unsafe withUnsafeBytes(of: next()) { word in
          for index in 0..<min(8, count - start) { unsafe buffer[start + index] = word[index] }
        }
      }
      initialized = count
    }
  }
}
