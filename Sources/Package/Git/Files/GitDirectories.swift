// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

package import SystemIO

/// Where a repository keeps what: a linked work tree and a submodule have a `.git` file that points elsewhere
/// (gitrepository-layout(5)).
package struct GitDirectories: Sendable {
  /// The top of the work tree, absolute.
  package let worktree: [UInt8]
  /// The work tree's own git directory: HEAD and the index.
  package let git: [UInt8]
  /// What all work trees of the repository share: config and info/exclude.
  package let common: [UInt8]

  /// The repository whose work tree begins at `worktree`; nil where there is no `.git`, or only a directory
  /// of that name that is no repository.
  ///
  /// - Throws: where `.git` names a repository that can't be read. git refuses to work there.
  package init?(worktree: [UInt8]) throws(BrokenGitFile) {
    let dotGit = Paths.join(worktree, Array(".git".utf8))
    guard let status = Paths.status(dotGit) else {
      if let target = try? Paths.readLink(CString(dotGit), in: AT_FDCWD) {
        throw BrokenGitFile(path: dotGit, cause: .leadsNowhere(target))
      }
      return nil
    }
    guard status.isDirectory || status.isRegular else { return nil }
    var directory = dotGit
    var target: [UInt8]?
    if status.isRegular {
      let found = try Self.target(ofGitFile: dotGit)
      directory = Paths.join(worktree, found)
      target = found
    }
    let common = Self.common(of: directory)
    guard Self.isRepository(directory, common: common) else {
      if let file = BlockingFile(Paths.join(directory, Array("HEAD".utf8))) {
        throw BrokenGitFile(path: dotGit, cause: .blocking(file))
      }
      if let error = Self.obstacle(directory, common: common) {
        throw BrokenGitFile(path: dotGit, cause: .unreadable(error))
      }
      if let target { throw BrokenGitFile(path: dotGit, cause: .leadsNowhere(target)) }
      return nil
    }
    self.init(worktree: worktree, git: directory, common: common)
  }

  /// What all work trees share of the repository whose own directory is `git` (gitrepository-layout(5)).
  package static func common(of git: [UInt8]) -> [UInt8] {
    guard let shared = Paths.contents(Paths.join(git, Array("commondir".utf8))) else { return git }
    return Paths.join(git, withoutLineEnd(shared))
  }

  /// The repository with these directories.
  init(worktree: [UInt8], git: [UInt8], common: [UInt8]) {
    self.worktree = worktree
    self.git = git
    self.common = common
  }

  /// Its configuration.
  var configFile: [UInt8] { Paths.join(common, Array("config".utf8)) }

  /// That of this work tree alone.
  var worktreeConfigFile: [UInt8] { Paths.join(git, Array("config.worktree".utf8)) }

  /// The same with the work tree that `config` names, where `path` lies in it: git works nowhere else then.
  /// For a linked work tree git passes over what all of them share.
  package func placed(by config: GitConfig, holding path: [UInt8]) -> GitDirectories {
    guard git == common || config.hasWorktreeConfig, let named = config.worktree,
      let top = try? Paths.resolved(Paths.join(git, named)),
      top != worktree, Paths.isInside(path, worktree), Paths.isInside(path, top)
    else { return self }
    return GitDirectories(worktree: top, git: git, common: common)
  }

  /// Whether it is a work tree of the same repository as `other`.
  package func shares(_ other: GitDirectories) -> Bool {
    guard let mine = Paths.status(common), let theirs = Paths.status(other.common) else { return false }
    return mine.identity == theirs.identity
  }

  private static func target(ofGitFile path: [UInt8]) throws(BrokenGitFile) -> [UInt8] {
    let file: [UInt8]
    do throws(SystemError) {
      // As much as git reads of such a file.
      file = try Descriptor.open(CString(path), as: .fileThroughLinks).readAll(limit: 1 << 20)
    } catch {
      throw BrokenGitFile(path: path, cause: error.code == EFBIG ? .malformed : .unreadable(error))
    }
    guard file.starts(with: "gitdir: ".utf8) else { throw BrokenGitFile(path: path, cause: .malformed) }
    return withoutLineEnd(Array(file.dropFirst("gitdir: ".utf8.count)))
  }

  /// What a file says that holds a path; a newline in it is part of the path.
  static func withoutLineEnd(_ contents: [UInt8]) -> [UInt8] {
    var path = contents
    while path.last == UInt8(ascii: "\n") || path.last == UInt8(ascii: "\r") { path.removeLast() }
    return path
  }

  /// What git asks of a repository: a HEAD that is a reference or an object's name, objects and refs.
  private static func isRepository(_ directory: [UInt8], common: [UInt8]) -> Bool {
    isHead(Paths.join(directory, Array("HEAD".utf8)))
      && Paths.status(Paths.join(common, Array("objects".utf8)))?.isDirectory == true
      && Paths.status(Paths.join(common, Array("refs".utf8)))?.isDirectory == true
  }

  /// Whether git takes the file at `path` for a HEAD: a link into refs/, `ref:` and a name in refs/, or the
  /// name of an object.
  private static func isHead(_ path: [UInt8]) -> Bool {
    if let target = try? Paths.readLink(CString(path), in: AT_FDCWD) {
      return target.starts(with: "refs/".utf8)
    }
    let head = Paths.contents(path) ?? []
    if head.starts(with: "ref:".utf8) {
      let name = head.dropFirst(4).drop { [0x20, 0x09, 0x0A, 0x0D].contains($0) }
      if name.starts(with: "refs/".utf8) { return true }
    }
    return head.count >= 40 && head.prefix(40).allSatisfy { isHexDigit($0) }
  }

  /// Why the parts of a repository can't be looked at, where permissions are in the way.
  private static func obstacle(_ directory: [UInt8], common: [UInt8]) -> SystemError? {
    let head = Paths.join(directory, Array("HEAD".utf8))
    do throws(SystemError) {
      _ = try Paths.status(CString(Paths.join(common, Array("objects".utf8))))
      if try Paths.status(CString(head), followingLinks: false).isRegular {
        _ = try Descriptor.open(CString(head), as: .file)
      }
      return nil
    } catch {
      return error.code == EACCES || error.code == EPERM ? error : nil
    }
  }

  private static func isHexDigit(_ byte: UInt8) -> Bool {
    (byte >= 0x30 && byte <= 0x39) || (byte | 0x20 >= 0x61 && byte | 0x20 <= 0x66)
  }
}

/// A `.git` that names a repository which can't be read: git works nowhere below it, and its ignore rules are
/// unknown.
package struct BrokenGitFile: Error, Equatable {
  package enum Cause: Equatable, Sendable {
    /// It leads to this path, where there is no repository.
    case leadsNowhere([UInt8])
    /// It is a file without a line "gitdir: …".
    case malformed
    case unreadable(SystemError)
    /// git would not have done with this file in it.
    case blocking(BlockingFile)
  }

  package let path: [UInt8]
  package let cause: Cause
}
