// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// What a zip's directory says about one of its members, beside the name, which the plan knows.
struct ZipMember {
  /// How its bytes are kept (APPNOTE 4.4.5).
  enum Method: UInt16 {
    /// As they are.
    case stored = 0
    /// By deflate.
    case deflated = 8
  }

  let method: Method
  /// A folder; else a file.
  let isFolder: Bool
  let isExecutable: Bool
  /// Whether sizes and CRC-32 stand behind the bytes, because they were not known before them.
  let hasDescriptor: Bool
  var crc: UInt32 = 0
  var compressed = 0
  var size = 0

  /// From here on a size is written with eight bytes (zip64, APPNOTE 4.3.9.2 and 4.5.3). For what is compressed while it is
  /// written that must be known before: deflate adds less than 16 MiB to 4 GiB.
  static let largestPlainSize = 0xFFFF_FFFF - (16 << 20)

  /// Whether the member's own header has sizes of eight bytes.
  var isLarge: Bool { size > Self.largestPlainSize }
}

/// A segment of a large member.
struct ZipSegment {
  let crc: UInt32
  let size: Int
  let compressed: Int
  /// Whether the member ends with it.
  let isLast: Bool
}
