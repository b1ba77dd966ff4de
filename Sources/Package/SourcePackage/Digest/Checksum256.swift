// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Base64Stream
internal import Crypto

/// The SHA-256 of bytes in memory.
package enum Checksum256 {
  /// Returns the SHA-256 of `bytes` in base64, as a page's policy names what it runs.
  package static func base64(of bytes: [UInt8]) -> String {
    var hash = SHA256()
    // SAFETY: read only, within the call.
    unsafe bytes.withUnsafeBytes { unsafe hash.update(bufferPointer: $0) }
    let digest = Array(hash.finalize())
    // SAFETY: bytes have no padding; the array lives as long as the call.
    return Base64.encodeToString(unsafe digest.span.bytes)
  }
}
