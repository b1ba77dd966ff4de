// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import SourcePackage
internal import SystemIO

/// Changes a directory as a whole or not at all. Blocks.
struct PullTransaction {
  /// One change, with what it needs.
  struct Change {
    enum Kind {
      case remove
      case removeDirectory
      case makeDirectory
      case write(Content, isExecutable: Bool?)
    }

    enum Content {
      /// That of the file itself: only its permissions change.
      case own
      /// These bytes.
      case bytes([UInt8])
      /// The file of this name on the platform.
      case remote([UInt8])
    }

    let path: [UInt8]
    let kind: Kind
    /// The identity of what the file holds now; nil where nothing must be there.
    var before: [UInt8]?
    /// The identity of what it is to hold.
    var after: [UInt8]?
  }

  let memory: DirectoryMemory
  let remote: RemoteContents
  let cancellation: CancellationFlag
  /// Told of files that could not be made what they were, where the changes fail.
  var onNote: (PullOutcome.Note) -> Void = { _ in }
  /// For tests: whether the process ends before the change of this number, as by `kill -9`.
  var endsBefore: (_ change: Int) -> Bool = { _ in false }

  /// Makes `changes`, in their order, and lets `remember` keep what is to be remembered of it.
  ///
  /// - Parameters:
  ///   - isNew: whether the directory is made by this.
  ///   - memories: the names of the memory's files that `remember` changes.
  /// - Throws: why nothing has changed.
  func carryOut(
    _ changes: [Change], isNew: Bool, memories: [String], remember: () throws(SystemError) -> Void
  ) throws(DeployError) {
    let journal: PullJournal
    do throws(DeployError) { journal = try prepare(changes, isNew: isNew, memories: memories) } catch {
      // The pull before can be undone still.
      try? PullJournal.removeStrayCopies(from: memory)
      throw error
    }
    var isEnded = false
    do throws(DeployError) {
      if isNew { try makeDirectory() }
      let work = try WorkDirectory.open(memory.directory)
      for (index, (change, step)) in zip(changes, journal.steps).enumerated() {
        isEnded = endsBefore(index)
        if isEnded || cancellation.isCancelled { throw .interrupted }
        try at(change.path) { () throws(DeployError) in try carryOut(change, step, index, journal, work) }
      }
      isEnded = endsBefore(changes.count)
      if isEnded { throw .interrupted }
      do throws(SystemError) {
        try remember()
        isEnded = endsBefore(changes.count + 1)
        if isEnded { throw SystemError(code: EINTR) }
        try journal.finish(in: memory)
      } catch {
        throw .memory(TerminalText.utf8(memory.place), error)
      }
    } catch {
      if isEnded { throw error }
      let kept: [(path: [UInt8], copy: [UInt8]?)]
      let cause = error
      do throws(DeployError) { kept = try PullRecovery(memory).undo() } catch {
        // The journal is there still.
        throw .pull(
          .halfUndone(
            memory.directory, isNew: isNew, cause: Diagnosis(cause).summary,
            obstacle: Diagnosis(error).summary))
      }
      for file in kept { onNote(.kept(file.path, copy: file.copy)) }
      throw error
    }
  }

  private func makeDirectory() throws(DeployError) {
    do throws(SystemError) { try Paths.makeDirectory(memory.directory, mode: 0o777) } catch {
      throw .output(TerminalText.utf8(memory.directory), error)
    }
  }

  /// Copies what will be replaced or removed, and writes the journal.
  private func prepare(
    _ changes: [Change], isNew: Bool, memories: [String]
  ) throws(DeployError) -> PullJournal {
    let id = PullJournal.newID()
    do throws(SystemError) {
      try PullJournal.removeStrayCopies(from: memory)
      try Paths.makeDirectory(memory.file(PullJournal.copies(for: id)), mode: 0o700)
    } catch {
      throw .memory(TerminalText.utf8(memory.place), error)
    }
    var steps: [PullJournal.Step] = []
    if isNew {
      steps = changes.map { Self.step($0) }
    } else {
      let work = try WorkDirectory.open(memory.directory)
      for (index, change) in changes.enumerated() {
        if cancellation.isCancelled { throw .interrupted }
        try at(change.path) { () throws(DeployError) in steps.append(try step(change, index, id, work)) }
      }
    }
    do throws(SystemError) {
      for name in memories {
        guard let contents = Paths.contents(memory.file(name)) else { continue }
        try OutputFile.write(contents, to: PullJournal.copy(name, of: id, in: memory), mode: 0o600)
      }
      try Descriptor.open(CString(memory.file(PullJournal.copies(for: id))), as: .directory).synchronize()
      let journal = PullJournal(steps, id: id, of: memory, isNew: isNew, memories: memories)
      try journal.write(in: memory)
      return journal
    } catch {
      throw .memory(TerminalText.utf8(memory.place), error)
    }
  }

  /// Names `path` in what the system says.
  private func at(_ path: [UInt8], _ body: () throws(DeployError) -> Void) throws(DeployError) {
    do throws(DeployError) { try body() } catch {
      if case .spool(let cause) = error { throw .output(TerminalText.utf8(path), cause) }
      throw error
    }
  }

  /// The step of `change`, of a file that is not there.
  private static func step(_ change: Change) -> PullJournal.Step {
    let path = String(decoding: change.path, as: UTF8.self)
    return switch change.kind {
    case .makeDirectory: PullJournal.Step(kind: .makeDirectory, path: path)
    case .removeDirectory: PullJournal.Step(kind: .removeDirectory, path: path)
    case .remove: PullJournal.Step(kind: .remove, path: path)
    case .write:
      PullJournal.Step(kind: .write, path: path, after: change.after.map { Hex.lowercase($0) })
    }
  }

  private func step(
    _ change: Change, _ index: Int, _ id: String, _ work: borrowing WorkDirectory
  ) throws(DeployError) -> PullJournal.Step {
    var step = Self.step(change)
    if step.kind == .makeDirectory { return step }
    if step.kind == .removeDirectory {
      step.mode = (try? work.status(change.path))?.map { $0.mode & 0o7777 }
      return step
    }
    var failedCopy: SystemError?
    do throws(SystemError) {
      let status = try work.status(change.path)
      guard let before = change.before else {
        // What is removed before it, or made a directory, is a change of its own.
        if let status, !status.isDirectory { throw SystemError(code: EEXIST) }
        return step
      }
      guard status?.isRegular == true else { throw SystemError(code: ESTALE) }
      let file = try work.open(change.path)
      let copy = PullJournal.copy(String(index), of: id, in: memory)
      guard try Self.copy(file, to: copy, failure: &failedCopy) == before else {
        throw SystemError(code: ESTALE)
      }
      step.before = Hex.lowercase(before)
      step.mode = try file.status().mode & 0o7777
      return step
    } catch {
      if let failedCopy { throw .memory(TerminalText.utf8(memory.place), failedCopy) }
      if error.code == ESTALE || error.code == EEXIST { throw .pull(.changedMeanwhile(change.path)) }
      throw .spool(error)
    }
  }

  /// Copies `file`, and returns the identity of what it held; `failure` is why the copy can't be written.
  private static func copy(
    _ file: borrowing Descriptor, to path: [UInt8], failure: inout SystemError?
  ) throws(SystemError) -> [UInt8] {
    func written<Value: ~Copyable>(
      _ body: () throws(SystemError) -> Value
    ) throws(SystemError) -> Value {
      do throws(SystemError) { return try body() } catch {
        failure = error
        throw error
      }
    }
    let output = try written { () throws(SystemError) in try OutputFile.open(path, mode: 0o600) }
    var unread: SystemError?
    let descriptor = output.descriptor.rawValue
    let byteCount = try file.status().byteCount
    let identity = try? Manifest.Entry.identity(byteCount: byteCount) { emit in
      do {
        _ = try file.forEachPart { bytes in
          // SAFETY: bytes have no padding; the array lives as long as the call.
          try emit(unsafe bytes.span.bytes)
          try written { () throws(SystemError) in try Descriptor.write(bytes, to: descriptor) }
        }
      } catch let error as SystemError {
        unread = error
        throw error
      }
    }
    if let unread { throw unread }
    // The journal relies on it, also after a power failure.
    do throws(SystemError) {
      try output.descriptor.synchronize()
      try output.commit()
    } catch {
      failure = error
      throw error
    }
    return identity ?? []
  }
}
