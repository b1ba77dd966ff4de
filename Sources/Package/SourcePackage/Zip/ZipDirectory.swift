// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Deflate
internal import SourceTree
internal import Synchronization
internal import SystemIO

/// Keeps what a zip's directory has to say of each member, 16 bytes, until it is written at the end. Members come in the
/// plan's order, so their names need not be kept, and where each lies is counted again.
final class ZipDirectory: Binding {
  /// One member, small enough for a million of them.
  fileprivate struct Packed {
    let crc: UInt32
    /// Both 32-bit sizes; where they don't fit, the member is in `large`.
    let compressed: UInt32
    let size: UInt32
    let flags: UInt8
  }

  fileprivate struct State {
    var members: [Packed] = []
    var large: [Int: ZipMember] = [:]
    /// The large member whose segments are coming.
    var open: ZipMember?
    // What has been written of the directory.
    var written = 0
    var offset = 0
    var directorySize = 0
    var isClosed = false
    var path: [UInt8] = []
    /// The member that says where the package comes from: the last one, and not in the plan.
    var last: (member: ZipMember, bytes: [UInt8])?
    /// How many bytes it has with its header.
    var lastBytes = 0
    var isLastWritten = false
  }

  private static let lastName = Array(Provenance.path.utf8)

  private let plan: Plan
  private let state = Mutex(State())

  init(_ plan: Plan) {
    self.plan = plan
    state.withLock { $0.members.reserveCapacity(plan.entries.count) }
  }

  func opening() -> [UInt8] { [] }

  var documentBytes: Int { state.withLock { $0.directorySize + $0.lastBytes } }

  func bind(_ encoded: EncodedUnit) {
    state.withLock { state in
      for member in encoded.members {
        if member.hasDescriptor || encoded.segment != nil { state.open = member } else { state.keep(member) }
      }
      guard let segment = encoded.segment, var member = state.open else { return }
      if member.hasDescriptor {
        member.crc = crc32Combine(member.crc, segment.crc, secondLength: segment.size)
        member.compressed += segment.compressed
      }
      state.open = member
      if segment.isLast {
        if member.hasDescriptor { ZipRecords.appendDescriptor(member, to: &encoded.bytes) }
        state.keep(member)
        state.open = nil
      }
    }
  }

  func bind(provenance contents: [UInt8]) {
    // SAFETY: bytes have no padding; the array lives as long as the call.
    let crc = crc32(unsafe contents.span.bytes)
    let member = ZipMember(
      method: .stored, isFolder: false, isExecutable: false, hasDescriptor: false, crc: crc,
      compressed: contents.count, size: contents.count)
    state.withLock { $0.last = (member, contents) }
  }

  /// The last member, if there is one that is not in the plan; then the directory, some tens of KiB at a time.
  func nextClosing() -> [UInt8]? {
    state.withLock { state -> [UInt8]? in
      if state.isClosed { return nil }
      var output = WriteBuffer(capacity: 1 << 16)
      if let last = state.last, state.lastBytes == 0 {
        ZipRecords.appendLocalHeader(last.member, name: Self.lastName, to: &output)
        output.append(last.bytes)
        state.lastBytes = output.count
        return output.array
      }
      while state.written < state.members.count, output.count < 1 << 16 {
        let member = state.member(state.written)
        plan.path(of: state.written, into: &state.path)
        if member.isFolder { state.path.append(UInt8(ascii: "/")) }
        ZipRecords.appendDirectoryEntry(member, name: state.path, offset: state.offset, to: &output)
        state.offset +=
          ZipRecords.localHeaderSize(member, nameCount: state.path.count) + member.compressed
          + ZipRecords.descriptorSize(member)
        state.written += 1
      }
      if output.count == 0, let last = state.last, !state.isLastWritten {
        ZipRecords.appendDirectoryEntry(
          last.member, name: Self.lastName, offset: state.offset, to: &output)
        state.offset += state.lastBytes
        state.isLastWritten = true
      }
      state.directorySize += output.count
      if output.count == 0 {
        // Counted from the start again, `offset` is where the directory begins.
        ZipRecords.appendEnd(
          count: state.members.count + (state.last == nil ? 0 : 1), size: state.directorySize,
          offset: state.offset, to: &output)
        state.directorySize += output.count
        state.isClosed = true
      }
      return output.array
    }
  }
}

extension ZipDirectory.State {
  fileprivate mutating func keep(_ member: ZipMember) {
    let isSmall = max(member.size, member.compressed) <= ZipMember.largestPlainSize
    if !isSmall { large[members.count] = member }
    let flags: UInt8 =
      (member.method == .deflated ? 1 : 0) | (member.isFolder ? 2 : 0) | (member.isExecutable ? 4 : 0)
      | (member.hasDescriptor ? 8 : 0) | (isSmall ? 0 : 16)
    members.append(
      .init(
        crc: member.crc, compressed: isSmall ? UInt32(member.compressed) : 0,
        size: isSmall ? UInt32(member.size) : 0, flags: flags))
  }

  fileprivate func member(_ index: Int) -> ZipMember {
    if let member = large[index] { return member }
    let packed = members[index]
    return ZipMember(
      method: packed.flags & 1 == 0 ? .stored : .deflated, isFolder: packed.flags & 2 != 0,
      isExecutable: packed.flags & 4 != 0, hasDescriptor: packed.flags & 8 != 0, crc: packed.crc,
      compressed: Int(packed.compressed), size: Int(packed.size))
  }
}
