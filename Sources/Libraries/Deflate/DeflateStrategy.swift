// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import CZlib

/// What the compressor looks for.
package enum DeflateStrategy: Sendable, CaseIterable {
  /// Text and anything else.
  case standard
  /// No search for repetitions, only short codes for frequent bytes: quick, and all there is to win with
  /// base64 text.
  case huffmanOnly

  var zlibValue: Int32 {
    switch self {
    case .standard: Z_DEFAULT_STRATEGY
    case .huffmanOnly: Z_HUFFMAN_ONLY
    }
  }
}

/// How far `DeflateStream.flush` goes.
package enum DeflateFlush: Sendable, CaseIterable {
  /// Everything written so far can be decoded from what has been emitted; ends on a byte.
  case sync
  /// Also forgets what came before: decoding can begin here.
  case full

  var zlibValue: Int32 {
    switch self {
    case .sync: Z_SYNC_FLUSH
    case .full: Z_FULL_FLUSH
    }
  }
}
