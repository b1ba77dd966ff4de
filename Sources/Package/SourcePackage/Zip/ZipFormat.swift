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
    /// The member that says where the package comes from, with its header: the last one, and not in the plan.
    /// Nil when it has been written.
    var last: [UInt8]?
    /// How many bytes it has.
    var lastBytes = 0
  }

  private static let lastName = Array(Provenance.path.utf8)

  private let plan: Plan
  private let state: Mutex<State>

  init(_ plan: Plan) {
    self.plan = plan
    state = Mutex(State(directory: ZipDirectoryWriter(capacity: plan.entries.count)))
  }

  func opening() -> [UInt8] { [] }

  var documentBytes: Int { state.withLock { $0.directory.byteCount + $0.lastBytes } }

  func bind(_ encoded: EncodedUnit) {
    state.withLock { state in
      for member in encoded.members {
        if member.hasDescriptor || encoded.segment != nil {
          state.open = member
        } else {
          state.directory.add(member)
        }
      }
      guard let segment = encoded.segment, var member = state.open else { return }
      if member.hasDescriptor {
        member.crc = crc32Combine(member.crc, segment.crc, secondLength: segment.size)
        member.compressed += segment.compressed
      }
      state.open = member
      if segment.isLast {
        if member.hasDescriptor { ZipRecords.appendDescriptor(member, to: &encoded.bytes) }
        state.directory.add(member)
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
    var bytes = WriteBuffer(capacity: contents.count + 256)
    ZipRecords.appendLocalHeader(member, name: Self.lastName, to: &bytes)
    bytes.append(contents)
    let last = bytes.array
    state.withLock { state in
      state.directory.add(member)
      state.lastBytes = last.count
      state.last = last
    }
  }

  /// The last member, if there is one that is not in the plan; then the directory.
  func nextClosing() -> [UInt8]? {
    state.withLock { state -> [UInt8]? in
      if let last = state.last.take() { return last }
      return state.directory.nextPart { index, name in
        if index < plan.entries.count { plan.path(of: index, into: &name) } else { name = Self.lastName }
      }
    }
  }
}
