// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Git
internal import IgnoreRules
internal import Synchronization
internal import SystemIO

/// Scans directories, one after the other, on one thread.
struct WalkWorker: ~Copyable {
  /// A name that is in, or may be.
  private struct Candidate {
    let name: DirectoryScanner.Name
    /// The index of its decision; -1 where nothing speaks about it.
    let decision: Int32
  }

  private let walk: Walk
  private var scanner = DirectoryScanner()
  private var probe = FormatProbe()
  private var filler = ChunkFiller()
  /// The anchored path of the entry at hand.
  private var path = WriteBuffer(capacity: 4096)
  // Of the directory at hand.
  private var candidates: [Candidate] = []
  private var decisions: [InclusionRules.Decision] = []

  init(_ walk: Walk) { self.walk = walk }

  /// Scans what the queue gives until it gives nothing more.
  mutating func run(onBacklog: () -> Void = {}) {
    var batch: [WalkedDirectory] = []
    // The queue is told of directories without subdirectories when the batch is done: no thread waits for
    // them.
    var progress = WalkQueue.Progress()
    while true {
      if batch.isEmpty {
        if progress.directories > 0 { _ = walk.queue.finished(&progress, with: []) }
        walk.queue.next(into: &batch)
      }
      guard let directory = batch.popLast() else { break }
      do throws(SourceTreeError) {
        try scan(directory)
        progress.directories += 1
        progress.entries += directory.childCount
        progress.nameBytes += filler.nameBytes
        if !directory.subdirectories.isEmpty,
          walk.queue.finished(&progress, with: directory.subdirectories) > Walk.backlogForThreads
        {
          onBacklog()
        }
      } catch {
        // The rest of the batch is not scanned any more, and no thread waits for it.
        walk.queue.failed(error, with: progress.directories + 1 + batch.count)
        progress = WalkQueue.Progress()
        batch = []
      }
    }
    filler.finish()
  }

  private mutating func scan(_ directory: WalkedDirectory) throws(SourceTreeError) {
    let handle = DirectoryHandle(try walk.open(directory))
    directory.parentHandle = nil
    do throws(SystemError) {
      try scanner.scan(handle.descriptor)
    } catch {
      throw SourceTreeError(.unreadable, path: directory.path, system: error)
    }
    enterRules(of: directory, handle)
    let keepsOpen = DirectoryHandle.openCount.load(ordering: .relaxed) < DirectoryHandle.openLimit
    path.truncate(to: 0)
    path.append(walk.prefix)
    path.append(directory.path)
    if !directory.path.isEmpty { path.append("/") }
    let basename = path.count
    decide(in: directory, basename: basename)
    // Only what is left needs an order.
    sortCandidates()
    filler.begin()
    let isPlain = walk.options.detail == .names
    for index in candidates.indices {
      let candidate = candidates[index]
      if isPlain, candidate.decision < 0, case .file = candidate.name.kind,
        Self.isASCII(scanner.bytes(of: candidate.name))
      {
        filler.append(WalkedDirectory.Child(kind: .file, rule: -1), candidate.name, in: scanner)
        continue
      }
      set(candidate.name, basename: basename)
      let decision = candidate.decision < 0 ? Self.plain : decisions[Int(candidate.decision)]
      try take(
        candidate.name, decision, basename: basename, in: directory, handle, keepsOpen: keepsOpen)
    }
    filler.end(directory)
  }

  private static let plain = InclusionRules.Decision(outcome: .included, rule: nil)

  private mutating func set(_ name: DirectoryScanner.Name, basename: Int) {
    path.truncate(to: basename)
    scanner.append(name, to: &path)
  }

  /// Finds the candidates among the names.
  private mutating func decide(in directory: WalkedDirectory, basename: Int) {
    candidates.removeAll(keepingCapacity: true)
    decisions.removeAll(keepingCapacity: true)
    let context = directory.context
    let mayBeQuick = walk.inclusionRules.allowsQuickDecisions(context, basename: basename)
    var tracking = DirectoryTracking.unknown
    for index in scanner.names.indices {
      let name = scanner.names[index]
      set(name, basename: basename)
      if mayBeQuick {
        switch walk.inclusionRules.quickDecision(
          path.span, basename: basename, isDirectory: name.isDirectory, context: context, &tracking)
        {
        case .included:
          candidates.append(Candidate(name: name, decision: -1))
          continue
        case .excluded: continue
        case .unclear: break
        }
      }
      let decision = walk.inclusionRules.decide(
        path.span, basename: basename, isDirectory: name.isDirectory, context: context)
      if decision.outcome == .excluded || (decision.outcome == .entered && !name.isDirectory) {
        if walk.options.recordsExcluded, let rule = decision.rule {
          directory.excluded.append(
            Plan.Excluded(path: relativePath, isDirectory: name.isDirectory, rule: rule))
        }
      } else {
        candidates.append(Candidate(name: name, decision: Int32(decisions.count)))
        decisions.append(decision)
      }
    }
  }

  private mutating func sortCandidates() {
    var sorted: [Candidate] = []
    swap(&sorted, &candidates)
    sorted.sort { scanner.precedes($0.name, $1.name) }
    swap(&sorted, &candidates)
  }

  private static let ignoreFile = Array(".gitignore".utf8)
  /// What both ".git" and ".gitignore" begin with.
  private static let ignoreHead = FixedRules.repository.reduce(UInt64(0)) { $0 << 8 | UInt64($1) }

  /// Changes to the rules of a nested repository, and adds the directory's own ignore file.
  private func enterRules(of directory: WalkedDirectory, _ handle: DirectoryHandle) {
    guard directory.context.gitExclusion == nil, !directory.context.isAlwaysIn else { return }
    var hasIgnoreFile = false
    for name in scanner.names where name.head >> 32 == Self.ignoreHead {
      if name.count == FixedRules.repository.count, !directory.path.isEmpty {
        let worktree = Paths.join(walk.root, directory.path)
        if let directories = GitDirectories(worktree: worktree) {
          let repository = Repository(directories, environment: walk.options.git, root: walk.root)
          directory.context.repository = repository
          directory.context.chain = repository.rules
          directory.context.worktreeStart = walk.prefix.count + directory.path.count + 1
        }
      }
      // git reads an ignore file in the tree only where it is a file: a link could lead anywhere.
      if name.kind == .file, scanner.bytes(of: name).equals(Self.ignoreFile) { hasIgnoreFile = true }
    }
    guard hasIgnoreFile, let contents = Paths.contents(".gitignore", in: handle.descriptor, as: .file) else {
      return
    }
    let list = PatternList(
      contents: contents.span,
      name: String(decoding: Paths.join(directory.path, Array(".gitignore".utf8)), as: UTF8.self),
      ignoringCase: directory.context.repository?.ignoringCase ?? walk.ignoringCase)
    guard !list.patterns.isEmpty else { return }
    let anchored = walk.prefix.count + (directory.path.isEmpty ? 0 : directory.path.count + 1)
    directory.context.chain = RuleChain(
      list, baseCount: anchored - directory.context.worktreeStart, parent: directory.context.chain)
  }

  /// Takes the name that `path` stands at, which is in by `decision`, into the directory's children.
  private mutating func take(
    _ name: DirectoryScanner.Name, _ decision: InclusionRules.Decision, basename: Int,
    in directory: WalkedDirectory,
    _ handle: DirectoryHandle, keepsOpen: Bool
  ) throws(SourceTreeError) {
    guard let target = try target(of: name, in: directory, handle) else { return }
    guard (try? UTF8Span(validating: path.span.extracting(basename...))) != nil else {
      throw SourceTreeError(.nameNotUTF8, path: relativePath)
    }
    var child = WalkedDirectory.Child(kind: .file, rule: -1)
    if let rule = decision.rule { child.rule = walk.queue.number(of: rule) }
    switch target {
    case .directory(let real):
      child.kind = .directory
      child.directory = Int32(directory.subdirectories.count)
      directory.subdirectories.append(
        subdirectory(
          of: directory, basename: basename, linkedReal: real, decision: decision,
          handle: keepsOpen ? handle : nil))
    case .file:
      child.kind = name.kind == .link ? .linkedFile : .file
      if walk.options.detail == .formats {
        do throws(SystemError) {
          let found = try scanner.withCString(of: name) { file throws(SystemError) in
            try probe.format(of: file, in: handle.descriptor.rawValue, isLink: name.kind == .link)
          }
          (child.format, child.byteCount) = (found.format, found.byteCount)
        } catch {
          let code: SourceTreeError.Code = error.code == ENOENT ? .vanished : .unreadable
          throw SourceTreeError(code, path: relativePath, system: error)
        }
      }
    }
    filler.append(child, name, in: scanner)
    if child.kind != .directory || decision.outcome == .included { directory.noteFilled() }
  }

  /// What a name that is in leads to.
  private enum Target {
    case file
    case directory(linkedReal: [UInt8]?)
  }

  /// Nil for what is passed over with a warning.
  private func target(
    of name: DirectoryScanner.Name, in directory: WalkedDirectory, _ handle: DirectoryHandle
  ) throws(SourceTreeError) -> Target? {
    switch name.kind {
    case .file: return .file
    case .directory: return .directory(linkedReal: nil)
    case .special:
      walk.queue.warn(WalkWarning(kind: .specialFile, path: relativePath))
      return nil
    case .link:
      let target = try scanner.withCString(of: name) { link throws(SourceTreeError) in
        try LinkTarget.follow(
          link, path: relativePath, in: directory, descriptor: handle.descriptor.rawValue, root: walk.root,
          options: walk.options)
      }
      switch target {
      case .file: return .file
      case .directory(let real): return .directory(linkedReal: real)
      case .special:
        walk.queue.warn(WalkWarning(kind: .specialFile, path: relativePath))
        return nil
      case .broken:
        walk.queue.warn(WalkWarning(kind: .brokenLink, path: relativePath))
        return nil
      }
    }
  }

  private func subdirectory(
    of directory: WalkedDirectory, basename: Int, linkedReal: [UInt8]?, decision: InclusionRules.Decision,
    handle: DirectoryHandle?
  ) -> WalkedDirectory {
    WalkedDirectory(
      parent: directory, path: relativePath, basename: basename - walk.prefix.count, linkedReal: linkedReal,
      context: directory.context.entering(by: decision), parentHandle: handle)
  }

  private var relativePath: [UInt8] { path.array(from: walk.prefix.count) }

  private static func isASCII(_ bytes: Span<UInt8>) -> Bool {
    var all: UInt8 = 0
    for index in bytes.indices { all |= bytes[index] }
    return all < 0x80
  }
}
