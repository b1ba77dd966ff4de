// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// The sizes of a member and where its header is. Numbers that don't fit into 32 bits stand in an extra
/// field, in a fixed order and only those that are needed (APPNOTE 4.5.3).
struct ZipSizes {
  private(set) var size: Int
  private(set) var compressed: Int
  private(set) var offset: Int

  /// Nil where an extra field that is needed is missing or broken.
  init?(size: UInt32, compressed: UInt32, offset: UInt32 = 0, extra: [UInt8]) {
    self.size = Int(size)
    self.compressed = Int(compressed)
    self.offset = Int(offset)
    var at = 0
    while extra.count - at >= 4 {
      let (kind, count) = (extra.number16(at: at), Int(extra.number16(at: at + 2)))
      at += 4
      // What does not hold together is no field of ours; some writers pad with zeros.
      guard count <= extra.count - at else { break }
      if kind == ZipLayout.zip64Field {
        guard apply(extra, at: at, count: count) else { return nil }
        return
      }
      at += count
    }
    // Without a field, 0xFFFFFFFF is a size like any other.
  }

  private mutating func apply(_ extra: [UInt8], at start: Int, count: Int) -> Bool {
    var at = start
    func take(_ number: inout Int) -> Bool {
      guard number == Int(ZipLayout.in64Bits) else { return true }
      guard at + 8 <= start + count, let value = extra.place64(at: at) else { return false }
      number = value
      at += 8
      return true
    }
    return take(&size) && take(&compressed) && take(&offset)
  }
}
