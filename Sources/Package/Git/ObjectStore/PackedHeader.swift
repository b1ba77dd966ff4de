// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import SystemIO

/// What stands before the compressed bytes of an object in a pack.
struct PackedHeader {
  enum Content {
    case object(ObjectKind)
    /// A delta of the object that begins at this offset of the pack.
    case delta(base: Int)
    case deltaOf(ObjectID)
  }

  let content: Content
  /// How many bytes are compressed: those of the object, or of the delta.
  let byteCount: Int
  /// Where the compressed bytes begin.
  let end: Int

  /// The header that `bytes` begin with, which stand at `offset` of the pack; nil where it is none, or what
  /// it announces is not read.
  init?(_ bytes: RawSpan, at offset: Int) {
    var index = 0
    func next() -> UInt8? {
      guard index < bytes.byteCount else { return nil }
      defer { index += 1 }
      return bytes.byte(at: index)
    }
    guard let first = next() else { return nil }
    var (size, shift, byte) = (Int(first & 15), 4, first)
    while byte & 0x80 != 0 {
      guard shift < 32, let more = next() else { return nil }
      size |= Int(more & 0x7F) << shift
      (shift, byte) = (shift + 7, more)
    }
    guard size <= ObjectStore.objectLimit else { return nil }
    byteCount = size
    let number = first >> 4 & 7
    if let kind = ObjectKind(rawValue: number) {
      content = .object(kind)
    } else if number == 6 {
      guard var byte = next() else { return nil }
      var distance = Int(byte & 0x7F)
      while byte & 0x80 != 0 {
        guard distance < 1 << 48, let more = next() else { return nil }
        distance = (distance + 1) << 7 | Int(more & 0x7F)
        byte = more
      }
      guard distance > 0, distance <= offset - Pack.headerCount else { return nil }
      content = .delta(base: offset - distance)
    } else if number == 7 {
      guard bytes.byteCount - index >= ObjectID.byteCount else { return nil }
      content = .deltaOf(ObjectID(bytes, at: index))
      index += ObjectID.byteCount
    } else {
      return nil
    }
    end = offset + index
  }
}
