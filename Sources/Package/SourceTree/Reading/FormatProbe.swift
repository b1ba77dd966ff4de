// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import JSONText
internal import SystemIO

/// Reads files only to say how large they are, whether they are TEXT or BASE64, and what the screen says.
struct FormatProbe: ~Copyable {
  /// What is found out about a file.
  struct Finding {
    var format: Entry.Format
    var byteCount: Int
    /// Whether the screen asks for a closer look.
    var isFlagged: Bool
  }

  private let screen: ContentScreen?
  private var buffer = ReadBuffer(capacity: 1 << 18)

  init(screen: ContentScreen? = nil) { self.screen = screen }

  /// What is found out about `file`.
  mutating func look(at file: borrowing OpenedFile) throws(SourceTreeError) -> Finding {
    var classifier = TextClassifier()
    var total = 0
    var isFlagged = false
    while true {
      try file.read(into: &buffer, at: total, limit: buffer.capacity)
      if total == 0 { isFlagged = flags() }
      total += buffer.count
      if !classifier.scan(buffer.bytes) {
        return Finding(format: .base64, byteCount: file.status.byteCount, isFlagged: isFlagged)
      }
      if !buffer.isFull { break }
    }
    try file.checkUnchanged(afterReading: total)
    return Finding(format: classifier.isText ? .text : .base64, byteCount: total, isFlagged: isFlagged)
  }

  /// What is found out about the file `name` in `directory`.
  mutating func look(
    at name: borrowing CString, in directory: Int32, isLink: Bool
  ) throws(SystemError) -> Finding {
    let file = try Descriptor.open(name, in: directory, as: isLink ? .fileThroughLinks : .file)
    var classifier = TextClassifier()
    var total = 0
    var isFlagged = false
    while true {
      buffer.clear()
      let count = try buffer.read(from: file)
      if total == 0 { isFlagged = flags() }
      total += count
      if !classifier.scan(buffer.bytes) {
        return Finding(format: .base64, byteCount: try file.status().byteCount, isFlagged: isFlagged)
      }
      // A regular file gives less than was asked for only at its end.
      if !buffer.isFull {
        return Finding(format: classifier.isText ? .text : .base64, byteCount: total, isFlagged: isFlagged)
      }
    }
  }

  /// What the screen says of the first buffer: of what may go on behind it, that it has to be looked at.
  private func flags() -> Bool { screen.map { buffer.isFull || $0(buffer.bytes) } ?? false }
}

extension Plan {
  /// The format and size of the file at `index`, which alone is read.
  package func format(of index: Int) throws(SourceTreeError) -> (format: Entry.Format, byteCount: Int) {
    var reader = try PlanReader(self)
    var probe = FormatProbe()
    let found = try probe.look(at: reader.open(index))
    return (found.format, found.byteCount)
  }

  /// Finds out the format and size of every file, and what `screen` says of it.
  mutating func findFormats(screen: ContentScreen?) throws(SourceTreeError) {
    let findings = try findings(screen: screen)
    for index in entries.indices {
      guard let found = findings[index] else { continue }
      entries[index].format = found.format
      entries[index].byteCount = found.byteCount
      entries[index].isFlagged = found.isFlagged
    }
  }

  private func findings(screen: ContentScreen?) throws(SourceTreeError) -> [FormatProbe.Finding?] {
    var reader = try PlanReader(self)
    var probe = FormatProbe(screen: screen)
    var findings: [FormatProbe.Finding?] = []
    for index in entries.indices {
      findings.append(entries[index].isDirectory ? nil : try probe.look(at: reader.open(index)))
    }
    return findings
  }
}
