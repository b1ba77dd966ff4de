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
  func enterRules(of directory: WalkedDirectory, _ handle: DirectoryHandle) {
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
}
