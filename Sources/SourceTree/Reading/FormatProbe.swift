// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import JSONText
internal import POSIX

/// Reads files only to say how large they are, and whether they are TEXT or BASE64.
struct FormatProbe: ~Copyable {
  private var buffer = ReadBuffer(capacity: 1 << 18)

  /// The format and size of the file `name` in `folder`.
  mutating func format(
    of name: borrowing CString, in folder: Int32, isLink: Bool
  ) throws(SystemError) -> (format: Entry.Format, byteCount: Int) {
    let file = try Descriptor.open(name, in: folder, as: isLink ? .fileThroughLinks : .file)
    var classifier = TextClassifier()
    var total = 0
    while true {
      buffer.clear()
      let count = try buffer.read(from: file)
      total += count
      if !classifier.scan(buffer.bytes) { return (.base64, try file.status().byteCount) }
      // A regular file gives less than was asked for only at its end.
      if !buffer.isFull { return (classifier.finish() ? .text : .base64, total) }
    }
  }
}
