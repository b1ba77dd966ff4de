// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import IgnoreRules
internal import POSIX
internal import Synchronization

/// Scans folders, one after the other, on one thread.
struct WalkWorker: ~Copyable {
  private let walk: Walk
  private var scanner = FolderScanner()
  private var probe = FormatProbe()
  /// The anchored path of the entry at hand.
  private var path = WriteBuffer(capacity: 4096)
  // What the folder at hand holds: collected here, so that the folder's own arrays are made once and fit.
  private var names: [UInt8] = []
  private var children: [WalkedFolder.Child] = []
  private var tracking = FolderTracking.unknown

  init(_ walk: Walk) { self.walk = walk }

  /// Scans what the queue gives until it gives nothing more.
  mutating func run(onBacklog: () -> Void = {}) {
    var batch: [WalkedFolder] = []
    while true {
      if batch.isEmpty { walk.queue.next(into: &batch) }
      guard let folder = batch.popLast() else { return }
      do throws(SourceTreeError) {
        try scan(folder)
        if walk.queue.finished(folder) > Walk.backlogForThreads { onBacklog() }
      } catch {
        walk.queue.failed(error)
        // The others are not scanned any more, and waited for by nobody.
        for _ in batch { walk.queue.gaveUp() }
        batch = []
      }
    }
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
    names.removeAll(keepingCapacity: true)
    children.removeAll(keepingCapacity: true)
    let context = folder.context
    tracking = .unknown
    for name in scanner.names {
      path.truncate(to: basename)
      scanner.append(name, to: &path)
      try take(name, basename: basename, in: folder, context, handle, keepsOpen: keepsOpen)
    }
    folder.names.reserveCapacity(names.count)
    folder.names.append(contentsOf: names)
    folder.children.reserveCapacity(children.count)
    folder.children.append(contentsOf: children)
  }

  /// Changes to the rules of a nested repository, and adds the folder's own ignore file.
  private func enterRules(of folder: WalkedFolder, _ handle: FolderHandle) {
    guard folder.context.gitExclusion == nil, !folder.context.isAlwaysIn else { return }
    var hasIgnoreFile = false
    for name in scanner.names where name.count <= 10 && scanner.bytes[name.offset] == UInt8(ascii: ".") {
      let bytes = scanner.bytes[name.offset..<(name.offset + name.count)]
      if bytes.elementsEqual(".git".utf8), !folder.path.isEmpty {
        let worktree = Paths.join(walk.root, folder.path)
        if let directories = GitDirectories(worktree: worktree) {
          let repository = Repository(directories, environment: walk.options.git, root: walk.root)
          folder.context.repository = repository
          folder.context.chain = repository.rules
          folder.context.worktreeStart = walk.prefix.count + folder.path.count + 1
        }
      }
      // git reads an ignore file in the tree only where it is a file: a link could lead anywhere.
      if bytes.elementsEqual(".gitignore".utf8), name.kind == .file { hasIgnoreFile = true }
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

  /// Decides about one name and takes it into the folder's children if it is in.
  private mutating func take(
    _ name: FolderScanner.Name, basename: Int, in folder: WalkedFolder, _ context: FolderContext,
    _ handle: FolderHandle, keepsOpen: Bool
  ) throws(SourceTreeError) {
    var known = tracking
    let decision = walk.decider.decide(
      path.span, basename: basename, isFolder: name.kind == .folder, context: context, &known)
    tracking = known
    if decision.outcome == .excluded || (decision.outcome == .entered && name.kind != .folder) {
      if walk.options.recordsExcluded, let rule = decision.rule {
        folder.excluded.append(
          Plan.Excluded(path: relativePath, isFolder: name.kind == .folder, rule: rule))
      }
      return
    }
    guard let target = try target(of: name, in: folder, handle) else { return }
    guard Self.isUTF8(path.span.extracting(basename...)) else {
      throw SourceTreeError(.nameNotUTF8, path: relativePath)
    }
    var child = WalkedFolder.Child(
      kind: .file, rule: -1, nameOffset: Int32(names.count), nameCount: UInt16(name.count))
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
          let found = try probe.format(
            of: CString(scanner.bytes[name.offset..<(name.offset + name.count)]),
            in: handle.descriptor.number,
            isLink: name.kind == .link)
          (child.format, child.byteCount) = (found.format, found.byteCount)
        } catch {
          let code: SourceTreeError.Code = error.code == ENOENT ? .vanished : .unreadable
          throw SourceTreeError(code, path: relativePath, system: error)
        }
      }
    }
    scanner.append(endedByNUL: name, to: &names)
    children.append(child)
    if child.kind != .folder || decision.outcome == .included { folder.noteFilled() }
  }

  /// What a name that is in leads to.
  private enum Target {
    case file
    case folder(linkedReal: [UInt8]?)
  }

  /// Nil for what is passed over with a warning.
  private func target(
    of name: FolderScanner.Name, in folder: WalkedFolder, _ handle: FolderHandle
  ) throws(SourceTreeError) -> Target? {
    switch name.kind {
    case .file: return .file
    case .folder: return .folder(linkedReal: nil)
    case .special:
      walk.queue.warn(WalkWarning(kind: .specialFile, path: relativePath))
      return nil
    case .link:
      let target = try LinkTarget.follow(
        CString(scanner.bytes[name.offset..<(name.offset + name.count)]), path: relativePath, in: folder,
        descriptor: handle.descriptor.number, root: walk.root, options: walk.options)
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
    of folder: WalkedFolder, basename: Int, linkedReal: [UInt8]?, decision: Decider.Decision,
    handle: FolderHandle?
  ) -> WalkedFolder {
    WalkedFolder(
      parent: folder, path: relativePath, basename: basename - walk.prefix.count, linkedReal: linkedReal,
      context: folder.context.entering(by: decision), parentHandle: handle)
  }

  private var relativePath: [UInt8] { path.array(from: walk.prefix.count) }

  private static func isUTF8(_ bytes: Span<UInt8>) -> Bool {
    for index in bytes.indices where bytes[index] >= 0x80 {
      return (try? UTF8Span(validating: bytes)) != nil
    }
    return true
  }
}
