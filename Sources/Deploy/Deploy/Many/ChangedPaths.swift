// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ActorProject
internal import Git
internal import SourceTree
internal import SystemIO

/// The paths that differ between two commits of a repository.
struct ChangedPaths {
  /// Relative to the top of the work tree.
  private let paths: [[UInt8]]
  private let worktree: [UInt8]?
  private let links: CommittedLinks
  private let context: OperationContext

  /// What differs between the commit `since` and `revision` (HEAD, where that is nil), in the repository that
  /// `directory` lies in. Blocks.
  ///
  /// - Throws: that there is no repository, or no such commit.
  init(
    since: String, _ revision: String?, at directory: [UInt8], _ context: OperationContext
  ) throws(DeployError) {
    let place = try Self.place(of: directory, since, context)
    (worktree, self.context) = (place.worktree, context)
    // A clone without trees has those of the commits that were checked out alone.
    let git = Git(
      fetchingObjectsOf: place.directory, variables: context.variables, cancellation: context.cancellation)
    var commits: [String] = []
    for name in [since, revision ?? "HEAD"] {
      do throws(Git.Failure) {
        let line = try git.output(["rev-parse", "--verify", "--end-of-options", name + "^{commit}"])
        commits.append(String(decoding: line.prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self))
      } catch {
        guard case .failed = error else { throw DeployError(SourceTreeError(error, path: directory)) }
        throw Self.failure(
          since,
          "\(TerminalText.of(name)) is no commit here",
          help: "a shallow clone has only the last ones (git fetch --unshallow; fetch-depth: 0)")
      }
    }
    do throws(Git.Failure) {
      // What .gitmodules, a file of the tree's, wants to be passed over is in the package all the same.
      let listing = try git.output(
        ["diff-tree", "-r", "-z", "--name-only", "--no-renames", "--ignore-submodules=none"] + commits)
      paths = listing.split(separator: 0).map { Array($0) }
      links = try CommittedLinks(commits, worktree: worktree, git)
    } catch {
      throw DeployError(SourceTreeError(error, path: directory))
    }
  }

  private static func failure(_ since: String, _ reason: String, help: String? = nil) -> DeployError {
    .project(
      ProjectError(
        .invalidInput, reason: "--changed-since \(TerminalText.of(since)): \(reason)", help: help))
  }

  private static func place(
    of directory: [UInt8], _ since: String, _ context: OperationContext
  ) throws(DeployError) -> RepositoryLocation {
    do throws(RepositoryLocation.Failure) {
      return try RepositoryLocation(
        of: directory, variables: context.variables, cancellation: context.cancellation)
    } catch {
      if case .noRepository(_, let message) = error { throw failure(since, TerminalText.of(message)) }
      throw DeployError(SourceTreeError(error))
    }
  }

  /// The repository of `directory`, and the path from the top of its work tree to it.
  static func git(
    at directory: [UInt8], _ context: OperationContext
  ) throws(DeployError) -> (git: Git, prefix: [UInt8]) {
    do throws(RepositoryLocation.Failure) {
      let place = try RepositoryLocation(
        of: directory, variables: context.variables, cancellation: context.cancellation)
      let git = Git(
        repository: place.directory, variables: context.variables, cancellation: context.cancellation)
      return (git, place.prefix)
    } catch {
      throw DeployError(SourceTreeError(error))
    }
  }

  /// Whether one of them may be in the package of `actor`, also by symbolic links, or decide what is: a
  /// `.gitignore` or `.gitattributes` above it.
  func touch(_ actor: FoundActor) throws(DeployError) -> Bool {
    let prefix = try prefix(of: actor.directory)
    if let source = try Project(actor.location, context).contextSource() {
      let top = try self.prefix(of: source.context.root)
      return isTouched(rulesAbove: prefix) { path in
        if Self.isAbove(path, top) { return true }
        guard top.isEmpty || Paths.isInside(path, top) else { return false }
        let name = top.isEmpty ? path : Array(path.dropFirst(top.count + 1))
        // The context's own rules decide what of it is packaged, wherever they lie themselves.
        return source.context.reach(name) != .none || name.elementsEqual(".actorignore".utf8)
      }
    }
    return isTouched(rulesAbove: prefix) { path in
      prefix.isEmpty || Paths.isInside(path, prefix) || Self.isAbove(path, prefix)
    }
  }

  /// Whether `path`, then a submodule, holds `directory`.
  private static func isAbove(_ path: [UInt8], _ directory: [UInt8]) -> Bool {
    Paths.isInside(directory, path)
  }

  private func isTouched(rulesAbove prefix: [UInt8], _ isPackaged: (_ path: [UInt8]) -> Bool) -> Bool {
    let places = links.places(from: isPackaged)
    return paths.contains { path in
      isPackaged(path) || Self.isRuleFile(path, above: prefix) || Self.isInside(path, places)
    }
  }

  /// Whether `path` is one of `places`, or lies below one.
  private static func isInside(_ path: [UInt8], _ places: Set<[UInt8]>) -> Bool {
    if places.isEmpty { return false }
    if places.contains([]) || places.contains(path) { return true }
    return path.indices.contains { path[$0] == UInt8(ascii: "/") && places.contains(Array(path[..<$0])) }
  }

  /// The path from the top of the work tree to `directory`.
  private func prefix(of directory: [UInt8]) throws(DeployError) -> [UInt8] {
    // git is asked where the directory is in commits alone.
    if let worktree, let path = try? Paths.resolved(directory), Paths.isInside(path, worktree) {
      return Array(path.dropFirst(worktree.count).drop { $0 == UInt8(ascii: "/") })
    }
    return try Self.git(at: directory, context).prefix
  }

  private static func isRuleFile(_ path: [UInt8], above prefix: [UInt8]) -> Bool {
    [".gitignore", ".gitattributes"].contains { name in
      guard path.suffix(name.utf8.count).elementsEqual(name.utf8) else { return false }
      let directory = path.dropLast(name.utf8.count)
      return directory.isEmpty || directory.last == UInt8(ascii: "/") && prefix.starts(with: directory)
    }
  }
}
