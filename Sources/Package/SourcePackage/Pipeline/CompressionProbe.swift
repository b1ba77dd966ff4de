// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import SystemIO

/// Finds out by samples whether compressing pays: media, archives and keys come back from deflate as long as
/// they went in, after most of the time that the whole package takes.
///
/// It compresses nothing. How often each value occurs says what codes of several lengths win, and a search
/// through the 32 KiB before a sample says what repetitions win: those of code often lie far apart.
struct CompressionProbe {
  /// How much is looked at in one place, and how far before it what it repeats may lie.
  static let sampleSize = 8 << 10
  static let window = 32 << 10
  /// Less than this is compressed without asking.
  static let smallest = 4 << 10
  /// About what deflate writes for a repetition from afar, in bits.
  private static let matchBits = 24.0

  private var histogram = ByteHistogram()
  private var search = RepeatSearch()

  init() {}

  /// Whether it pays to compress `bytes`.
  mutating func pays(_ bytes: RawSpan) -> Bool {
    guard bytes.byteCount >= Self.smallest else { return true }
    for sample in Self.samples(of: bytes.byteCount) {
      let start = Self.start(of: sample)
      let seen = bytes.extracting(start..<sample.upperBound)
      if paysHere(seen, from: sample.lowerBound - start) { return true }
    }
    return false
  }

  /// Where the samples of `count` bytes lie: spread evenly, from the first byte to the last; four of them, or
  /// one a MiB, but not more than 64.
  static func samples(of count: Int) -> [Range<Int>] {
    let last = max(0, count - sampleSize)
    if last == 0 { return [0..<count] }
    let steps = min(min(max(4, count >> 20), 64), (count + sampleSize - 1) / sampleSize) - 1
    return (0...steps).map { last * $0 / steps }.map { $0..<$0 + sampleSize }
  }

  /// Where that begins which has to be seen with `sample`.
  static func start(of sample: Range<Int>) -> Int { max(0, sample.lowerBound - window) }

  /// Whether it would pay to compress what lies behind the first `start` bytes of `bytes`, a sample: by a
  /// part in 128, or it is not worth the time.
  mutating func paysHere(_ bytes: RawSpan, from start: Int) -> Bool {
    let count = bytes.byteCount - start
    let found = search.repeats(in: bytes, from: start)
    let literalBits = histogram.entropy(of: bytes.extracting(start...))
    let bits = Double(count - found.bytes) * literalBits + Double(found.count) * Self.matchBits
    return bits < Double(count) * (8 - 8.0 / 128)
  }
}
