// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

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
  public static func encode(_ input: RawSpan, into output: inout OutputRawSpan) {
    var encoder = Base64Encoder()
    encoder.encode(input, into: &output)
    encoder.finish(into: &output)
  }

  private static func fill(_ buffer: UnsafeMutableRawBufferPointer, with input: RawSpan) -> Int {
    var output = unsafe OutputRawSpan(buffer: buffer, initializedCount: 0)
    encode(input, into: &output)
    // SAFETY: `output` was made of this buffer.
    return unsafe output.finalize(for: buffer)
  }
}
