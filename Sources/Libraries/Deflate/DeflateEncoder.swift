// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import CByteKernels

/// Compresses what is in memory as raw deflate, one input after the other, in constant
/// memory (about 420 KiB).
///
/// It takes about half of the time of zlib's level 6, and makes about as few bytes. The same bytes give the
/// same stream on every machine, whatever has been encoded before.
@safe
package struct DeflateEncoder: ~Copyable {
  /// How far back a stream refers: more history than that is of no use.
  package static let window = Int(CDEFLATE_WINDOW)

  /// How many bytes an input and its history may have.
  package static let limit = Int(CDEFLATE_MAXIMUM)

  private let encoder: OpaquePointer

  /// - Throws: `outOfMemory`.
  package init() throws(DeflateError) {
    guard let encoder = unsafe cdeflate_create() else { throw .outOfMemory }
    unsafe self.encoder = unsafe encoder
  }

  deinit {
    // SAFETY: `init` has made it; after this nothing can reach it.
    unsafe cdeflate_destroy(encoder)
  }

  /// The room that an output must have for the stream of `count` bytes.
  package static func capacity(for count: Int) -> Int { cdeflate_bound(count) }

  /// Compresses what lies behind the first `history` of `bytes`, which it may refer back to: the decoder must
  /// have them, too. Where `isLast`, the stream ends; else it ends on a byte, and another call can go on.
  ///
  /// - Precondition: there is room for it (``capacity(for:)``), and `bytes` are no more than ``limit``.
  package mutating func encode(
    _ bytes: RawSpan, behind history: Int = 0, isLast: Bool = true, into output: inout OutputRawSpan
  ) {
    let count = bytes.byteCount - history
    precondition(history >= 0 && count >= 0 && bytes.byteCount <= Self.limit)
    unsafe bytes.withUnsafeBytes { bytes in
      unsafe output.withUnsafeMutableBytes { memory, filled in
        // SAFETY: it reads what the span has, and writes no more than the room that is left. Both live as
        // long as the call, and the span can't show what is being written.
        let rest = unsafe UnsafeMutableRawBufferPointer(rebasing: memory[filled...])
        let written = unsafe cdeflate_encode(
          encoder, bytes.baseAddress, history, count, isLast, rest.baseAddress, rest.count)
        precondition(written > 0, "too little room for \(count) bytes of deflate")
        filled += written
      }
    }
  }

  /// Wraps `bytes` as they are; else as ``encode(_:behind:isLast:into:)``.
  package static func store(_ bytes: RawSpan, isLast: Bool = true, into output: inout OutputRawSpan) {
    unsafe bytes.withUnsafeBytes { bytes in
      unsafe output.withUnsafeMutableBytes { memory, filled in
        // SAFETY: as for `encode`.
        let rest = unsafe UnsafeMutableRawBufferPointer(rebasing: memory[filled...])
        let written = unsafe cdeflate_store(
          bytes.baseAddress, bytes.count, isLast, rest.baseAddress, rest.count)
        precondition(written > 0, "too little room for \(bytes.count) bytes of deflate")
        filled += written
      }
    }
  }
}
