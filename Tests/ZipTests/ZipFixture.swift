// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import Zip

/// A zip that is made byte by byte, so that it can be wrong in any way.
struct ZipFixture {
  struct Member {
    var name: String
    var contents: [UInt8] = []
    var mode: UInt16 = 0o100644
    var method: UInt16 = 0
    var flags: UInt16 = 0
    var crc: UInt32?
    var size: UInt32?
    /// What the member's own header says instead.
    var headerName: String?
    var headerMethod: UInt16?
    var headerSize: UInt32?
    var headerCRC: UInt32?
    var headerExtra: [UInt8] = []
    /// Comes behind the contents.
    var descriptor: [UInt8] = []
    /// Where the directory says that the header is; nil for where it is.
    var offset: UInt32?
    var extra: [UInt8] = []
  }

  var members: [Member]
  var comment: [UInt8] = []
  var count: UInt16?
  var directoryShift = 0
  var disk: UInt16 = 0

  init(_ members: Member...) { self.members = members }

  var bytes: [UInt8] {
    var bytes: [UInt8] = []
    var directory: [UInt8] = []
    for member in members {
      let crc = member.crc ?? Self.crc32(member.contents)
      let offset = member.offset ?? UInt32(bytes.count)
      let size = member.size ?? UInt32(member.contents.count)
      let compressed = UInt32(member.contents.count)
      let headerName = Array((member.headerName ?? member.name).utf8)
      let isLater = member.flags & 8 != 0
      bytes += Self.number(0x0403_4B50, 4) + Self.number(20, 2) + Self.number(member.flags, 2)
      bytes += Self.number(member.headerMethod ?? member.method, 2) + Self.number(0, 4)
      bytes += Self.number(member.headerCRC ?? (isLater ? 0 : crc), 4)
      bytes += Self.number(isLater ? 0 : compressed, 4)
      bytes += Self.number(member.headerSize ?? (isLater ? 0 : size), 4)
      bytes += Self.number(headerName.count, 2) + Self.number(member.headerExtra.count, 2)
      bytes += headerName + member.headerExtra + member.contents + member.descriptor
      directory += Self.number(0x0201_4B50, 4) + [20, 3] + Self.number(20, 2)
      directory += Self.number(member.flags, 2) + Self.number(member.method, 2) + Self.number(0, 4)
      directory += Self.number(crc, 4) + Self.number(compressed, 4) + Self.number(size, 4)
      directory += Self.number(member.name.utf8.count, 2) + Self.number(member.extra.count, 2)
      directory += Self.number(0, 8) + Self.number(member.mode, 2) + Self.number(offset, 4)
      directory += Array(member.name.utf8) + member.extra
    }
    let place = bytes.count + directoryShift
    let total = count ?? UInt16(members.count)
    bytes += directory + Self.number(0x0605_4B50, 4) + Self.number(disk, 2) + Self.number(disk, 2)
    bytes += Self.number(total, 2) + Self.number(total, 2)
    bytes += Self.number(directory.count, 4) + Self.number(place, 4)
    return bytes + Self.number(comment.count, 2) + comment
  }

  var archive: ZipArchive { get throws { try Self.open(bytes) } }

  static func open(_ bytes: [UInt8]) throws -> ZipArchive {
    try ZipArchive(byteCount: bytes.count) { offset, count in
      offset >= bytes.count ? [] : Array(bytes[offset..<min(offset + count, bytes.count)])
    }
  }

  static func number(_ value: some BinaryInteger, _ width: Int) -> [UInt8] {
    (0..<width).map { UInt8(truncatingIfNeeded: UInt64(truncatingIfNeeded: value) >> (8 * UInt64($0))) }
  }

  static func crc32(_ bytes: [UInt8]) -> UInt32 {
    var crc: UInt32 = 0xFFFF_FFFF
    for byte in bytes {
      crc ^= UInt32(byte)
      for _ in 0..<8 { crc = crc >> 1 ^ (crc & 1 == 0 ? 0 : 0xEDB8_8320) }
    }
    return ~crc
  }
}
