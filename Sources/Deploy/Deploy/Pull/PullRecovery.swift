// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import SystemIO

/// Makes a directory what it was before the last pull into it, from that pull's journal. Blocks.
struct PullRecovery {
  private let memory: DirectoryMemory

  init(_ memory: DirectoryMemory) { self.memory = memory }

  /// Undoes the last pull, as far as it can. Undoing can be cut off as well, and be done again.
  ///
  /// - Returns: files that were changed after the pull, and stay; where the copies of what they were lie, if
  ///   they were there.
  /// - Throws: `nothingToUndo`, `unreadableJournal`, or what the system says.
  func undo() throws(DeployError) -> [(path: [UInt8], copy: [UInt8]?)] {
    guard let journal = PullJournal.find(in: memory) else {
      throw .pull(
        PullJournal.isUnfinished(in: memory)
          ? .unreadableJournal(memory.directory) : .nothingToUndo(memory.directory))
    }
    var kept: [(path: [UInt8], copy: [UInt8]?)] = []
    let directory = journal.place(memory)
    var path = directory
    do throws(SystemError) {
      if Paths.status(directory) != nil || !journal.isNew {
        let work = try WorkDirectory(directory)
        var failure: (path: [UInt8], error: SystemError)?
        for (index, step) in journal.steps.enumerated().reversed() {
          do throws(SystemError) {
            if try !undo(step, index, journal, work) {
              kept.append((step.bytes, try keepCopy(index, of: journal)))
            }
          } catch {
            failure = failure ?? (step.bytes, error)
          }
        }
        if let failure {
          path = failure.path
          throw failure.error
        }
      }
      path = memory.place
      for name in journal.memories {
        let file = memory.file(name)
        if let contents = Paths.contents(journal.copy(name, in: memory)) {
          try OutputFile.write(contents, to: file, mode: 0o600)
        } else if Paths.status(file) != nil {
          try Paths.remove(file)
        }
      }
      try PullJournal.remove(from: memory)
    } catch {
      throw .output(TerminalText.utf8(path), error)
    }
    // What others have put there stays.
    if journal.isNew { try? Paths.removeDirectory(memory.directory) }
    return kept
  }

  /// Undoes one step, whether it was done or not; false where the file is neither what it was nor what it
  /// became.
  private func undo(
    _ step: PullJournal.Step, _ index: Int, _ journal: PullJournal, _ work: borrowing WorkDirectory
  ) throws(SystemError) -> Bool {
    let name = WorkDirectory.split(step.bytes).name
    // Its directory was not made, or is gone.
    guard let parent = try work.parentIfThere(of: step.bytes) else { return step.before == nil }
    switch step.kind {
    case .makeDirectory:
      if try parent.status(of: name)?.isDirectory == true {
        try PullTransaction.removeDirectory(name, in: parent)
      }
      return true
    case .removeDirectory:
      if try parent.status(of: name) == nil { try PullTransaction.makeDirectory(name, in: parent) }
      try restore(step.mode, of: name, in: parent, as: .directory)
      return true
    case .write, .remove: break
    }
    let temporary = step.temporaryName(index, of: journal)
    if try parent.status(of: temporary) != nil { try parent.remove(temporary) }
    let status = try parent.status(of: name)
    let current = try work.identity(step.bytes).map { Hex.lowercase($0) }
    guard let before = step.before else {
      // The file was not there.
      guard status != nil else { return true }
      guard current == step.after else { return status?.isDirectory == true }
      try parent.remove(name)
      return true
    }
    guard current == before || current == step.after && (status == nil || current != nil) else {
      return false
    }
    if current != before {
      // A copy that is damaged is worth less than what is there.
      let copy = try Descriptor.open(CString(journal.copy(String(index), in: memory)), as: .file)
      guard try Hex.lowercase(copy.identity()) == before else { throw SystemError(code: EIO) }
      try restore(copy, temporary, in: parent)
      try parent.rename(temporary, to: name, in: parent)
    }
    try restore(step.mode, of: name, in: parent, as: .file)
    return true
  }

  /// Gives the entry `name` its permissions back. Where they are that, nothing is asked of one that is
  /// another user's, or on a read-only file system.
  private func restore(
    _ mode: UInt32?, of name: [UInt8], in parent: borrowing Descriptor, as access: Descriptor.Access
  ) throws(SystemError) {
    guard let mode, try parent.status(of: name).map({ $0.mode & 0o7777 }) != mode else { return }
    try Descriptor.open(CString(name), in: parent.rawValue, as: access).setPermissions(mode)
  }

  private func restore(
    _ copy: borrowing Descriptor, _ name: [UInt8], in parent: borrowing Descriptor
  ) throws(SystemError) {
    let file = try parent.create(name, mode: 0o600)
    let descriptor = file.rawValue
    do {
      _ = try copy.forEachPart { (bytes) throws(SystemError) in try Descriptor.write(bytes, to: descriptor) }
    } catch let error as SystemError {
      throw error
    } catch {
      throw SystemError(code: EIO)
    }
  }

  /// Keeps the copy of the step at `index` when the others go; nil where there was no file.
  private func keepCopy(_ index: Int, of journal: PullJournal) throws(SystemError) -> [UInt8]? {
    let copy = journal.copy(String(index), in: memory)
    guard Paths.status(copy) != nil else { return nil }
    let kept = memory.file("kept-\(Hex.lowercase((0..<4).map { _ in UInt8.random(in: 0...255) }))")
    try Paths.link(copy, to: kept)
    return kept
  }
}
