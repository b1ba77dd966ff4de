// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// The digest of one file's content: the SHA-256 of each block of it, in order, so that the blocks of a large
/// file can be digested side by side.
enum ContentDigest {
  /// The size of a block: 768 KiB, whose base64 is exactly one MiB.
  static let blockSize = 3 << 18
  /// The size of a block's digest.
  static let byteCount = 32
}
