// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Git
internal import IgnoreRules
internal import SystemIO

extension Walk {
  private static let ignoreFileName = Array(".gitignore".utf8)

  /// Changes to the rules of a repository that begins at `directory`, and adds the directory's own ignore
  /// file.
  ///
  /// - Parameters:
  ///   - handle: the open directory; nil where it does not exist.
  ///   - hasRepository: whether something in it is called `.git`.
  ///   - ignoreFile: what its `.gitignore` is. git reads only a file: a link could lead anywhere.
  func enterRules(
    of directory: WalkedDirectory, _ handle: DirectoryHandle?, hasRepository: Bool,
    ignoreFile: DirectoryScanner.Kind?
  ) throws(SourceTreeError) {
    guard directory.context.gitExclusion == nil else { return }
    if hasRepository, !directory.path.isEmpty, !directory.context.isAlwaysIn {
      try enterRepository(directory)
      if directory.exclusion != nil { return }
    }
    var readable: DirectoryHandle?
    switch ignoreFile {
    case .file?: readable = handle
    case nil: break
    case .directory?, .link?, .special?:
      queue.warn(WalkWarning(kind: .ignoreFileNotRegular, path: ignoreFilePath(of: directory)))
    }
    guard let contents = ignoreFileContents(of: directory, readable) else { return }
    let list = PatternList(
      contents: contents.span, name: String(decoding: ignoreFilePath(of: directory), as: UTF8.self),
      ignoringCase: directory.context.repository?.ignoringCase ?? ignoringCase)
    guard !list.patterns.isEmpty else { return }
    let anchored = prefix.count + (directory.path.isEmpty ? 0 : directory.path.count + 1)
    directory.context.chain = RuleChain(
      list, baseCount: anchored - directory.context.worktreeStart, parent: directory.context.chain)
  }

  private func ignoreFilePath(of directory: WalkedDirectory) -> [UInt8] {
    Paths.join(directory.path, Self.ignoreFileName)
  }

  /// The contents of the ignore file in the open directory; where it has none (nil), of the one in the index
  /// that a sparse checkout has left out.
  private func ignoreFileContents(of directory: WalkedDirectory, _ handle: DirectoryHandle?) -> [UInt8]? {
    guard let handle else {
      guard let missing = directory.context.repository?.missingIgnoreFiles else { return nil }
      var path = prefix + directory.path
      if !directory.path.isEmpty { path.append(UInt8(ascii: "/")) }
      return missing[Array(path.dropFirst(directory.context.worktreeStart))]
    }
    let limit = IgnoreFile.byteLimit
    guard let contents = Paths.contents(".gitignore", in: handle.descriptor, as: .file, limit: limit) else {
      let status = try? handle.descriptor.status(of: Self.ignoreFileName)
      queue.warn(
        WalkWarning(kind: IgnoreFile.kind(ofUnread: status ?? nil), path: ignoreFilePath(of: directory)))
      return nil
    }
    if IgnoreFile.isUTF16(contents) {
      queue.warn(WalkWarning(kind: .ignoreFileNotText, path: ignoreFilePath(of: directory)))
    }
    return contents
  }

  /// Changes to the rules of the repository that begins at `directory`, or leaves it out as a linked work
  /// tree of the one around it.
  private func enterRepository(_ directory: WalkedDirectory) throws(SourceTreeError) {
    let found: GitDirectories?
    do throws(BrokenGitFile) {
      found = try GitDirectories(worktree: Paths.join(root, directory.path))
    } catch {
      var target: [UInt8] = []
      if case .leadsNowhere(let path) = error.cause { target = path }
      queue.warn(WalkWarning(kind: .brokenGitFile(target: target), path: directory.path))
      return
    }
    guard let found else { return }
    if let outer = directory.context.repository, directory.context.actorLine == nil {
      if found.shares(outer.directories), !options.includesWorktrees {
        queue.warn(WalkWarning(kind: .linkedWorktree, path: directory.path))
        directory.leaveOut(by: .worktree)
        return
      }
      let path = Array((prefix + directory.path).dropFirst(directory.context.worktreeStart))
      if !found.shares(outer.directories), !outer.tracked.containsSubmodule(path.span) {
        queue.warn(WalkWarning(kind: .nestedRepository, path: directory.path))
      }
    }
    let repository = try Repository(found, environment: options.git, root: root) {
      [queue] in queue.warn($0)
    }
    directory.context.repository = repository
    directory.context.chain = repository.rules
    directory.context.worktreeStart = prefix.count + directory.path.count + 1
  }
}
