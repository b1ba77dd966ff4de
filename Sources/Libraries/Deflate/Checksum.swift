// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import CZlib

/// The CRC-32 of gzip and zip over `bytes`, continuing one that was computed over what comes before them.
package func crc32(_ bytes: RawSpan, continuing previous: UInt32 = 0) -> UInt32 {
  guard bytes.byteCount > 0 else { return previous }
  // SAFETY: zlib reads `count` bytes at an address that is valid for the closure's length.
  return unsafe bytes.withUnsafeBytes { buffer in
    unsafe UInt32(truncatingIfNeeded: crc32_z(UInt(previous), buffer.baseAddress, buffer.count))
  }
}

/// The CRC-32 of two runs of bytes, one after the other, from those of each and the second's length.
package func crc32Combine(_ first: UInt32, _ second: UInt32, secondLength: Int) -> UInt32 {
  UInt32(truncatingIfNeeded: crc32_combine(UInt(first), UInt(second), secondLength))
}
