// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Git
internal import IgnoreRules
internal import SystemIO

extension WalkWorker {
  private static let ignoreFile = Array(".gitignore".utf8)
  /// What both ".git" and ".gitignore" begin with.
  private static let ignoreHead = FixedRules.repository.reduce(UInt64(0)) { $0 << 8 | UInt64($1) }

  /// Changes to the rules of a nested repository, and adds the directory's own ignore file.
  func enterRules(of directory: WalkedDirectory, _ handle: DirectoryHandle) throws(SourceTreeError) {
    guard directory.context.gitExclusion == nil else { return }
    var hasIgnoreFile = false
    for name in scanner.names where name.head >> 32 == Self.ignoreHead {
      if name.count == FixedRules.repository.count, !directory.path.isEmpty, !directory.context.isAlwaysIn {
        try enterRepository(directory)
        if directory.exclusion != nil { return }
      }
      // git reads an ignore file in the tree only where it is a file: a link could lead anywhere.
      if name.kind == .file, scanner.bytes(of: name).equals(Self.ignoreFile) { hasIgnoreFile = true }
    }
    guard let contents = ignoreFile(of: directory, handle, exists: hasIgnoreFile) else { return }
    let list = PatternList(
      contents: contents.span, name: String(decoding: ignoreFilePath(of: directory), as: UTF8.self),
      ignoringCase: directory.context.repository?.ignoringCase ?? walk.ignoringCase)
    guard !list.patterns.isEmpty else { return }
    let anchored = walk.prefix.count + (directory.path.isEmpty ? 0 : directory.path.count + 1)
    directory.context.chain = RuleChain(
      list, baseCount: anchored - directory.context.worktreeStart, parent: directory.context.chain)
  }

  private func ignoreFilePath(of directory: WalkedDirectory) -> [UInt8] {
    Paths.join(directory.path, Self.ignoreFile)
  }

  /// The contents of the directory's ignore file: on disk, or where a sparse checkout has left it out, in the
  /// index.
  private func ignoreFile(
    of directory: WalkedDirectory, _ handle: DirectoryHandle, exists: Bool
  ) -> [UInt8]? {
    guard exists else {
      guard let missing = directory.context.repository?.missingIgnoreFiles else { return nil }
      var path = walk.prefix + directory.path
      if !directory.path.isEmpty { path.append(UInt8(ascii: "/")) }
      return missing[Array(path.dropFirst(directory.context.worktreeStart))]
    }
    guard let contents = Paths.contents(".gitignore", in: handle.descriptor, as: .file) else {
      walk.queue.warn(WalkWarning(kind: .ignoreFileUnreadable, path: ignoreFilePath(of: directory)))
      return nil
    }
    if IgnoreFile.isUTF16(contents) {
      walk.queue.warn(WalkWarning(kind: .ignoreFileNotText, path: ignoreFilePath(of: directory)))
    }
    return contents
  }

  /// Changes to the rules of the repository that begins at `directory`, or leaves it out as a linked work
  /// tree of the one around it.
  private func enterRepository(_ directory: WalkedDirectory) throws(SourceTreeError) {
    let found: GitDirectories?
    do throws(BrokenGitFile) {
      found = try GitDirectories(worktree: Paths.join(walk.root, directory.path))
    } catch {
      var target: [UInt8] = []
      if case .leadsNowhere(let path) = error.cause { target = path }
      walk.queue.warn(WalkWarning(kind: .brokenGitFile(target: target), path: directory.path))
      return
    }
    guard let found else { return }
    if let outer = directory.context.repository, directory.context.actorLine == nil {
      if found.shares(outer.directories), !walk.options.includesWorktrees {
        walk.queue.warn(WalkWarning(kind: .linkedWorktree, path: directory.path))
        directory.leaveOut(by: .worktree)
        return
      }
      let path = Array((walk.prefix + directory.path).dropFirst(directory.context.worktreeStart))
      if !found.shares(outer.directories), !outer.tracked.containsSubmodule(path.span) {
        walk.queue.warn(WalkWarning(kind: .nestedRepository, path: directory.path))
      }
    }
    let repository = try Repository(found, environment: walk.options.git, root: walk.root) {
      [queue = walk.queue] in queue.warn($0)
    }
    directory.context.repository = repository
    directory.context.chain = repository.rules
    directory.context.worktreeStart = walk.prefix.count + directory.path.count + 1
  }
}
