// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

// Zip reads archives and has the records to write them; both sides take the layout from `ZipLayout`.
//
// Reading is `ZipArchive`: `ZipEnd` finds the directory from the end of the file, `ZipDirectoryReader` makes
// a `ZipEntry` of each of its entries, `ZipHeader` compares a member's own header with it before its contents
// are read.
//
// Writing is left to a program with a pipeline of its own. For each `ZipMember` it has `ZipRecords` append a
// header, appends the contents and, where sizes were not known before them, a descriptor.
// `ZipDirectoryWriter` keeps the members and gives the directory at the end. Nothing that has been written is
// touched again, so the output need not seek.

/// A zip to be read from anything that gives bytes by their place. What it claims about itself is believed
/// only as far as it has been checked; memory is needed for the list of its members and for one part of the
/// contents, whatever their size.
///
/// ```swift
/// let file = try SharedFile.reading(path)
/// let byteCount = try file.byteCount()
/// let archive = try ZipArchive(byteCount: byteCount) { try file.descriptor.bytes(at: $0, count: $1) }
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
  package let directoryOffset: Int

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
    var directory = ZipDirectoryReader(end, of: source)
    entries = try directory.entries()
  }
}
