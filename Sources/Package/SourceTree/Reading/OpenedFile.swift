// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Git
package import SystemIO

/// The plan of one reader. Of a plan itself each file would have a copy, and all threads would count the
/// owners of each of its lists, in turn.
final class PlanReference: Sendable {
  let plan: Plan

  init(_ plan: Plan) { self.plan = plan }
}

/// A file of a plan, open, with what was known of it before the first byte was read: a package holds a file
/// as it was at one time, or is not made.
package struct OpenedFile: ~Copyable {
  /// Where its bytes are.
  private enum Source: ~Copyable {
    /// In a file of their own.
    case own(Descriptor)
    /// From that offset on in a file that holds a commit's contents, and which no process changes.
    case part(SharedFile, start: Int)
    /// In memory.
    case bytes([UInt8])
  }

  /// What it was before.
  package let status: FileStatus
  /// Whether all of it was read when it was opened, as it was at that time.
  package let isRead: Bool
  /// Its index in the plan.
  package let index: Int
  private let source: Source
  /// Its path, for errors.
  private let plan: PlanReference

  init(_ descriptor: consuming Descriptor, plan: PlanReference, index: Int) throws(SystemError) {
    let status = try descriptor.status()
    guard status.isRegular else { throw SystemError(code: EISDIR) }
    source = .own(descriptor)
    isRead = false
    self.status = status
    self.plan = plan
    self.index = index
  }

  /// The file `descriptor`, opened after `moment`. Where it has up to `limit` bytes it is read into `buffer`,
  /// and that is all, if `clock` says that it was left alone meanwhile.
  init(
    _ descriptor: consuming Descriptor, readingInto buffer: inout ReadBuffer, limit: Int,
    _ clock: inout FileClock,
    since moment: Int, plan: PlanReference, index: Int
  ) throws(SystemError) {
    buffer.clear()
    // What can't be read says so once it is looked at more closely.
    _ = try? buffer.read(from: descriptor, limit: min(limit, Self.beginning))
    var status = try descriptor.status()
    guard status.isRegular else { throw SystemError(code: EISDIR) }
    if status.byteCount > buffer.count, status.byteCount <= limit, buffer.count > 0 {
      while buffer.count < status.byteCount, let more = try? buffer.read(from: descriptor), more > 0 {}
      status = try descriptor.status()
    }
    isRead = buffer.count == status.byteCount && clock.isUntouched(descriptor, status, since: moment)
    source = .own(descriptor)
    self.status = status
    self.plan = plan
    self.index = index
  }

  /// How much is read of a file before its size is known.
  private static let beginning = 1 << 16

  /// The file at `index` of `plan`, whose content lies at `location` of `spool`.
  init(
    _ location: BlobSpool.Location, of spool: BlobSpool, modified: Int, plan: PlanReference, index: Int
  ) {
    source = .part(spool.file, start: location.offset)
    isRead = false
    status = FileStatus(
      ofFile: location.count, modified: modified, isExecutable: plan.plan.entries[index].isExecutable)
    self.plan = plan
    self.index = index
  }

  /// The file at `index` of `plan`, which is sent as `bytes`.
  init(_ bytes: [UInt8], plan: PlanReference, index: Int) {
    source = .bytes(bytes)
    isRead = false
    status = FileStatus(ofFile: bytes.count, modified: 0, isExecutable: plan.plan.entries[index].isExecutable)
    self.plan = plan
    self.index = index
  }

  /// Reads all of it in place of what `buffer` held: its size and one byte more, by which it shows if it has
  /// grown; or as much as fits in.
  package func readAll(into buffer: inout ReadBuffer) throws(SourceTreeError) {
    do throws(SystemError) {
      switch source {
      case .own(let descriptor):
        try buffer.fill(from: descriptor, at: 0, limit: status.byteCount + 1)
      case .part(let file, let start):
        try buffer.fill(fromUnchanging: file.descriptor, at: start, limit: status.byteCount)
      case .bytes(let bytes): buffer.fill(from: bytes[...])
      }
    } catch {
      throw failure(error)
    }
  }

  /// Reads up to `limit` bytes at `offset` in place of what `buffer` held: fewer only at its end.
  package func read(
    into buffer: inout ReadBuffer, at offset: Int, limit: Int
  ) throws(SourceTreeError) {
    do throws(SystemError) {
      switch source {
      case .own(let descriptor):
        try buffer.fill(from: descriptor, at: offset, limit: limit)
      case .part(let file, let start):
        try buffer.fill(
          from: file.descriptor, at: start + offset, limit: min(limit, max(0, status.byteCount - offset)))
      case .bytes(let bytes): buffer.fill(from: bytes.dropFirst(offset).prefix(limit))
      }
    } catch {
      throw failure(error)
    }
  }

  package func contents() throws(SourceTreeError) -> [UInt8] {
    do throws(SystemError) {
      return switch source {
      case .own(let descriptor): try descriptor.readAll()
      case .part(let file, let start): try file.descriptor.bytes(at: start, count: status.byteCount)
      case .bytes(let bytes): bytes
      }
    } catch {
      throw failure(error)
    }
  }

  /// Throws if `count`, the number of bytes that were read, is not what there was, or if the file has changed
  /// since it was opened.
  package func checkUnchanged(afterReading count: Int) throws(SourceTreeError) {
    guard count == status.byteCount else { throw changed() }
    switch source {
    case .own(let descriptor):
      // The time of its content a program can set back, as rsync does; that of its status none can.
      guard let now = try? descriptor.status(), now.modified == status.modified,
        now.changed == status.changed, now.byteCount == status.byteCount
      else { throw changed() }
    case .part: break
    case .bytes: break
    }
  }

  /// The error for a file whose content is no longer what it was.
  package func changed() -> SourceTreeError { SourceTreeError(.changed, path: plan.plan.path(of: index)) }

  private func failure(_ error: SystemError) -> SourceTreeError {
    SourceTreeError(.unreadable, path: plan.plan.path(of: index), system: error)
  }
}
