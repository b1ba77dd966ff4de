// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Deflate
internal import SystemIO

extension DeflateEncoder {
  /// Appends the stream of what lies behind the first `history` of `bytes`.
  mutating func encode(
    _ bytes: RawSpan, behind history: Int = 0, isLast: Bool = true, into output: inout WriteBuffer
  ) {
    output.append(capacity: Self.capacity(for: bytes.byteCount - history)) { output in
      encode(bytes, behind: history, isLast: isLast, into: &output)
    }
  }

  /// Appends `bytes` as they are, as a stream.
  static func store(_ bytes: RawSpan, isLast: Bool, into output: inout WriteBuffer) {
    output.append(capacity: capacity(for: bytes.byteCount)) { store(bytes, isLast: isLast, into: &$0) }
  }
}
