// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// Reads the directory at the end of a zip (APPNOTE 4.3.12 to 4.3.16).
struct ZipDirectoryReader {
  /// No directory that anybody writes for an Actor is larger.
  private static let limit = 256 << 20

  let byteCount: Int
  let read: (_ offset: Int, _ count: Int) throws -> [UInt8]

  /// The members, in the directory's order.
  func entries() throws -> [ZipEntry] {
    let end = try findEnd()
    guard end.size <= Self.limit else { throw ZipError("its directory is too large") }
    guard end.size <= end.place, end.offset == end.place - end.size else {
      throw ZipError("its directory is not where its end says")
    }
    let bytes = try read(end.offset, end.size)
    guard bytes.count == end.size else { throw ZipError("it is cut off") }
    var entries: [ZipEntry] = []
    // Not by the count, which need not be true: an entry has 46 bytes or more.
    entries.reserveCapacity(Swift.min(end.count, end.size / 46))
    var offset = 0
    while offset < bytes.count { entries.append(try entry(bytes, &offset, limit: end.offset)) }
    guard entries.count == end.count else {
      throw ZipError("its directory has another number of members than it says")
    }
    return entries
  }

  private struct End {
    let count: Int
    let size: Int
    let offset: Int
    /// Where the directory must end.
    let place: Int
  }

  private func findEnd() throws -> End {
    let tailCount = Swift.min(byteCount, 22 + 0xFFFF)
    let tail = try read(byteCount - tailCount, tailCount)
    guard tail.count == tailCount, tailCount >= 22 else { throw ZipError("it is no zip: it is too short") }
    var at = tailCount - 22
    while true {
      if tail.number32(at: at) == 0x0605_4B50, Int(tail.number16(at: at + 20)) == tailCount - at - 22 {
        break
      }
      if at == 0 { throw ZipError("it is no zip, or it is cut off: its directory is missing") }
      at -= 1
    }
    let place = byteCount - tailCount + at
    let end = End(
      count: Int(tail.number16(at: at + 10)), size: Int(tail.number32(at: at + 12)),
      offset: Int(tail.number32(at: at + 16)), place: place)
    guard end.count == 0xFFFF || end.size == 0xFFFF_FFFF || end.offset == 0xFFFF_FFFF else { return end }
    return try zip64End(before: place) ?? end
  }

  /// Nil where there is none: the numbers are then what they seem to be.
  private func zip64End(before place: Int) throws -> End? {
    guard place >= 20 + 56 else { return nil }
    let locator = try read(place - 20, 20)
    guard locator.count == 20, locator.number32(at: 0) == 0x0706_4B50 else { return nil }
    guard let at = locator.number64(at: 8), at <= place - 20 - 56 else {
      throw ZipError("the end of its directory is not where it says")
    }
    let record = try read(at, 56)
    guard record.count == 56, record.number32(at: 0) == 0x0606_4B50, let count = record.number64(at: 32),
      let size = record.number64(at: 40), let offset = record.number64(at: 48)
    else { throw ZipError("the end of its directory is broken") }
    return End(count: count, size: size, offset: offset, place: at)
  }

  private func entry(_ bytes: [UInt8], _ offset: inout Int, limit: Int) throws -> ZipEntry {
    guard bytes.count - offset >= 46, bytes.number32(at: offset) == 0x0201_4B50 else {
      throw ZipError("its directory is broken")
    }
    let nameCount = Int(bytes.number16(at: offset + 28))
    let extraCount = Int(bytes.number16(at: offset + 30))
    let commentCount = Int(bytes.number16(at: offset + 32))
    let start = offset
    let end = start + 46 + nameCount + extraCount + commentCount
    guard end <= bytes.count else { throw ZipError("its directory is broken") }
    offset = end
    var name = Array(bytes[(start + 46)..<(start + 46 + nameCount)])
    let isFolder = name.last == UInt8(ascii: "/")
    if isFolder { name.removeLast() }
    if bytes.number16(at: start + 8) & 1 != 0 { throw ZipError("it is encrypted", name: name) }
    var size = Int(bytes.number32(at: start + 24))
    var compressed = Int(bytes.number32(at: start + 20))
    var header = Int(bytes.number32(at: start + 42))
    let extra = Array(bytes[(start + 46 + nameCount)..<(start + 46 + nameCount + extraCount)])
    try Self.applyZip64(extra, &size, &compressed, &header, name: name)
    guard header <= limit, compressed <= limit - header else {
      throw ZipError("it lies outside of the zip", name: name)
    }
    let isUnix = bytes[start + 5] == 3
    return ZipEntry(
      name: name, isFolder: isFolder,
      permissions: isUnix ? bytes.number16(at: start + 40) & 0o7777 : 0, byteCount: size,
      method: bytes.number16(at: start + 10), crc: bytes.number32(at: start + 16),
      compressedCount: compressed,
      headerOffset: header)
  }

  /// Numbers that don't fit into 32 bits stand in an extra field, in a fixed order (4.5.3).
  private static func applyZip64(
    _ extra: [UInt8], _ size: inout Int, _ compressed: inout Int, _ header: inout Int, name: [UInt8]
  ) throws {
    var at = 0
    while extra.count - at >= 4 {
      let count = Int(extra.number16(at: at + 2))
      guard count <= extra.count - at - 4 else { return }
      if extra.number16(at: at) == 1 {
        var place = at + 4
        func take(_ number: inout Int) throws {
          guard number == 0xFFFF_FFFF else { return }
          guard place + 8 <= at + 4 + count, let value = extra.number64(at: place) else {
            throw ZipError("its size is broken", name: name)
          }
          number = value
          place += 8
        }
        try take(&size)
        try take(&compressed)
        try take(&header)
        return
      }
      at += 4 + count
    }
  }
}
