// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// A member's own header, which must be about the same member as its entry in the directory (APPNOTE 4.3.7).
struct ZipHeader {
  private typealias Layout = ZipLayout.LocalHeader

  /// Where the contents begin.
  let contentsOffset: Int
  /// Where the contents end.
  let contentsEnd: Int

  /// Reads the header of `entry`, whose contents must lie before `limit`.
  init(of entry: ZipEntry, in source: ZipSource, before limit: Int) throws {
    let place = entry.headerOffset
    let header = try source.bytes(at: place, count: Layout.byteCount, for: entry.fullName)
    guard header.number32(at: 0) == Layout.signature else {
      throw entry.error(.headerDisagrees("where it is"), at: place)
    }
    let nameCount = Int(header.number16(at: Layout.nameCount))
    let extraCount = Int(header.number16(at: Layout.extraCount))
    contentsOffset = place + Layout.byteCount + nameCount + extraCount
    contentsEnd = contentsOffset + entry.compressedCount
    guard contentsEnd <= limit else { throw entry.error(.outside, at: place) }
    let rest = try source.bytes(
      at: place + Layout.byteCount, count: nameCount + extraCount, for: entry.fullName)
    guard rest.prefix(nameCount).elementsEqual(entry.fullName) else {
      throw entry.error(.headerDisagrees("the name"), at: place)
    }
    guard header.number16(at: Layout.method) == entry.method else {
      throw entry.error(.headerDisagrees("the method"), at: place)
    }
    let flags = header.number16(at: Layout.flags)
    guard flags & ZipLayout.Flags.encrypted == 0 else { throw entry.error(.encrypted, at: place) }
    guard
      let sizes = ZipSizes(
        size: header.number32(at: Layout.size), compressed: header.number32(at: Layout.compressed),
        extra: Array(rest.dropFirst(nameCount)))
    else { throw entry.error(.brokenExtraField, at: place) }
    // Written before the contents were known, it may leave these to a descriptor behind them.
    let isLater = flags & ZipLayout.Flags.descriptor != 0
    func agrees(_ value: Int, _ expected: Int) -> Bool { value == expected || (isLater && value == 0) }
    guard agrees(sizes.size, entry.byteCount), agrees(sizes.compressed, entry.compressedCount) else {
      throw entry.error(.headerDisagrees("the size"), at: place)
    }
    guard agrees(Int(header.number32(at: Layout.crc)), Int(entry.crc)) else {
      throw entry.error(.headerDisagrees("the checksum"), at: place)
    }
    if isLater { try Self.checkDescriptor(of: entry, at: contentsEnd, before: limit, in: source) }
  }

  /// The descriptor behind the contents has the checksum and the sizes in 4 or in 8 bytes, with a mark before
  /// them or without.
  private static func checkDescriptor(
    of entry: ZipEntry, at place: Int, before limit: Int, in source: ZipSource
  ) throws {
    let bytes = try source.bytes(
      at: place, count: Swift.min(ZipLayout.Descriptor.byteCount64, limit - place), for: entry.fullName)
    let isThere = [0, 4].contains { start in
      guard bytes.count >= start + 12, start == 0 || bytes.number32(at: 0) == ZipLayout.Descriptor.signature,
        bytes.number32(at: start) == entry.crc
      else { return false }
      let (compressed, size) = (UInt64(entry.compressedCount), UInt64(entry.byteCount))
      let isShort =
        UInt64(bytes.number32(at: start + 4)) == compressed & 0xFFFF_FFFF
        && UInt64(bytes.number32(at: start + 8)) == size & 0xFFFF_FFFF
      let isLong =
        bytes.count >= start + 20 && bytes.number64(at: start + 4) == compressed
        && bytes.number64(at: start + 12) == size
      return isShort || isLong
    }
    guard isThere else { throw entry.error(.headerDisagrees("the descriptor"), at: place) }
  }
}
