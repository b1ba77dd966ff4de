// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import SystemIO

extension PullTransaction {
  /// Makes one change.
  func carryOut(
    _ change: Change, _ step: PullJournal.Step, _ index: Int, _ journal: PullJournal,
    _ work: borrowing WorkDirectory
  ) throws(DeployError) {
    do throws(SystemError) {
      let parent = try work.parent(of: change.path)
      let name = WorkDirectory.split(change.path).name
      if step.kind == .write || step.kind == .remove { try checkUnchanged(change, name, parent, work) }
      switch change.kind {
      case .remove: try parent.remove(name)
      case .removeDirectory: try Self.removeDirectory(name, in: parent)
      case .makeDirectory: try Self.makeDirectory(name, in: parent)
      case .write(.own, let isExecutable):
        let file = try Descriptor.open(CString(name), in: parent.rawValue, as: .file)
        try file.setPermissions(Self.permissions(step.mode ?? 0o644, isExecutable))
      case .write(let content, let isExecutable):
        let temporary = step.temporaryName(index, of: journal)
        try write(content, temporary, in: parent, mode: step.mode, isExecutable)
        try parent.rename(temporary, to: name, in: parent)
      }
    } catch {
      if error.code == ESTALE { throw .pull(.changedMeanwhile(change.path)) }
      throw .spool(error)
    }
  }

  /// Of what was saved since the copies were made there is none: it stays.
  private func checkUnchanged(
    _ change: Change, _ name: [UInt8], _ parent: borrowing Descriptor, _ work: borrowing WorkDirectory
  ) throws(SystemError) {
    let isUnchanged =
      if let before = change.before { try work.identity(change.path) == before } else {
        try parent.status(of: name) == nil
      }
    guard isUnchanged else { throw SystemError(code: ESTALE) }
  }

  /// A directory that others have made meanwhile is as good.
  static func makeDirectory(_ name: [UInt8], in parent: borrowing Descriptor) throws(SystemError) {
    do throws(SystemError) { try parent.makeDirectory(name, mode: 0o777) } catch {
      guard error.code == EEXIST, try parent.status(of: name)?.isDirectory == true else { throw error }
    }
  }

  /// A directory that holds something, which the package leaves out, stays.
  static func removeDirectory(_ name: [UInt8], in parent: borrowing Descriptor) throws(SystemError) {
    do throws(SystemError) { try parent.remove(name, isDirectory: true) } catch {
      guard [ENOTEMPTY, EEXIST, ENOENT].contains(error.code) else { throw error }
    }
  }

  private func write(
    _ content: Change.Content, _ name: [UInt8], in parent: borrowing Descriptor, mode: UInt32?,
    _ isExecutable: Bool?
  ) throws(SystemError) {
    let file = try parent.create(name, mode: isExecutable == true ? 0o777 : 0o666)
    let descriptor = file.rawValue
    switch content {
    case .own: break
    case .bytes(let bytes): try Descriptor.write(bytes, to: descriptor)
    case .remote(let path):
      do throws(DeployError) {
        try remote.contents(of: path) { try Descriptor.write($0, to: descriptor) }
      } catch {
        // All of it has been read before, and is in a temporary file, or in memory.
        if case .spool(let cause) = error { throw cause }
        throw SystemError(code: EIO)
      }
    }
    if let mode { try file.setPermissions(Self.permissions(mode, isExecutable)) }
  }

  /// `mode`, with the executable bits as `isExecutable` says: for those who may read it.
  static func permissions(_ mode: UInt32, _ isExecutable: Bool?) -> UInt32 {
    switch isExecutable {
    case nil: mode
    case true?: mode | (mode & 0o444) >> 2
    case false?: mode & ~0o111
    }
  }
}
