// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Git
internal import JSONText
internal import SystemIO

/// Reads files only to say how large they are, and whether they are TEXT or BASE64.
struct FormatProbe: ~Copyable {
  private var buffer = ReadBuffer(capacity: 1 << 18)

  /// Finds out the formats and sizes of a commit's files, which lie in `spool`.
  static func fill(_ plan: inout Plan, from spool: BlobSpool) throws(SourceTreeError) {
    var probe = FormatProbe()
    for index in plan.entries.indices where plan.entries[index].object >= 0 {
      guard let place = spool.place(of: plan.entries[index].object) else { continue }
      do throws(SystemError) {
        plan.entries[index].format = try probe.format(of: place, in: spool)
      } catch {
        throw SourceTreeError(.unreadable, path: plan.path(of: index), system: error)
      }
      plan.entries[index].byteCount = place.count
    }
  }

  private mutating func format(
    of place: BlobSpool.Place, in spool: BlobSpool
  ) throws(SystemError) -> Entry.Format {
    var classifier = TextClassifier()
    var offset = 0
    while offset < place.count {
      try buffer.fill(
        from: spool.file.descriptor, at: place.offset + offset,
        limit: min(buffer.capacity, place.count - offset))
      if buffer.count == 0 { throw SystemError(code: EIO) }
      if !classifier.scan(buffer.bytes) { return .base64 }
      offset += buffer.count
    }
    return classifier.finish() ? .text : .base64
  }

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
