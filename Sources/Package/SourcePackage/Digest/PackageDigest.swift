// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Crypto
internal import SystemIO

/// The digest of a whole package: SHA-256 over one record an entry, in the byte order of names. A record is
///
/// - the kind, one byte: `d` for a folder, `f` for a file, and in a zip, which keeps modes, `x` for a file
///   that is executable;
/// - the length of the name, 8 bytes, the highest first, and the name in UTF-8;
/// - for a file, the length of its content, 8 bytes, the highest first, and the SHA-256 of each 786,432-byte
///   block of the content.
///
/// It depends on names and contents alone, not on how they are sent, so it can be computed from a
/// checkout or from the `sourceFiles` that the platform returns.
struct PackageDigest {
  private var hash = SHA256()

  /// Takes in `records`.
  mutating func update(_ records: RawSpan) {
    // SAFETY: read only, within the call.
    unsafe records.withUnsafeBytes { unsafe hash.update(bufferPointer: $0) }
  }

  /// The digest in lower-case hexadecimal digits.
  func finalize() -> String { Hex.lowercase(hash.finalize()) }
}
