// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import SystemIO

/// Keeps what a zip's directory says of each member, 16 bytes, until it is written at the end (APPNOTE
/// 4.3.12). The names are asked for again then, and where each member lies is counted again.
package struct ZipDirectoryWriter: Sendable {
  /// One member, small enough for a million of them.
  private struct Packed {
    let crc: UInt32
    /// Both 32-bit sizes; where they don't fit, the member is in `large`.
    let compressed: UInt32
    let size: UInt32
    let flags: UInt8
  }

  /// How many bytes a part of the directory has at least, but for the last one.
  private static let partBytes = 1 << 16

  private var members: [Packed] = []
  private var large: [Int: ZipMember] = [:]
  // What has been written of the directory.
  private var written = 0
  /// Where the header of the next member lies: behind the last one, where the directory begins.
  private var offset = 0
  private var isClosed = false
  private var name: [UInt8] = []
  /// How many bytes have been written of the directory and its end.
  package private(set) var byteCount = 0

  /// A directory with capacity for `capacity` members.
  package init(capacity: Int) { members.reserveCapacity(capacity) }

  /// Adds the member that follows in the zip; its sizes and its CRC-32 are known.
  package mutating func add(_ member: ZipMember) {
    let isSmall = max(member.size, member.compressed) <= ZipMember.largestPlainSize
    if !isSmall { large[members.count] = member }
    let flags: UInt8 =
      (member.method == .deflated ? 1 : 0) | (member.isFolder ? 2 : 0) | (member.isExecutable ? 4 : 0)
      | (member.hasDescriptor ? 8 : 0) | (isSmall ? 0 : 16)
    members.append(
      Packed(
        crc: member.crc, compressed: isSmall ? UInt32(member.compressed) : 0,
        size: isSmall ? UInt32(member.size) : 0, flags: flags))
  }

  /// The next part of the directory, some tens of KiB, and its end as the last one; then nil. `setName` sets
  /// the name of the member at an index, without the "/" at a folder's end.
  package mutating func nextPart(_ setName: (_ index: Int, _ name: inout [UInt8]) -> Void) -> [UInt8]? {
    if isClosed { return nil }
    var output = WriteBuffer(capacity: Self.partBytes)
    while written < members.count, output.count < Self.partBytes {
      let member = member(written)
      setName(written, &name)
      if member.isFolder { name.append(UInt8(ascii: "/")) }
      ZipRecords.appendDirectoryEntry(member, name: name, offset: offset, to: &output)
      offset +=
        ZipRecords.localHeaderSize(member, nameCount: name.count) + member.compressed
        + ZipRecords.descriptorSize(member)
      written += 1
    }
    if output.count == 0 {
      ZipRecords.appendEnd(count: members.count, size: byteCount, offset: offset, to: &output)
      isClosed = true
    }
    byteCount += output.count
    return output.array
  }

  private func member(_ index: Int) -> ZipMember {
    if let member = large[index] { return member }
    let packed = members[index]
    return ZipMember(
      method: packed.flags & 1 == 0 ? .stored : .deflated, isFolder: packed.flags & 2 != 0,
      isExecutable: packed.flags & 4 != 0, hasDescriptor: packed.flags & 8 != 0, crc: packed.crc,
      compressed: Int(packed.compressed), size: Int(packed.size))
  }
}
