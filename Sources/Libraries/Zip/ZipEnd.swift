// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// What the end of a zip says about its directory (APPNOTE 4.3.14 to 4.3.16).
struct ZipEnd {
  private typealias Layout = ZipLayout.End

  /// No real directory is larger: more than a million members have room.
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
      Int(record.number16(at: Layout.count)), Int(record.number32(at: Layout.size)),
      Int(record.number32(at: Layout.offset))
    )
    var directoryEnd = place
    // What looks like an end of the large form may be the name of the last member.
    let isPlain = count != Int(ZipLayout.in64BitsCount) && size <= place && offset == place - size
    if !isPlain, let large = try Large(before: place, in: source) {
      let agrees =
        (count == large.count || count == Int(ZipLayout.in64BitsCount))
        && (size == large.size || size == Int(ZipLayout.in64Bits))
        && (offset == large.offset || offset == Int(ZipLayout.in64Bits))
      guard agrees else { throw ZipReaderError(.brokenDirectory("its two ends disagree"), at: place) }
      (count, size, offset) = (large.count, large.size, large.offset)
      directoryEnd = large.place
    }
    let parts = [record.number16(at: Layout.disk), record.number16(at: Layout.directoryDisk)]
    guard parts.allSatisfy({ $0 == 0 || $0 == ZipLayout.in64BitsCount }),
      record.number16(at: Layout.countOnDisk) == record.number16(at: Layout.count)
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
    let count = Swift.min(source.byteCount, Layout.byteCount + 0xFFFF)
    guard count >= Layout.byteCount else { throw ZipReaderError(.notZip) }
    let start = source.byteCount - count
    let tail = try source.bytes(at: start, count: count)
    for at in stride(from: count - Layout.byteCount, through: 0, by: -1)
    where tail[at] == 0x50 && tail.number32(at: at) == Layout.signature {
      if Int(tail.number16(at: at + Layout.commentCount)) == count - at - Layout.byteCount {
        return (Array(tail[at..<(at + Layout.byteCount)]), start + at)
      }
    }
    throw ZipReaderError(.notZip)
  }

  /// The end record of the large form, which another record right before the usual one points to.
  private struct Large {
    private typealias Layout = ZipLayout.End64
    private typealias Locator = ZipLayout.Locator64

    let count: Int
    let size: Int
    let offset: Int
    let place: Int

    /// Nil where there is none: the usual numbers are then what they seem to be.
    init?(before end: Int, in source: ZipSource) throws {
      guard end >= Locator.byteCount + Layout.byteCount else { return nil }
      let locator = try source.bytes(at: end - Locator.byteCount, count: Locator.byteCount)
      guard locator.number32(at: 0) == Locator.signature else { return nil }
      guard let place = locator.place64(at: Locator.offset),
        place <= end - Locator.byteCount - Layout.byteCount
      else {
        throw ZipReaderError(.brokenDirectory("its end is not where it says"), at: end - Locator.byteCount)
      }
      let record = try source.bytes(at: place, count: Layout.byteCount)
      guard record.number32(at: 0) == Layout.signature,
        record.place64(at: Layout.length) == end - Locator.byteCount - place - Layout.uncounted,
        let count = record.place64(at: Layout.count), let size = record.place64(at: Layout.size),
        let offset = record.place64(at: Layout.offset)
      else { throw ZipReaderError(.brokenDirectory("its end is broken"), at: place) }
      guard locator.number32(at: Locator.disk) == 0, locator.number32(at: Locator.diskCount) <= 1,
        record.number32(at: Layout.disk) == 0,
        record.number32(at: Layout.directoryDisk) == 0, record.place64(at: Layout.countOnDisk) == count
      else { throw ZipReaderError(.severalParts, at: place) }
      (self.count, self.size, self.offset, self.place) = (count, size, offset, place)
    }
  }
}
