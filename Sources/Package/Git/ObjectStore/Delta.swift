// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import CByteKernels
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
    let commands = bytes.extracting(offset...)
    return output.append(capacity: count + Int(CDELTA_SLACK)) { output in
      unsafe output.withUnsafeMutableBytes { memory, filled in
        // SAFETY: the kernel reads what the spans have, and writes `count` bytes and the slack behind them,
        // which the output has; the spans live as long as the call.
        let isWhole = unsafe commands.withUnsafeBytes { commands in
          unsafe base.withUnsafeBytes { base in
            unsafe cdelta_apply(
              commands.baseAddress, commands.count, base.baseAddress, base.count, memory.baseAddress, count)
          }
        }
        if isWhole { filled = count }
        return isWhole
      }
    }
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
