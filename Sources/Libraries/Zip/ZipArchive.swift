// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// A zip to be read from anything that gives bytes by their place. What it claims about itself is believed only as far as it has
/// been checked; memory is needed for the list of its members and for one part of the contents, whatever their size.
///
/// ```swift
/// let file = try SharedFile.reading(path)
/// let archive = try ZipArchive(byteCount: try file.byteCount()) { try file.descriptor.bytes(at: $0, count: $1) }
/// try archive.validate()
/// for entry in archive.entries { try archive.contents(of: entry) { part in … } }
/// ```
package struct ZipArchive: Sendable {
  /// The members, in the order of the directory.
  package let entries: [ZipEntry]

  /// The size of the whole zip, in bytes.
  package var byteCount: Int { source.byteCount }

  let source: ZipSource
  /// Where the directory begins, and members must have ended.
  let directoryOffset: Int

  /// Opens a zip of `byteCount` bytes: reads its directory, and of its members nothing yet.
  ///
  /// - Parameter read: gives up to `count` bytes from an offset on; fewer only at the end.
  /// - Throws: ``ZipReaderError``, or what `read` throws.
  package init(byteCount: Int, read: @escaping @Sendable (_ offset: Int, _ count: Int) throws -> [UInt8])
    throws
  {
    source = ZipSource(byteCount: byteCount, read: read)
    let end = try ZipEnd(of: source)
    directoryOffset = end.offset
    var directory = ZipDirectory(end, of: source)
    entries = try directory.entries()
  }
}
