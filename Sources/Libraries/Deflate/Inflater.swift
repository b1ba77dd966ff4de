// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import CZlib

/// Decodes many short streams one after the other, each straight into memory of the caller's.
package struct Inflater: ~Copyable {
  package enum Progress: Sendable {
    /// The stream has ended, and its checksum is right, if it has one.
    case ended
    /// All of the input is taken, and the stream goes on.
    case needsInput
    /// The output is full, and the stream goes on.
    case outputIsFull
    /// It is no such stream.
    case corrupt
  }

  /// How many bytes an output has best behind a stream's last byte: zlib looks after each byte of the end
  /// where there are fewer, and the end of a short stream is most of it.
  package static let slack = 258

  private var state: ZlibState

  /// A decoder of streams of `format`.
  package init(_ format: DeflateFormat) throws(DeflateError) {
    state = try unsafe ZlibState(.inflate) {
      // SAFETY: the pointer is that of a fresh, zeroed state.
      unsafe CZlib_inflateInit2($0, format.windowBits)
    }
  }

  /// Makes it ready for another stream, whatever came before.
  package mutating func reset() { state.resetInflate() }

  /// Decodes `input`, at most 1 GiB, and appends to `output`. Returns how it stands and how many bytes of the
  /// input belong to the stream.
  ///
  /// An output whose room is exactly the stream's length can end with `outputIsFull`: give it ``slack`` more.
  package mutating func decode(
    _ input: RawSpan, into output: inout OutputRawSpan
  ) -> (progress: Progress, taken: Int) {
    guard output.freeCapacity > 0 else { return (.outputIsFull, 0) }
    let (code, taken) = state.decode(input, into: &output)
    switch code {
    case Z_STREAM_END: return (.ended, taken)
    case Z_OK, Z_BUF_ERROR:
      if output.freeCapacity == 0 { return (.outputIsFull, taken) }
      return (taken == input.byteCount ? .needsInput : .corrupt, taken)
    default: return (.corrupt, taken)
    }
  }
}
