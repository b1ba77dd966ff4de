// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import SystemIO

/// How often each value occurs in a sample.
struct ByteHistogram {
  private var counts = [Int](repeating: 0, count: 256)

  /// Returns how many bits a byte of `sample` takes in codes that fit it.
  mutating func entropy(of sample: RawSpan) -> Double {
    guard sample.byteCount > 0 else { return 8 }
    for value in counts.indices { counts[value] = 0 }
    for offset in 0..<sample.byteCount { counts[Int(sample.byte(at: offset))] += 1 }
    let total = Double(sample.byteCount)
    var bits = total * Self.log2(total)
    var values = 0
    for count in counts where count > 0 {
      bits -= Double(count) * Self.log2(Double(count))
      values += 1
    }
    // A sample has fewer values, and these more often, than what it stands for: by this much on average
    // (Miller, Madow).
    let missing = Double(values - 1) / (2 * total * 0.693)
    return min(8, bits / total + missing)
  }

  /// The binary logarithm of a number from 1 on, to a thousandth.
  private static func log2(_ number: Double) -> Double {
    let part = number.significand - 1
    return Double(number.exponent) + part * (1.4209 + part * (-0.5773 + part * 0.1564))
  }
}
