// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ActorProject
internal import Checks
internal import Git
internal import SourceTree
internal import Synchronization
internal import SystemIO

/// Where the files of a package come from that is more than the Actor's directory.
struct ContextSource: Sendable {
  /// What is sent.
  let context: PackageContext
  /// The commit that the package's directory is read from; nil for the work tree.
  let commit: CommitSource?
  /// How much of the context is sent.
  let extent: ContextExtent

  /// The ordered entries of the package.
  ///
  /// - Parameter trees: what is walked for other Actors, too.
  func plan(_ options: WalkOptions, sharing trees: SharedTrees? = nil) throws(SourceTreeError) -> Plan {
    var options = options
    options.scope = context.scope
    let plan =
      if let commit { try commit.plan(options) } else if let shared = sharedPlan(options, trees) {
        shared
      } else { try Walk.plan(context.root, options: options) }
    return plan.movingToTop(context.actorSource, replacing: context.replacements)
  }

  /// The plan as it is in one that several Actors share; nil where it is not, or more than names is asked
  /// for.
  private func sharedPlan(_ options: WalkOptions, _ trees: SharedTrees?) -> Plan? {
    guard let trees, let scope = options.scope, options.detail == .names, !options.recordsExcluded,
      !options.findsPointers, options.output == nil, !context.hasOwnRules,
      let whole = trees.plan(of: context.root, options)
    else { return nil }
    var own = options
    let actor = scope.actor
    own.scope = PackageScope(actor: actor) { path in
      Paths.isInside(path, actor) ? .all : Paths.isInside(actor, path) ? .below : .none
    }
    guard let own = try? Walk.plan(context.root, options: own), own.warnings.isEmpty else { return nil }
    return whole.limited(to: scope, own: own)
  }

  /// The file that is called `name` in the package, as it is sent; nil where there is none.
  func contents(_ name: [UInt8]) -> [UInt8]? {
    if let replacement = context.replacements[name] { return replacement }
    return read(context.sourcePath(of: name))
  }

  private func read(_ path: [UInt8]) -> [UInt8]? {
    if let commit { return commit.contents(String(decoding: path, as: UTF8.self)) }
    return Paths.contents(Paths.join(context.root, path))
  }
}

extension ContextSource {
  /// The context that actor.json at `location` names; nil where the package is the Actor's directory. Blocks.
  ///
  /// - Parameters:
  ///   - commit: the Actor's directory in the commit that is packaged; nil for the work tree.
  ///   - open: opens another directory of that commit.
  init?(
    _ location: ProjectLocation, _ commit: CommitSource?, variables: [String: String],
    open: (_ directory: [UInt8]) throws(SourceTreeError) -> CommitSource
  ) throws(DeployError) {
    let file = PackageContext.actorFile
    let text =
      if let commit { commit.contents(file) } else {
        Paths.contents(Paths.join(location.directory, Array(file.utf8)))
      }
    guard let text, text.holds("docker"),
      let place = try Self.place(of: location, isCommit: commit != nil, variables),
      let layout = try Self.layout(text, place)
    else { return nil }
    let source = try commit == nil ? nil : Self.open(layout, open)
    self.commit = source
    do throws(ProjectError) {
      if source == nil, Paths.status(Paths.join(layout.root, layout.context))?.isDirectory != true {
        throw Self.missing(layout)
      }
      let isWhole = location.packsWholeContext
      context = try PackageContext(layout, isWhole: isWhole) { path in
        if let source { return source.contents(String(decoding: path, as: UTF8.self)) }
        return Paths.contentsOfRegularFile(Paths.join(layout.root, path))
      }
      extent = context.extent(isWhole: isWhole)
      // Without a repository nothing else says where the files of others begin.
      guard place.top != nil || extent == .reached || isWhole else {
        throw layout.paths.failure(
          ["dockerContextDir"],
          "no repository is around the Actor, and all of \(TerminalText.of(layout.root)) would be packaged; "
            + "pass --whole-context")
      }
    } catch {
      throw .project(error)
    }
  }

  /// Nil where the package is the Actor's directory, or actor.json is no valid JSON: that is judged where it
  /// is read for what it says.
  private static func layout(
    _ text: [UInt8], _ place: (top: [UInt8]?, prefix: [UInt8])
  ) throws(DeployError) -> ContextLayout? {
    guard (try? ActorPaths(text, file: PackageContext.actorFile)) != nil else { return nil }
    do throws(ProjectError) {
      return try ContextLayout(text, top: place.top, prefix: place.prefix)
    } catch {
      throw .project(error)
    }
  }

  private static func open(
    _ layout: ContextLayout, _ open: (_ directory: [UInt8]) throws(SourceTreeError) -> CommitSource
  ) throws(DeployError) -> CommitSource {
    do throws(SourceTreeError) { return try open(layout.root) } catch {
      if error.code == .directoryNotFound { throw .project(missing(layout)) }
      throw DeployError(error)
    }
  }

  private static func missing(_ layout: ContextLayout) -> ProjectError {
    let path = layout.paths.path("dockerContextDir") ?? ""
    return layout.paths.failure(
      ["dockerContextDir"], "\"dockerContextDir\": \(TerminalText.of(path)): no such directory")
  }

  /// The top of the repository, or nil without one, and the path from there to the directory at `location`,
  /// or its path.
  private static func place(
    of location: ProjectLocation, isCommit: Bool, _ variables: [String: String]
  ) throws(DeployError) -> (top: [UInt8]?, prefix: [UInt8])? {
    if isCommit {
      do throws(RepositoryLocation.Failure) {
        let found = try RepositoryLocation(
          of: location.directory, below: location.top, variables: variables)
        return (found.worktree ?? found.directory, found.prefix)
      } catch {
        throw DeployError(SourceTreeError(error))
      }
    }
    guard let whole = try? Paths.resolved(location.directory) else { return nil }
    let slash = UInt8(ascii: "/")
    let found = try? GitDirectories.containing(whole, GitEnvironment(variables: variables))
    guard let top = found?.worktree, Paths.isInside(whole, top) else {
      return (nil, Array(whole.drop { $0 == slash }))
    }
    return (top, Array(whole.dropFirst(top.count).drop { $0 == slash }))
  }
}

/// Finds the context of a project once.
final class ContextMemo: Sendable {
  private let found = Mutex<Result<ContextSource?, DeployError>?>(nil)

  func value(
    _ find: () throws(DeployError) -> ContextSource?
  ) throws(DeployError) -> ContextSource? {
    try found.withLock { found -> Result<ContextSource?, DeployError> in
      if let found { return found }
      let result: Result<ContextSource?, DeployError>
      do throws(DeployError) { result = .success(try find()) } catch { result = .failure(error) }
      found = result
      return result
    }.get()
  }
}
