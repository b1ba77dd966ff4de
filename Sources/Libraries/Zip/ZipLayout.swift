// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// The numbers of the format that its reader and its writer share (PKWARE's APPNOTE.TXT, 6.3). All of them
/// stand with the lowest byte first.
enum ZipLayout {
  /// Stands for a size or an offset that is in the zip64 extra field or record instead.
  static let in64Bits: UInt32 = 0xFFFF_FFFF
  /// The same for a number of members or a disk.
  static let in64BitsCount: UInt16 = 0xFFFF
  /// The kind of the extra field that has the large numbers, 4.5.3.
  static let zip64Field: UInt16 = 1

  /// General purpose bits, 4.4.4.
  enum Flags {
    /// Sizes and CRC-32 stand behind the contents.
    static let descriptor: UInt16 = 1 << 3
    /// The name is UTF-8.
    static let utf8: UInt16 = 1 << 11
    /// Encrypted by the old way or the strong one, or with a masked header.
    static let encrypted: UInt16 = 1 | 1 << 6 | 1 << 13
  }

  /// The system that made a member, in the upper byte of "version made by", 4.4.2.
  enum System {
    static let unix: UInt8 = 3
    static let darwin: UInt8 = 19
  }

  /// The header before a member's contents, 4.3.7; the name and the extra fields follow.
  enum LocalHeader {
    static let signature: UInt32 = 0x0403_4B50
    static let byteCount = 30
    // Where the numbers are.
    static let (flags, method, crc, compressed, size) = (6, 8, 14, 18, 22)
    static let (nameCount, extraCount) = (26, 28)
  }

  /// The sizes and the CRC-32 behind a member's contents, 4.3.9.
  enum Descriptor {
    static let signature: UInt32 = 0x0807_4B50
    /// With 4 bytes a size, and with 8; the signature is counted.
    static let (byteCount, byteCount64) = (16, 24)
  }

  /// A member's entry in the directory, 4.3.12; the name, the extra fields and a comment follow.
  enum DirectoryEntry {
    static let signature: UInt32 = 0x0201_4B50
    static let byteCount = 46
    // Where the numbers are.
    static let (system, flags, method, crc, compressed, size) = (5, 8, 10, 16, 20, 24)
    static let (nameCount, extraCount, commentCount, disk) = (28, 30, 32, 34)
    /// The Unix mode: the upper half of the external attributes.
    static let mode = 40
    static let headerOffset = 42
  }

  /// The end of the directory, 4.3.16; a comment follows.
  enum End {
    static let signature: UInt32 = 0x0605_4B50
    static let byteCount = 22
    // Where the numbers are.
    static let (disk, directoryDisk, countOnDisk, count) = (4, 6, 8, 10)
    static let (size, offset, commentCount) = (12, 16, 20)
  }

  /// The end of the directory with large numbers, 4.3.14.
  enum End64 {
    static let signature: UInt32 = 0x0606_4B50
    static let byteCount = 56
    /// Its own length does not count its first bytes.
    static let uncounted = 12
    // Where the numbers are.
    static let (length, disk, directoryDisk, countOnDisk, count) = (4, 16, 20, 24, 32)
    static let (size, offset) = (40, 48)
  }

  /// Tells where ``End64`` is, 4.3.15; right before ``End``.
  enum Locator64 {
    static let signature: UInt32 = 0x0706_4B50
    static let byteCount = 20
    // Where the numbers are.
    static let (disk, offset, diskCount) = (4, 8, 16)
  }
}
