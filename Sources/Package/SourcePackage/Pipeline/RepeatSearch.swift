// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import SystemIO

/// Counts what of a sample repeats what lies before it, in runs of at least four bytes: a fast and coarse
/// likeness of what deflate would find.
struct RepeatSearch {
  private static let slotBits: UInt32 = 15

  /// By a hash of four bytes, one more than the latest place where they began.
  private var places = [UInt16](repeating: 0, count: 1 << RepeatSearch.slotBits)

  /// Returns how many repetitions there are in what lies behind the first `start` bytes of `bytes`, and of
  /// how many bytes they are. At most the first 64 KiB of `bytes` are looked at.
  mutating func repeats(in bytes: RawSpan, from start: Int) -> (count: Int, bytes: Int) {
    let bytes = bytes.extracting(..<min(bytes.byteCount, Int(UInt16.max)))
    guard bytes.byteCount >= 4 else { return (0, 0) }
    // What an earlier sample has left would make the answer depend on it.
    for slot in places.indices { places[slot] = 0 }
    var found = (count: 0, bytes: 0)
    var covered = start
    var value = UInt32(0)
    for offset in 0..<3 { value = value << 8 | UInt32(bytes.byte(at: offset)) }
    for place in 0..<bytes.byteCount - 3 {
      value = value << 8 | UInt32(bytes.byte(at: place + 3))
      let slot = Int((value &* 0x9E37_79B1) >> (32 - Self.slotBits))
      if place >= covered {
        let earlier = Int(places[slot]) - 1
        let length = earlier < 0 ? 0 : Self.commonLength(bytes, earlier, place)
        if length >= 4 {
          found.count += 1
          found.bytes += length
          covered = place + length
        }
      }
      // Every other place will do: a repetition of five bytes begins at one or behind it.
      if place & 1 == 0 { places[slot] = UInt16(truncatingIfNeeded: place + 1) }
    }
    return found
  }

  /// How many bytes are the same from `earlier` and from `later` on.
  private static func commonLength(_ bytes: RawSpan, _ earlier: Int, _ later: Int) -> Int {
    var length = 0
    while later + length < bytes.byteCount,
      bytes.byte(at: earlier + length) == bytes.byte(at: later + length)
    {
      length += 1
    }
    return length
  }
}
