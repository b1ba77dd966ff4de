// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// Reads the directory of a zip, a part at a time (APPNOTE 4.3.12).
struct ZipDirectoryReader {
  private typealias Layout = ZipLayout.DirectoryEntry

  private let end: ZipEnd
  private let source: ZipSource
  /// A part of the directory, how much of it is done, and where the part ends in the zip.
  private var part: [UInt8] = []
  private var done = 0
  private var partEnd: Int

  init(_ end: ZipEnd, of source: ZipSource) {
    self.end = end
    self.source = source
    partEnd = end.offset
  }

  /// The members, in the directory's order.
  mutating func entries() throws -> [ZipEntry] {
    var entries: [ZipEntry] = []
    // Nothing is reserved by the number that the end claims.
    while unread > 0 {
      guard entries.count < end.count else { break }
      entries.append(try next())
    }
    guard entries.count == end.count, unread == 0 else {
      throw ZipReaderError(
        .brokenDirectory("it does not have the \(end.count) members that the end says"), at: place)
    }
    return entries
  }

  private var place: Int { partEnd - (part.count - done) }
  private var unread: Int { end.offset + end.size - place }

  /// Makes sure that the next `count` bytes of the directory are in the part.
  private mutating func require(_ count: Int) throws {
    guard part.count - done < count else { return }
    guard count <= unread else {
      throw ZipReaderError(.brokenDirectory("a member's entry is cut off"), at: place)
    }
    let more = Swift.min(
      Swift.max(count - (part.count - done), ZipSource.step), end.offset + end.size - partEnd)
    part = part[done...] + (try source.bytes(at: partEnd, count: more))
    done = 0
    partEnd += more
  }

  private mutating func next() throws -> ZipEntry {
    try require(Layout.byteCount)
    guard part.number32(at: done) == Layout.signature else {
      throw ZipReaderError(.brokenDirectory("there is no member's entry"), at: place)
    }
    let nameCount = Int(part.number16(at: done + Layout.nameCount))
    let extraCount = Int(part.number16(at: done + Layout.extraCount))
    let count = Layout.byteCount + nameCount + extraCount + Int(part.number16(at: done + Layout.commentCount))
    try require(count)
    let nameStart = done + Layout.byteCount
    let fullName = Array(part[nameStart..<(nameStart + nameCount)])
    let extra = Array(part[(nameStart + nameCount)..<(nameStart + nameCount + extraCount)])
    func fail(_ cause: ZipReaderError.Cause) -> ZipReaderError {
      ZipReaderError(cause, member: fullName, at: place)
    }

    guard part.number16(at: done + Layout.flags) & ZipLayout.Flags.encrypted == 0 else {
      throw fail(.encrypted)
    }
    guard [0, ZipLayout.in64BitsCount].contains(part.number16(at: done + Layout.disk)) else {
      throw fail(.severalParts)
    }
    guard
      let sizes = ZipSizes(
        size: part.number32(at: done + Layout.size), compressed: part.number32(at: done + Layout.compressed),
        offset: part.number32(at: done + Layout.headerOffset), extra: extra)
    else { throw fail(.brokenExtraField) }
    let headerEnd = sizes.offset + ZipLayout.LocalHeader.byteCount + nameCount
    guard headerEnd <= end.offset, sizes.compressed <= end.offset - headerEnd else { throw fail(.outside) }

    let isFolder = fullName.last == UInt8(ascii: "/")
    let isUnix = [ZipLayout.System.unix, ZipLayout.System.darwin].contains(part[done + Layout.system])
    let entry = ZipEntry(
      name: isFolder ? Array(fullName.dropLast()) : fullName, isFolder: isFolder,
      mode: isUnix ? part.number16(at: done + Layout.mode) : 0, byteCount: sizes.size,
      compressedCount: sizes.compressed, method: part.number16(at: done + Layout.method),
      crc: part.number32(at: done + Layout.crc), headerOffset: sizes.offset)
    done += count
    return entry
  }
}
