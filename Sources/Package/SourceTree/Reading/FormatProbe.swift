// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import JSONText
internal import SystemIO

/// Reads files only to say how large they are, and whether they are TEXT or BASE64.
struct FormatProbe: ~Copyable {
  private var buffer = ReadBuffer(capacity: 1 << 18)

  /// The format and size of `file`.
  mutating func format(
    of file: borrowing OpenedFile
  ) throws(SourceTreeError) -> (format: Entry.Format, byteCount: Int) {
    var classifier = TextClassifier()
    var total = 0
    while true {
      try file.read(into: &buffer, at: total, limit: buffer.capacity)
      total += buffer.count
      if !classifier.scan(buffer.bytes) { return (.base64, file.status.byteCount) }
      if !buffer.isFull { break }
    }
    try file.checkUnchanged(afterReading: total)
    return (classifier.isText ? .text : .base64, total)
  }

  /// The format and size of the file `name` in `directory`.
  mutating func format(
    of name: borrowing CString, in directory: Int32, isLink: Bool
  ) throws(SystemError) -> (format: Entry.Format, byteCount: Int) {
    let file = try Descriptor.open(name, in: directory, as: isLink ? .fileThroughLinks : .file)
    var classifier = TextClassifier()
    var total = 0
    while true {
      buffer.clear()
      let count = try buffer.read(from: file)
      total += count
      if !classifier.scan(buffer.bytes) { return (.base64, try file.status().byteCount) }
      // A regular file gives less than was asked for only at its end.
      if !buffer.isFull { return (classifier.isText ? .text : .base64, total) }
    }
  }
}

extension Plan {
  /// The format and size of the file at `index`, which alone is read.
  package func format(of index: Int) throws(SourceTreeError) -> (format: Entry.Format, byteCount: Int) {
    var reader = try PlanReader(self)
    var probe = FormatProbe()
    return try probe.format(of: reader.open(index))
  }

  /// Finds out the format and size of every file.
  mutating func findFormats() throws(SourceTreeError) {
    let formats = try allFormats()
    for index in entries.indices {
      guard let found = formats[index] else { continue }
      (entries[index].format, entries[index].byteCount) = found
    }
  }

  private func allFormats() throws(SourceTreeError) -> [(format: Entry.Format, byteCount: Int)?] {
    var reader = try PlanReader(self)
    var probe = FormatProbe()
    var formats: [(format: Entry.Format, byteCount: Int)?] = []
    for index in entries.indices {
      formats.append(entries[index].isDirectory ? nil : try probe.format(of: reader.open(index)))
    }
    return formats
  }
}
