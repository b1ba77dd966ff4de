// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Crypto
internal import SystemIO

/// The digest of one file's content: the SHA-256 of each block of it, in order, so that the blocks of a large
/// file can be digested side by side.
enum ContentDigest {
  /// The size of a block: 768 KiB, whose base64 is exactly one MiB.
  static let blockSize = 3 << 18
  /// The size of a block's digest.
  static let byteCount = 32

  /// Appends the SHA-256 of `block`.
  static func append(_ block: RawSpan, to records: inout WriteBuffer) {
    var hash = SHA256()
    // SAFETY: read only, within the call.
    unsafe block.withUnsafeBytes { unsafe hash.update(bufferPointer: $0) }
    let digest = hash.finalize()
    unsafe digest.withUnsafeBytes { records.append(unsafe RawSpan(_unsafeBytes: $0)) }
  }
}
