// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import SystemIO

/// Where a repository keeps what: a linked work tree and a submodule have a `.git` file that points elsewhere
/// (gitrepository-layout(5)).
package struct GitDirectories: Sendable {
  /// The top of the work tree, absolute.
  package let worktree: [UInt8]
  /// The work tree's own git directory: HEAD and the index.
  package let git: [UInt8]
  /// What all work trees of the repository share: config and info/exclude.
  package let common: [UInt8]

  /// The repository whose work tree begins at `worktree`; nil where its `.git` is missing or no repository.
  package init?(worktree: [UInt8]) {
    let dotGit = Paths.join(worktree, Array(".git".utf8))
    guard let status = Paths.status(dotGit) else { return nil }
    var directory = dotGit
    if !status.isDirectory {
      guard status.isRegular, let target = Self.target(ofGitFile: dotGit) else { return nil }
      directory = Paths.join(worktree, target)
    }
    var common = directory
    if let shared = Paths.contents(Paths.join(directory, Array("commondir".utf8))) {
      common = Paths.join(directory, Self.firstLine(shared))
    }
    guard Self.isRepository(directory, common: common) else { return nil }
    self.worktree = worktree
    git = directory
    self.common = common
  }

  /// The repository that holds `path`, an absolute path without symbolic links: the nearest above it on the
  /// same file system, as git looks for it.
  package static func containing(_ path: [UInt8]) -> GitDirectories? {
    let device = Paths.status(path)?.identity.device
    var current: [UInt8]? = path
    while let directory = current {
      if let found = GitDirectories(worktree: directory) { return found }
      current = Paths.parent(directory)
      if let above = current, Paths.status(above)?.identity.device != device { return nil }
    }
    return nil
  }

  private static func target(ofGitFile path: [UInt8]) -> [UInt8]? {
    guard let contents = Paths.contents(path), contents.starts(with: "gitdir: ".utf8) else { return nil }
    return firstLine(Array(contents.dropFirst("gitdir: ".utf8.count)))
  }

  private static func firstLine(_ bytes: [UInt8]) -> [UInt8] {
    Array(bytes.prefix { $0 != UInt8(ascii: "\n") && $0 != UInt8(ascii: "\r") })
  }

  /// What git asks of a repository: a HEAD that is a reference or an object's name, objects and refs.
  private static func isRepository(_ directory: [UInt8], common: [UInt8]) -> Bool {
    let headPath = Paths.join(directory, Array("HEAD".utf8))
    let head = (try? Paths.readLink(CString(headPath), in: AT_FDCWD)) ?? Paths.contents(headPath) ?? []
    let isReference = head.starts(with: "ref:".utf8) || head.starts(with: "refs/".utf8)
    let isObject = head.count >= 40 && head.prefix(40).allSatisfy { isHexDigit($0) }
    return (isReference || isObject)
      && Paths.status(Paths.join(common, Array("objects".utf8)))?.isDirectory == true
      && Paths.status(Paths.join(common, Array("refs".utf8)))?.isDirectory == true
  }

  private static func isHexDigit(_ byte: UInt8) -> Bool {
    (byte >= 0x30 && byte <= 0x39) || (byte | 0x20 >= 0x61 && byte | 0x20 <= 0x66)
  }
}
