// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import JSONText
internal import POSIX
internal import SourceTree

/// A file of more than one block, which is cut into segments that can be made side by side.
final class LargeFile: Sendable {
  /// Its place in the plan.
  let index: Int
  /// Its path, relative to the pushed folder.
  let path: [UInt8]
  /// The open file.
  let file: OpenedFile
  /// How it is sent.
  let format: Entry.Format

  /// Reads as much of `file` as it takes to know the format: binary content mostly shows in the first block;
  /// a text is read to its end here, and once more to be sent. So a file of any size costs one buffer.
  init(_ file: consuming OpenedFile, index: Int, path: [UInt8], buffer: inout ReadBuffer)
    throws(SourceTreeError)
  {
    var classifier = TextClassifier()
    var isText = true
    var offset = 0
    do throws(SystemError) {
      while isText, offset < file.status.byteCount {
        try buffer.fill(from: file.descriptor, at: offset, limit: ContentDigest.blockSize)
        if buffer.count == 0 { break }
        isText = classifier.scan(buffer.bytes)
        offset += buffer.count
      }
    } catch {
      throw file.failure(error)
    }
    format = isText && classifier.finish() ? .text : .base64
    self.file = file
    self.index = index
    self.path = path
  }

  /// Its size in bytes.
  var byteCount: Int { file.status.byteCount }

  /// How many segments it has: one a block of the digest.
  var segmentCount: Int { (byteCount + ContentDigest.blockSize - 1) / ContentDigest.blockSize }
}
