// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

public import CByteKernels

/// Encodes a stream of bytes that arrives in pieces of any size (RFC 4648 §4, padded).
///
/// Between two calls it carries 0 to 2 bytes, the ones that don't fill a group of 3 yet. It allocates
/// nothing, and writes exactly ``outputCount(adding:)`` bytes behind what the output already holds. Where one
/// large output takes the whole stream, ``Base64/encodeStream(into:kernel:_:)`` is faster.
///
/// ```swift
/// var encoder = Base64Encoder()
/// for chunk in chunks {
///   encoder.encode(chunk.bytes, into: &output)
/// }
/// encoder.finish(into: &output)
/// ```
public struct Base64Encoder: Sendable {
  @usableFromInline var stream: cb64_stream

  /// An encoder at the start of a stream. Tests and measurements name a kernel.
  ///
  /// - Precondition: `kernel.isAvailable`.
  public init(kernel: Base64Kernel = .best) {
    precondition(kernel.isAvailable, "this machine cannot run the kernel")
    stream = cb64_stream(kernel: kernel.code, carried: 0, bytes: (0, 0))
  }

  /// Exactly what ``encode(_:into:)`` writes for `count` more bytes; nothing else does this arithmetic.
  ///
  /// Traps where the result is larger than `Int.max`, and for a negative count.
  @inlinable public func outputCount(adding count: Int) -> Int {
    // Not (carried + count) / 3 * 4: the sum could overflow where the result does not.
    let count = UInt(count)
    return Int((count / 3 + (count % 3 + UInt(stream.carried)) / 3) * 4)
  }

  /// What ``finish(into:)`` writes: 4 where bytes are carried, else 0.
  @inlinable public var finishCount: Int { stream.carried == 0 ? 0 : 4 }

  /// Encodes all whole groups of the stream so far, and carries the rest.
  ///
  /// - Precondition: `output.freeCapacity >= outputCount(adding: input.byteCount)`.
  @inlinable public mutating func encode(_ input: RawSpan, into output: inout OutputRawSpan) {
    let count = input.byteCount
    let needed = outputCount(adding: count)
    precondition(output.freeCapacity >= needed, "the output is too small")
    unsafe input.withUnsafeBytes { input in
      unsafe output.withUnsafeMutableBytes { buffer, used in
        guard let bytes = input.baseAddress else { return }
        let end = unsafe buffer.baseAddress.map { start in
          unsafe (start + used).assumingMemoryBound(to: UInt8.self)
        }
        // SAFETY: `count` bytes can be read, and the `needed` bytes that are written are free behind `used`:
        // checked above. Only where nothing is needed can the output have no address.
        let written = unsafe cb64_stream_encode(
          &stream, bytes.assumingMemoryBound(to: UInt8.self), count, end)
        precondition(written == needed)
        used += written
      }
    }
  }

  /// Writes the last group with its padding, if bytes are carried, and is ready for a new stream.
  ///
  /// - Precondition: `output.freeCapacity >= finishCount`.
  @inlinable public mutating func finish(into output: inout OutputRawSpan) {
    if stream.carried == 0 { return }
    precondition(output.freeCapacity >= finishCount, "the output is too small")
    unsafe output.withUnsafeMutableBytes { buffer, used in
      guard let start = buffer.baseAddress else { return }
      // SAFETY: what `finishCount` says is free behind `used`: checked above.
      used += Int(unsafe cb64_stream_finish(&stream, (start + used).assumingMemoryBound(to: UInt8.self)))
    }
  }

  /// How many characters `count` bytes make, padding included.
  ///
  /// Traps where that is larger than `Int.max` (from 6,917,529,027,641,081,854 bytes on), and for a negative
  /// count.
  @inlinable public static func encodedCount(_ count: Int) -> Int {
    Int((UInt(count) + 2) / 3 * 4)
  }
}
