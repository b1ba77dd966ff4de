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
    var batch: [WalkedFolder] = []
    // The queue is told of directories without subdirectories when the batch is done: no thread waits for
    // them.
    var progress = WalkQueue.Progress()
    while true {
      if batch.isEmpty {
        if progress.folders > 0 { _ = walk.queue.finished(&progress, with: []) }
        walk.queue.next(into: &batch)
      }
      guard let folder = batch.popLast() else { break }
      do throws(SourceTreeError) {
        try scan(folder)
        progress.folders += 1
        progress.entries += folder.childCount
        progress.nameBytes += filler.nameBytes
        if !folder.folders.isEmpty,
          walk.queue.finished(&progress, with: folder.folders) > Walk.backlogForThreads
        {
          onBacklog()
        }
      } catch {
        // The rest of the batch is not scanned any more, and no thread waits for it.
        walk.queue.failed(error, with: progress.folders + 1 + batch.count)
        progress = WalkQueue.Progress()
        batch = []
      }
    }
    filler.finish()
  }

  private mutating func scan(_ folder: WalkedFolder) throws(SourceTreeError) {
    let handle = FolderHandle(try walk.open(folder))
    folder.parentHandle = nil
    do throws(SystemError) {
      try scanner.scan(handle.descriptor)
    } catch {
      throw SourceTreeError(.unreadable, path: folder.path, system: error)
    }
    enterRules(of: folder, handle)
    let keepsOpen = FolderHandle.openCount.load(ordering: .relaxed) < FolderHandle.openLimit
    path.truncate(to: 0)
    path.append(walk.prefix)
    path.append(folder.path)
    if !folder.path.isEmpty { path.append("/") }
    let basename = path.count
    decide(in: folder, basename: basename)
    // Only what is left needs an order.
    sortCandidates()
    filler.begin()
    let isPlain = walk.options.detail == .names
    for index in candidates.indices {
      let candidate = candidates[index]
      if isPlain, candidate.decision < 0, case .file = candidate.name.kind,
        Self.isASCII(scanner.bytes(of: candidate.name))
      {
        filler.append(WalkedFolder.Child(kind: .file, rule: -1), candidate.name, in: scanner)
        continue
      }
      set(candidate.name, basename: basename)
      let decision = candidate.decision < 0 ? Self.plain : decisions[Int(candidate.decision)]
      try take(
        candidate.name, decision, basename: basename, in: folder, handle, keepsOpen: keepsOpen)
    }
    filler.end(folder)
  }

  private static let plain = InclusionRules.Decision(outcome: .included, rule: nil)

  private mutating func set(_ name: DirectoryScanner.Name, basename: Int) {
    path.truncate(to: basename)
    scanner.append(name, to: &path)
  }

  /// Finds the candidates among the names.
  private mutating func decide(in folder: WalkedFolder, basename: Int) {
    candidates.removeAll(keepingCapacity: true)
    decisions.removeAll(keepingCapacity: true)
    let context = folder.context
    let mayBeQuick = walk.inclusionRules.allowsQuickDecisions(context, basename: basename)
    var tracking = FolderTracking.unknown
    for index in scanner.names.indices {
      let name = scanner.names[index]
      set(name, basename: basename)
      if mayBeQuick {
        switch walk.inclusionRules.quickDecision(
          path.span, basename: basename, isFolder: name.isDirectory, context: context, &tracking)
        {
        case .included:
          candidates.append(Candidate(name: name, decision: -1))
          continue
        case .excluded: continue
        case .unclear: break
        }
      }
      let decision = walk.inclusionRules.decide(
        path.span, basename: basename, isFolder: name.isDirectory, context: context)
      if decision.outcome == .excluded || (decision.outcome == .entered && !name.isDirectory) {
        if walk.options.recordsExcluded, let rule = decision.rule {
          folder.excluded.append(
            Plan.Excluded(path: relativePath, isFolder: name.isDirectory, rule: rule))
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
  private func enterRules(of folder: WalkedFolder, _ handle: FolderHandle) {
    guard folder.context.gitExclusion == nil, !folder.context.isAlwaysIn else { return }
    var hasIgnoreFile = false
    for name in scanner.names where name.head >> 32 == Self.ignoreHead {
      if name.count == FixedRules.repository.count, !folder.path.isEmpty {
        let worktree = Paths.join(walk.root, folder.path)
        if let directories = GitDirectories(worktree: worktree) {
          let repository = Repository(directories, environment: walk.options.git, root: walk.root)
          folder.context.repository = repository
          folder.context.chain = repository.rules
          folder.context.worktreeStart = walk.prefix.count + folder.path.count + 1
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
      name: String(decoding: Paths.join(folder.path, Array(".gitignore".utf8)), as: UTF8.self),
      ignoringCase: folder.context.repository?.ignoringCase ?? walk.ignoringCase)
    guard !list.patterns.isEmpty else { return }
    let anchored = walk.prefix.count + (folder.path.isEmpty ? 0 : folder.path.count + 1)
    folder.context.chain = RuleChain(
      list, baseCount: anchored - folder.context.worktreeStart, parent: folder.context.chain)
  }

  /// Takes the name that `path` stands at, which is in by `decision`, into the directory's children.
  private mutating func take(
    _ name: DirectoryScanner.Name, _ decision: InclusionRules.Decision, basename: Int,
    in folder: WalkedFolder,
    _ handle: FolderHandle, keepsOpen: Bool
  ) throws(SourceTreeError) {
    guard let target = try target(of: name, in: folder, handle) else { return }
    guard (try? UTF8Span(validating: path.span.extracting(basename...))) != nil else {
      throw SourceTreeError(.nameNotUTF8, path: relativePath)
    }
    var child = WalkedFolder.Child(kind: .file, rule: -1)
    if let rule = decision.rule { child.rule = walk.queue.number(of: rule) }
    switch target {
    case .folder(let real):
      child.kind = .folder
      child.folder = Int32(folder.folders.count)
      folder.folders.append(
        subfolder(
          of: folder, basename: basename, linkedReal: real, decision: decision,
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
    if child.kind != .folder || decision.outcome == .included { folder.noteFilled() }
  }

  /// What a name that is in leads to.
  private enum Target {
    case file
    case folder(linkedReal: [UInt8]?)
  }

  /// Nil for what is passed over with a warning.
  private func target(
    of name: DirectoryScanner.Name, in folder: WalkedFolder, _ handle: FolderHandle
  ) throws(SourceTreeError) -> Target? {
    switch name.kind {
    case .file: return .file
    case .directory: return .folder(linkedReal: nil)
    case .special:
      walk.queue.warn(WalkWarning(kind: .specialFile, path: relativePath))
      return nil
    case .link:
      let target = try scanner.withCString(of: name) { link throws(SourceTreeError) in
        try LinkTarget.follow(
          link, path: relativePath, in: folder, descriptor: handle.descriptor.rawValue, root: walk.root,
          options: walk.options)
      }
      switch target {
      case .file: return .file
      case .folder(let real): return .folder(linkedReal: real)
      case .special:
        walk.queue.warn(WalkWarning(kind: .specialFile, path: relativePath))
        return nil
      case .broken:
        walk.queue.warn(WalkWarning(kind: .brokenLink, path: relativePath))
        return nil
      }
    }
  }

  private func subfolder(
    of folder: WalkedFolder, basename: Int, linkedReal: [UInt8]?, decision: InclusionRules.Decision,
    handle: FolderHandle?
  ) -> WalkedFolder {
    WalkedFolder(
      parent: folder, path: relativePath, basename: basename - walk.prefix.count, linkedReal: linkedReal,
      context: folder.context.entering(by: decision), parentHandle: handle)
  }

  private var relativePath: [UInt8] { path.array(from: walk.prefix.count) }

  private static func isASCII(_ bytes: Span<UInt8>) -> Bool {
    var all: UInt8 = 0
    for index in bytes.indices { all |= bytes[index] }
    return all < 0x80
  }
}
