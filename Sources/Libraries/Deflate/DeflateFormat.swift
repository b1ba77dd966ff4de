// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// What is wrapped around the compressed data.
package enum DeflateFormat: Sendable, CaseIterable {
  /// RFC 1952: `gzip`, HTTP's `Content-Encoding: gzip`. The header holds no name, no date (0) and no system
  /// (255).
  case gzip
  /// RFC 1950: HTTP's `Content-Encoding: deflate`.
  case zlib
  /// RFC 1951, nothing around it: what a zip holds.
  case raw

  /// zlib's name for it: the window's bits, with the format folded in.
  var windowBits: Int32 {
    switch self {
    case .gzip: 15 + 16
    case .zlib: 15
    case .raw: -15
    }
  }
}
