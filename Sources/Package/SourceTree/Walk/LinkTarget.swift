// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import SystemIO

/// What a symbolic link in the tree leads to, once it is known to be allowed.
enum LinkTarget {
  case file
  case directory(real: [UInt8])
  case special
  /// Nothing, where that is to be passed over.
  case broken
  /// Nothing, but to say that an editor has the file open that it is named after.
  case editorLock
  /// The link itself is gone.
  case vanished

  /// Follows the link `name` in `directory` as the system does, and refuses where it leads: out of `root`,
  /// into .git, nowhere, or in circles.
  static func follow(
    _ name: borrowing CString, path: [UInt8], in directory: WalkedDirectory, descriptor: Int32, root: [UInt8],
    options: WalkOptions
  ) throws(SourceTreeError) -> LinkTarget {
    func failure(_ code: SourceTreeError.Code, _ system: SystemError? = nil) -> SourceTreeError {
      SourceTreeError(
        code, path: path, target: (try? Paths.readLink(name, in: descriptor)) ?? [], system: system)
    }
    let status: FileStatus
    let real: [UInt8]
    do throws(SystemError) {
      let target = try Descriptor.open(name, in: descriptor, as: .pathOnly)
      status = try target.status()
      do throws(SystemError) { real = try Paths.current(of: target) } catch {
        guard error.code == ENAMETOOLONG else { throw error }
        throw SystemError(code: EOVERFLOW)
      }
    } catch {
      switch error.code {
      // It leads somewhere, by a path that is longer than the system says it.
      case EOVERFLOW: throw failure(.linkTooDeep)
      case ENOENT where (try? Paths.readLink(name, in: descriptor)) == nil: return .vanished
      case ENOENT where isEditorLock(path): return .editorLock
      case ELOOP where !options.skipsBrokenLinks: throw failure(.linkCycle)
      // No file has so long a name.
      case ENOENT, ENOTDIR, ENAMETOOLONG:
        if options.skipsBrokenLinks { return .broken }
        throw failure(.linkBroken)
      case ELOOP: return .broken
      default: throw failure(.unreadable, error)
      }
    }
    if !Paths.isInside(real, root) {
      if !options.followsExternalLinks { throw failure(.linkOutside) }
    } else if Paths.hasComponent(FixedRules.repository, in: real.dropFirst(root.count)) {
      throw failure(.linkIntoGit)
    }
    if status.isDirectory {
      if directory.liesIn(real, root: root) { throw failure(.linkCycle) }
      return .directory(real: real)
    }
    return status.isRegular ? .file : .special
  }

  /// Whether the file at `path` is called as Emacs and other editors call such links: `.#name`.
  private static func isEditorLock(_ path: [UInt8]) -> Bool {
    let name = path[((path.lastIndex(of: UInt8(ascii: "/")) ?? -1) + 1)...]
    return name.starts(with: ".#".utf8)
  }
}
