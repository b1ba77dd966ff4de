// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

package import Git
internal import SystemIO

/// Where git looks for the pre-push hook of a repository, and what is there.
package struct HookLocation: Sendable {
  /// What stands in the hook's place.
  package enum Occupant: Sendable, Equatable {
    /// Nothing.
    case none
    /// Our file, as `install` has written it.
    case ours(HookScript)
    /// Our file, changed since.
    case edited
    /// A manager of hooks.
    case manager(HookManager)
    /// A hook of others.
    case foreign
  }

  /// The directory of hooks, absolute.
  package let directory: [UInt8]
  /// Whether the directory lies in the repository or its work tree: elsewhere it serves others, too.
  package let isInside: Bool
  /// What is there.
  package let occupant: Occupant
  /// Whether a hook that was there before is kept beside.
  package let hasKept: Bool
  /// Whether the hook that is there has that second name already: an installation was ended half-way.
  let hasPartialBackup: Bool
  /// The command that git runs by its configuration (`hook.actorpush.command`); nil where there is none.
  package let configured: String?
  /// Whether git can be told of hooks by its configuration: from 2.54 on.
  package let knowsConfiguredHooks: Bool

  /// The hook's file.
  package var path: [UInt8] { Paths.join(directory, Array("pre-push".utf8)) }
  /// The file of the hook that was there before.
  package var keptPath: [UInt8] { Paths.join(directory, Array(HookScript.backupName.utf8)) }

  /// Looks. Blocks.
  package init(_ place: RepositoryLocation, _ git: Git) throws(Git.Failure) {
    // Each alone: a path may hold newlines.
    let lines = [
      // Of the hook itself: where core.hooksPath is empty git looks for it in the root.
      Array(try git.output(["rev-parse", "--git-path", "hooks/pre-push"]).dropLast()),
      Array(try git.output(["rev-parse", "--git-common-dir"]).dropLast()),
    ]
    guard !lines.contains([]) else {
      throw .failed(status: nil, message: "git names no directory of hooks")
    }
    let base = place.worktree ?? place.directory
    let directory = Self.resolved(Paths.join(base, Paths.parent(lines[0]) ?? []))
    self.directory = directory
    let common = Self.resolved(Paths.join(base, lines[1]))
    isInside =
      Paths.isInside(directory, common) || Paths.isInside(directory, Self.resolved(place.directory))
      || (place.worktree.map { Paths.isInside(directory, Self.resolved($0)) } ?? false)
    let path = Paths.join(directory, Array("pre-push".utf8))
    let kept = Self.identity(Paths.join(directory, Array(HookScript.backupName.utf8)))
    let current = Self.identity(path)
    hasKept = kept != nil && kept != current
    hasPartialBackup = kept != nil && kept == current
    if let manager = HookManager.ofDirectory(directory) {
      occupant = .manager(manager)
    } else if current != nil {
      let contents = Paths.contents(path) ?? []
      if let script = HookScript(contents) {
        occupant = .ours(script)
      } else if HookScript.isOurs(contents) {
        occupant = .edited
      } else {
        occupant = HookManager.of(contents).map { .manager($0) } ?? .foreign
      }
    } else {
      occupant = .none
    }
    configured = (try? git.output(["config", "--local", "--get", "hook.actorpush.command"])).map { output in
      String(decoding: output.prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
    }
    knowsConfiguredHooks = Self.knowsConfiguredHooks(try git.output(["version"]))
  }

  /// Which file has that name, if only a link to nothing.
  private static func identity(_ path: [UInt8]) -> FileIdentity? {
    (try? Paths.status(CString(path), followingLinks: false))?.identity
  }

  /// Without links, also where the last directories are not there yet.
  private static func resolved(_ path: [UInt8]) -> [UInt8] {
    if let resolved = try? Paths.resolved(path) { return resolved }
    guard let above = Paths.parent(path) else { return path }
    return Paths.join(resolved(above), Array(path[((path.lastIndex(of: UInt8(ascii: "/")) ?? -1) + 1)...]))
  }

  private static func knowsConfiguredHooks(_ version: [UInt8]) -> Bool {
    let words = version.split(separator: UInt8(ascii: " "))
    guard words.count > 2 else { return false }
    let numbers = words[2].split(separator: UInt8(ascii: ".")).map {
      Int(String(decoding: $0, as: UTF8.self)) ?? 0
    }
    guard let major = numbers.first else { return false }
    return (major, numbers.dropFirst().first ?? 0) >= (2, 54)
  }
}
