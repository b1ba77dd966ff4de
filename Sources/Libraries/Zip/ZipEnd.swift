// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// What the end of a zip says about its directory (APPNOTE 4.3.14 to 4.3.16).
struct ZipEnd {
  /// No directory that anybody writes is larger: more than a million members have room.
  static let directoryLimit = 256 << 20

  /// How many members the directory has.
  let count: Int
  /// The directory's size in bytes, and where it begins.
  let size: Int
  let offset: Int

  /// Finds the end of a zip and checks that the directory lies right before it.
  init(of source: ZipSource) throws {
    let (record, place) = try Self.find(in: source)
    var (count, size, offset) = (
      Int(record.number16(at: 10)), Int(record.number32(at: 12)), Int(record.number32(at: 16))
    )
    var directoryEnd = place
    if let large = try Large(before: place, in: source) {
      let agrees =
        (count == large.count || count == 0xFFFF) && (size == large.size || size == 0xFFFF_FFFF)
        && (offset == large.offset || offset == 0xFFFF_FFFF)
      guard agrees else { throw ZipReaderError(.brokenDirectory("its two ends disagree"), at: place) }
      (count, size, offset) = (large.count, large.size, large.offset)
      directoryEnd = large.place
    }
    let parts = [record.number16(at: 4), record.number16(at: 6)]
    guard parts.allSatisfy({ $0 == 0 || $0 == 0xFFFF }),
      record.number16(at: 8) == record.number16(at: 10)
    else { throw ZipReaderError(.severalParts, at: place) }
    guard size <= Self.directoryLimit else {
      throw ZipReaderError(.directoryTooLarge(limit: Self.directoryLimit), at: offset)
    }
    guard size <= directoryEnd, offset == directoryEnd - size else {
      throw ZipReaderError(.brokenDirectory("it is not where the end of the zip says"), at: place)
    }
    (self.count, self.size, self.offset) = (count, size, offset)
  }

  /// The end record, and where it is: the last 22 bytes, but for a comment whose length it knows.
  private static func find(in source: ZipSource) throws -> (record: [UInt8], place: Int) {
    let count = Swift.min(source.byteCount, 22 + 0xFFFF)
    guard count >= 22 else { throw ZipReaderError(.notZip) }
    let start = source.byteCount - count
    let tail = try source.bytes(at: start, count: count)
    for at in stride(from: count - 22, through: 0, by: -1)
    where tail[at] == 0x50 && tail.number32(at: at) == 0x0605_4B50 {
      if Int(tail.number16(at: at + 20)) == count - at - 22 {
        return (Array(tail[at..<(at + 22)]), start + at)
      }
    }
    throw ZipReaderError(.notZip)
  }

  /// The end record of the large form, which another record right before the usual one points to.
  private struct Large {
    let count: Int
    let size: Int
    let offset: Int
    let place: Int

    /// Nil where there is none: the usual numbers are then what they seem to be.
    init?(before end: Int, in source: ZipSource) throws {
      guard end >= 20 + 56 else { return nil }
      let locator = try source.bytes(at: end - 20, count: 20)
      guard locator.number32(at: 0) == 0x0706_4B50 else { return nil }
      guard let place = locator.place64(at: 8), place <= end - 20 - 56 else {
        throw ZipReaderError(.brokenDirectory("its end is not where it says"), at: end - 20)
      }
      let record = try source.bytes(at: place, count: 56)
      // The record's own length does not count its first 12 bytes.
      guard record.number32(at: 0) == 0x0606_4B50, record.place64(at: 4) == end - 20 - place - 12,
        let count = record.place64(at: 32), let size = record.place64(at: 40),
        let offset = record.place64(at: 48)
      else { throw ZipReaderError(.brokenDirectory("its end is broken"), at: place) }
      guard locator.number32(at: 4) == 0, locator.number32(at: 16) <= 1, record.number32(at: 16) == 0,
        record.number32(at: 20) == 0, record.place64(at: 24) == count
      else { throw ZipReaderError(.severalParts, at: place) }
      (self.count, self.size, self.offset, self.place) = (count, size, offset, place)
    }
  }
}
