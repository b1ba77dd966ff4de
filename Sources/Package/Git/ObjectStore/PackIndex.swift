// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import SystemIO

/// Where the objects of a pack lie: a pack index, version 2 (gitformat-pack(5)). It is held in memory: a
/// mapped file that is cut off ends the process.
struct PackIndex: Sendable {
  private static let namesStart = 8 + 256 * 4
  /// The checksum of the pack, and that of the index.
  private static let trailerCount = 2 * ObjectID.byteCount

  private let bytes: [UInt8]
  let count: Int
  /// How many offsets do not fit 31 bits.
  private let largeCount: Int

  var byteCount: Int { bytes.count }

  /// The index with these contents; nil where it is none, of another version, or of another hash.
  init?(_ bytes: [UInt8]) {
    // SAFETY: bytes have no padding.
    let span = unsafe bytes.span.bytes
    guard span.byteCount >= Self.namesStart + Self.trailerCount,
      UInt32(bigEndian: span, at: 0) == 0xFF74_4F63,
      UInt32(bigEndian: span, at: 4) == 2
    else { return nil }
    var last: UInt32 = 0
    for byte in 0..<256 {
      let next = UInt32(bigEndian: span, at: 8 + byte * 4)
      guard next >= last else { return nil }
      last = next
    }
    count = Int(last)
    // Each object has a name, a CRC and an offset, and all but one of them a large one at the most.
    let rest = span.byteCount - Self.namesStart - Self.trailerCount - count * (ObjectID.byteCount + 8)
    guard rest >= 0, rest % 8 == 0, rest / 8 <= max(0, count - 1) else { return nil }
    largeCount = rest / 8
    self.bytes = bytes
  }

  /// The checksum of the pack that it belongs to.
  var packChecksum: ArraySlice<UInt8> { bytes.suffix(Self.trailerCount).prefix(ObjectID.byteCount) }

  /// Where the object `id` begins in the pack; nil where the index does not say.
  func offset(of id: ObjectID) -> Int? {
    // SAFETY: bytes have no padding.
    let span = unsafe bytes.span.bytes
    let first = id.firstByte
    var low = first == 0 ? 0 : Int(UInt32(bigEndian: span, at: 8 + (first - 1) * 4))
    var high = Int(UInt32(bigEndian: span, at: 8 + first * 4))
    while low < high {
      let middle = (low + high) / 2
      let other = ObjectID(span, at: Self.namesStart + middle * ObjectID.byteCount)
      if other == id { return offset(at: middle, span) }
      if other < id { low = middle + 1 } else { high = middle }
    }
    return nil
  }

  private func offset(at position: Int, _ span: RawSpan) -> Int? {
    let offsets = Self.namesStart + count * (ObjectID.byteCount + 4)
    let offset = Int(UInt32(bigEndian: span, at: offsets + position * 4))
    guard offset & 1 << 31 != 0 else { return offset }
    let large = offset & (1 << 31 - 1)
    guard large < largeCount else { return nil }
    return Int(exactly: UInt64(bigEndian: span, at: offsets + count * 4 + large * 8))
  }
}
