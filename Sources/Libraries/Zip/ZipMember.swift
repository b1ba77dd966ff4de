// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// What is written about a member of a zip, beside its name: what ``ZipEntry`` is for reading.
package struct ZipMember: Sendable {
  /// How its bytes are kept (APPNOTE 4.4.5).
  package enum Method: UInt16, Sendable {
    /// As they are.
    case stored = 0
    /// By deflate.
    case deflated = 8
  }

  package let method: Method
  /// A folder; else a file.
  package let isFolder: Bool
  package let isExecutable: Bool
  /// Whether sizes and CRC-32 stand behind the bytes, because they were not known before them.
  package let hasDescriptor: Bool
  package var crc: UInt32
  package var compressed: Int
  package var size: Int

  /// A member with what is known of it.
  package init(
    method: Method, isFolder: Bool, isExecutable: Bool, hasDescriptor: Bool, crc: UInt32 = 0,
    compressed: Int = 0, size: Int = 0
  ) {
    self.method = method
    self.isFolder = isFolder
    self.isExecutable = isExecutable
    self.hasDescriptor = hasDescriptor
    self.crc = crc
    self.compressed = compressed
    self.size = size
  }

  /// From here on a size is written with eight bytes (zip64, APPNOTE 4.3.9.2 and 4.5.3). For what is
  /// compressed while it is written that must be known before: deflate adds less than 16 MiB to 4 GiB.
  static let largestPlainSize = 0xFFFF_FFFF - (16 << 20)

  /// Whether the member's own header has sizes of eight bytes.
  var isLarge: Bool { size > Self.largestPlainSize }
}
