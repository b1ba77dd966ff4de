// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Deflate
internal import SourceTree
internal import Synchronization
internal import SystemIO
internal import Zip

/// Puts a zip's directory behind its members. They come in the plan's order, so their names need not be kept.
final class ZipFormat: PackageFormat {
  private struct State {
    var directory: ZipDirectoryWriter
    /// The large member whose segments are coming.
    var open: ZipMember?
    /// The CRC-32 of those that have come.
    var crc: UInt32 = 0
  }

  private let plan: Plan
  private let isLeftOpen: Bool
  private let state: Mutex<State>

  /// - Parameter isLeftOpen: whether the directory is not written: it is put behind another member later, by
  ///   ``ending``.
  init(_ plan: Plan, isLeftOpen: Bool) {
    self.plan = plan
    self.isLeftOpen = isLeftOpen
    state = Mutex(State(directory: ZipDirectoryWriter(capacity: plan.entries.count)))
  }

  func opening() -> [UInt8] { [] }

  var documentBytes: Int { state.withLock { $0.directory.byteCount } }

  func bind(_ encoded: inout EncodedUnit) throws(SourceTreeError) {
    try state.withLock { state throws(SourceTreeError) in
      for member in encoded.members {
        if member.hasDescriptor || encoded.segment != nil {
          state.open = member
          state.crc = 0
        } else {
          state.directory.add(member)
        }
      }
      guard let segment = encoded.segment, var member = state.open else { return }
      state.crc = crc32Combine(state.crc, segment.crc, secondLength: segment.size)
      if member.hasDescriptor {
        member.crc = state.crc
        member.compressed += segment.compressed
      }
      state.open = member
      if segment.isLast {
        // What is stored was read before, for the checksum in front of it. A file that is written through a
        // mapping has the same time and size.
        if member.crc != state.crc, let large = encoded.completes { throw large.file.changed() }
        if member.hasDescriptor { ZipRecords.appendDescriptor(member, to: &encoded.bytes) }
        state.directory.add(member)
        state.open = nil
      }
    }
  }

  func nextClosing() -> [UInt8]? {
    if isLeftOpen { return nil }
    return state.withLock { $0.directory.nextPart { plan.path(of: $0, into: &$1) } }
  }

  /// What goes behind the members.
  var ending: ZipEnding { ZipEnding(plan, state.withLock { $0.directory }) }
}
