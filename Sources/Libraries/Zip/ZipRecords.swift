// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

package import SystemIO

/// Writes the records of a zip, as ``ZipLayout`` has them.
package enum ZipRecords {
  /// 1 January 1980, the first day that the format knows: a date of the tree would make other bytes of the
  /// same contents.
  private static let date: UInt16 = 1 << 5 | 1
  private static let unix = UInt16(ZipLayout.System.unix) << 8
  /// The version of the format that knows zip64, and the one that knows deflate and folders, 4.4.3.
  private static let (version64, version): (UInt16, UInt16) = (45, 20)

  /// The header before a member's bytes, 4.3.7. `name` ends with "/" for a folder.
  package static func appendLocalHeader(_ member: ZipMember, name: [UInt8], to output: inout WriteBuffer) {
    append(ZipLayout.LocalHeader.signature, to: &output)
    append(versionNeeded(member), to: &output)
    appendCommon(member, to: &output)
    // With a descriptor they are not known yet, and 0.
    append(member.hasDescriptor ? 0 : member.crc, to: &output)
    let (compressed, size) = member.hasDescriptor ? (0, 0) : (member.compressed, member.size)
    append(member.isLarge ? ZipLayout.in64Bits : UInt32(compressed), to: &output)
    append(member.isLarge ? ZipLayout.in64Bits : UInt32(size), to: &output)
    append(UInt16(name.count), to: &output)
    append(UInt16(member.isLarge ? 20 : 0), to: &output)
    output.append(name)
    if member.isLarge { appendZip64([UInt64(size), UInt64(compressed)], to: &output) }
  }

  /// How many bytes that header has.
  static func localHeaderSize(_ member: ZipMember, nameCount: Int) -> Int {
    ZipLayout.LocalHeader.byteCount + nameCount + (member.isLarge ? 20 : 0)
  }

  /// The sizes and the CRC-32 behind a member's bytes, 4.3.9.
  package static func appendDescriptor(_ member: ZipMember, to output: inout WriteBuffer) {
    append(ZipLayout.Descriptor.signature, to: &output)
    append(member.crc, to: &output)
    if member.isLarge {
      append(UInt64(member.compressed), to: &output)
      append(UInt64(member.size), to: &output)
    } else {
      append(UInt32(member.compressed), to: &output)
      append(UInt32(member.size), to: &output)
    }
  }

  /// How many bytes they have; 0 where there are none.
  static func descriptorSize(_ member: ZipMember) -> Int {
    member.hasDescriptor
      ? (member.isLarge ? ZipLayout.Descriptor.byteCount64 : ZipLayout.Descriptor.byteCount) : 0
  }

  /// The member's entry in the directory, 4.3.12. `offset` is where its local header lies.
  static func appendDirectoryEntry(
    _ member: ZipMember, name: [UInt8], offset: Int, to output: inout WriteBuffer
  ) {
    var large: [UInt64] = []
    func small(_ value: Int) -> UInt32 {
      if member.isLarge || value >= Int(ZipLayout.in64Bits) {
        large.append(UInt64(value))
        return ZipLayout.in64Bits
      }
      return UInt32(value)
    }
    // The order of the large ones is fixed, 4.5.3.
    let size = small(member.size)
    let compressed = small(member.compressed)
    let place = offset >= Int(ZipLayout.in64Bits) ? ZipLayout.in64Bits : UInt32(offset)
    if place == ZipLayout.in64Bits { large.append(UInt64(offset)) }
    let needed = large.isEmpty ? versionNeeded(member) : version64
    append(ZipLayout.DirectoryEntry.signature, to: &output)
    append(unix | needed, to: &output)
    append(needed, to: &output)
    appendCommon(member, to: &output)
    append(member.crc, to: &output)
    append(compressed, to: &output)
    append(size, to: &output)
    append(UInt16(name.count), to: &output)
    append(UInt16(large.isEmpty ? 0 : 4 + 8 * large.count), to: &output)
    append(UInt16(0), to: &output)  // comment
    append(UInt16(0), to: &output)  // disk
    append(UInt16(0), to: &output)  // internal attributes
    append(attributes(member), to: &output)
    append(place, to: &output)
    output.append(name)
    if !large.isEmpty { appendZip64(large, to: &output) }
  }

  /// The end of the directory, 4.3.16, with that of zip64 before it where numbers are too large for it,
  /// 4.3.14 and 4.3.15.
  static func appendEnd(count: Int, size: Int, offset: Int, to output: inout WriteBuffer) {
    let isLarge =
      count >= Int(ZipLayout.in64BitsCount) || size >= Int(ZipLayout.in64Bits)
      || offset >= Int(ZipLayout.in64Bits)
    if isLarge {
      append(ZipLayout.End64.signature, to: &output)
      append(UInt64(ZipLayout.End64.byteCount - ZipLayout.End64.uncounted), to: &output)
      append(unix | version64, to: &output)
      append(version64, to: &output)
      append(UInt32(0), to: &output)
      append(UInt32(0), to: &output)
      for number in [count, count, size, offset] { append(UInt64(number), to: &output) }
      append(ZipLayout.Locator64.signature, to: &output)
      append(UInt32(0), to: &output)
      append(UInt64(offset + size), to: &output)
      append(UInt32(1), to: &output)
    }
    append(ZipLayout.End.signature, to: &output)
    append(UInt32(0), to: &output)
    for _ in 0..<2 { append(UInt16(min(count, Int(ZipLayout.in64BitsCount))), to: &output) }
    append(UInt32(min(size, Int(ZipLayout.in64Bits))), to: &output)
    append(UInt32(min(offset, Int(ZipLayout.in64Bits))), to: &output)
    append(UInt16(0), to: &output)
  }

  private static func versionNeeded(_ member: ZipMember) -> UInt16 { member.isLarge ? version64 : version }

  /// Flags, method, time and date.
  private static func appendCommon(_ member: ZipMember, to output: inout WriteBuffer) {
    append(ZipLayout.Flags.utf8 | (member.hasDescriptor ? ZipLayout.Flags.descriptor : 0), to: &output)
    append(member.method.rawValue, to: &output)
    append(UInt16(0), to: &output)
    append(date, to: &output)
  }

  /// The Unix mode, and for DOS that a folder is one.
  private static func attributes(_ member: ZipMember) -> UInt32 {
    let mode: UInt32 = member.isFolder ? 0o40755 : member.isExecutable ? 0o100755 : 0o100644
    return mode << 16 | (member.isFolder ? 0x10 : 0)
  }

  private static func appendZip64(_ values: [UInt64], to output: inout WriteBuffer) {
    append(ZipLayout.zip64Field, to: &output)
    append(UInt16(8 * values.count), to: &output)
    for value in values { append(value, to: &output) }
  }

  private static func append(_ number: some FixedWidthInteger, to output: inout WriteBuffer) {
    let count = number.bitWidth / 8
    output.append(capacity: count) { output in
      for index in 0..<count { output.append(UInt8(truncatingIfNeeded: number >> (8 * index))) }
    }
  }
}
