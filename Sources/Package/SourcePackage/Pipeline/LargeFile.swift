// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import SourceTree
internal import SystemIO

/// A file of more than one block, which is cut into segments that can be made side by side.
final class LargeFile: Sendable {
  /// How its bytes are packaged: what has to be known of all of it before the first segment is made.
  enum Treatment {
    /// TEXT of a document.
    case text
    /// BASE64 of a document.
    case base64
    /// As it is, in a zip; with its CRC-32, which stands before the bytes.
    case stored(crc: UInt32)
    /// Compressed, in a zip.
    case deflated
    /// Not at all: only its digest is made.
    case digested
  }

  /// Its place in the plan.
  let index: Int
  /// Its path, relative to the project directory.
  let path: [UInt8]
  /// The open file.
  let file: OpenedFile
  /// How it is packaged.
  let treatment: Treatment

  init(_ file: consuming OpenedFile, index: Int, path: [UInt8], treatment: Treatment) {
    self.file = file
    self.index = index
    self.path = path
    self.treatment = treatment
  }

  /// Its size in bytes.
  var byteCount: Int { file.status.byteCount }

  /// How many segments it has: one a block of the digest.
  var segmentCount: Int { (byteCount + ContentDigest.blockSize - 1) / ContentDigest.blockSize }
}
