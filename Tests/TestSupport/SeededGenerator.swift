// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// Random numbers that are the same for the same seed (SplitMix64).
package struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  /// The numbers that begin with `seed`.
  package init(seed: UInt64) { state = seed }

  /// The numbers that begin with `seed`; those of one seed are not those of its neighbour, shifted.
  package init(_ seed: Int) {
    self.init(seed: UInt64(bitPattern: Int64(seed)))
    state = next()
  }

  /// The next number.
  package mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  /// `count` random bytes, eight at a time.
  package mutating func bytes(_ count: Int) -> [UInt8] {
    unsafe Array(unsafeUninitializedCapacity: count) { buffer, initialized in
      for start in stride(from: 0, to: count, by: 8) {
        // SAFETY: at most the eight bytes of the word, and none behind `count`.
        unsafe withUnsafeBytes(of: next()) { word in
          for index in 0..<min(8, count - start) { unsafe buffer[start + index] = word[index] }
        }
      }
      initialized = count
    }
  }

  /// Whether something happens that has the chance `percent`.
  package mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &self) < percent }

  /// One of `items`, which are not empty.
  package mutating func pick<Item>(_ items: [Item]) -> Item {
    items[Int.random(in: items.indices, using: &self)]
  }
}
