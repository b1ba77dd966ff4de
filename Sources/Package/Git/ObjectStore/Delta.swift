// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import SystemIO

/// An object as the difference from another one (gitformat-pack(5), "Deltified representation").
enum Delta {
  /// Replaces the contents of `output` by what `delta` makes of `base`; false where it is no delta of it.
  static func apply(
    _ delta: borrowing WriteBuffer, to base: borrowing WriteBuffer, _ output: inout WriteBuffer
  ) -> Bool {
    apply(delta, to: base.bytes, &output)
  }

  /// Replaces the contents of `output` by what `delta` makes of `base`; false where it is no delta of it.
  static func apply(
    _ delta: borrowing WriteBuffer, to base: RawSpan, _ output: inout WriteBuffer
  ) -> Bool {
    output.truncate(to: 0)
    let bytes = delta.bytes
    var offset = 0
    // git takes no delta for one that is shorter.
    guard bytes.byteCount >= 4, let baseCount = size(bytes, &offset), baseCount == base.byteCount,
      let count = size(bytes, &offset)
    else { return false }
    output.append(capacity: count) { _ in }
    while offset < bytes.byteCount {
      let command = bytes.byte(at: offset)
      offset += 1
      if command & 0x80 != 0 {
        // A byte for each bit of the command: four of the offset, three of the length.
        var (start, length) = (0, 0)
        var bit = 0
        while bit < 7 {
          if command & (1 << UInt8(bit)) != 0 {
            guard offset < bytes.byteCount else { return false }
            let value = Int(bytes.byte(at: offset))
            offset += 1
            if bit < 4 { start |= value << (8 * bit) } else { length |= value << (8 * (bit - 4)) }
          }
          bit += 1
        }
        if length == 0 { length = 0x10000 }
        guard length <= base.byteCount - start, length <= count - output.count else { return false }
        output.append(base.extracting(start..<(start + length)))
      } else {
        let length = Int(command)
        guard length > 0, length <= bytes.byteCount - offset, length <= count - output.count else {
          return false
        }
        output.append(bytes.extracting(offset..<(offset + length)))
        offset += length
      }
    }
    return output.count == count
  }

  /// A size, seven bits a byte, the lowest first; nil where it ends too early or is more than is read.
  private static func size(_ bytes: RawSpan, _ offset: inout Int) -> Int? {
    var (value, shift) = (0, 0)
    while offset < bytes.byteCount, shift < 35 {
      let byte = bytes.byte(at: offset)
      offset += 1
      value |= Int(byte & 0x7F) << shift
      if byte & 0x80 == 0 { return value <= ObjectStore.objectLimit ? value : nil }
      shift += 7
    }
    return nil
  }
}
