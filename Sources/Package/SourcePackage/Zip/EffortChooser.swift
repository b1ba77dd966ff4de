// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Deflate
internal import SystemIO

/// Chooses how hard to search a large file for repetitions: compresses samples of it with each effort, and
/// takes the quickest that makes them hardly longer than a full search does.
///
/// A byte is priced by what its upload takes, and that over a slow link: 2 µs, as at 4 Mbit/s. What a quicker
/// search saves, some 10 ns a byte, pays for one byte in 200, and no more may be lost. No clock is asked and
/// no processor counted, so the same bytes get the same effort everywhere.
struct EffortChooser: ~Copyable {
  /// Up to this size all is searched: there is little to choose from.
  static let smallest = 128 << 10
  /// How much longer a sample may get: by a part in so many.
  private static let tolerance = 200
  /// How much of the bytes is tried, in how many places.
  private static let share = 64
  private static let placeCount = 2

  private var stream: DeflateStream

  init() throws(DeflateError) { stream = try DeflateStream(format: .raw) }

  /// The effort for `bytes`.
  mutating func choose(for bytes: RawSpan) -> SearchEffort {
    if bytes.byteCount <= Self.smallest { return .full }
    var size = bytes.byteCount / (Self.share * Self.placeCount)
    var full = compressedSize(bytes, size, .full)
    var efforts: [SearchEffort] = [.greedy, .long, .short, .half]
    if full < size * Self.placeCount / 4 {
      // Of so little that is left, a part in 200 is a few bytes: chance, unless more is tried.
      size *= 3
      full = compressedSize(bytes, size, .full)
      efforts = [.brief, .long, .short, .half]
    }
    let limit = full + full / Self.tolerance
    for effort in efforts where compressedSize(bytes, size, effort) <= limit { return effort }
    return .full
  }

  /// How long `size` bytes in each of some places of `bytes` get, behind what lies before them.
  private mutating func compressedSize(_ bytes: RawSpan, _ size: Int, _ effort: SearchEffort) -> Int {
    var count = 0
    for place in 1...Self.placeCount {
      let start = bytes.byteCount * place / (Self.placeCount + 1)
      effort.apply(to: &stream)
      stream.prime(with: bytes.extracting(..<start))
      stream.write(bytes.extracting(start..<start + size)) { count += $0.byteCount }
      stream.beginAnew(finishing: true) { count += $0.byteCount }
    }
    return count
  }
}
