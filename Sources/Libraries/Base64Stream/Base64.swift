// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

// Public, so that small inputs are encoded without a call that only calls: at 1 KiB that is a quarter of the
// time.
public import CByteKernels

/// Base64 (RFC 4648 §4, padded) of bytes that are all in memory. For a stream see ``Base64Encoder``.
public enum Base64 {
  /// The characters of `input`, as bytes.
  public static func encode(_ input: RawSpan) -> [UInt8] {
    let count = Base64Encoder.encodedCount(input.byteCount)
    // SAFETY: the buffer has at least `count` bytes, and exactly the ones that are reported get initialized.
    return unsafe Array(unsafeUninitializedCapacity: count) { buffer, initializedCount in
      unsafe initializedCount = fill(UnsafeMutableRawBufferPointer(buffer), with: input)
    }
  }

  /// The characters of `input`, as a string.
  public static func encodeToString(_ input: RawSpan) -> String {
    let count = Base64Encoder.encodedCount(input.byteCount)
    // SAFETY: as in `encode(_:)`; the characters are ASCII, so nothing is repaired.
    return unsafe String(unsafeUninitializedCapacity: count) { buffer in
      unsafe fill(UnsafeMutableRawBufferPointer(buffer), with: input)
    }
  }

  /// Appends the characters of `input`, padding included.
  ///
  /// - Precondition: `output.freeCapacity >= Base64Encoder.encodedCount(input.byteCount)`.
  @inlinable
  public static func encode(_ input: RawSpan, into output: inout OutputRawSpan) {
    let count = input.byteCount
    let needed = Base64Encoder.encodedCount(count)
    precondition(output.freeCapacity >= needed, "the output is too small")
    unsafe input.withUnsafeBytes { input in
      unsafe output.withUnsafeMutableBytes { buffer, used in
        guard let bytes = input.baseAddress, let start = buffer.baseAddress else { return }
        // SAFETY: `count` bytes can be read, and the `needed` bytes that are written are free behind `used`:
        // checked above.
        used += unsafe cb64_encode_all(
          bytes.assumingMemoryBound(to: UInt8.self), count, (start + used).assumingMemoryBound(to: UInt8.self)
        )
      }
    }
  }

  private static func fill(_ buffer: UnsafeMutableRawBufferPointer, with input: RawSpan) -> Int {
    var output = unsafe OutputRawSpan(buffer: buffer, initializedCount: 0)
    encode(input, into: &output)
    // SAFETY: `output` was made of this buffer.
    return unsafe output.finalize(for: buffer)
  }
}
