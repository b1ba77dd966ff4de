// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

package import ActorProject
internal import Git
package import SourceTree
internal import SystemIO

/// A project's directory, as it is now or as a commit holds it.
package struct Project: Sendable {
  /// Where it is.
  package let location: ProjectLocation
  /// The commit, where its files are meant.
  package let commit: CommitSource?
  let context: OperationContext
  private let memo = ContextMemo()

  /// Finds the commit, where one is meant. Blocks.
  package init(_ location: ProjectLocation, _ context: OperationContext) throws(DeployError) {
    self.location = location
    self.context = context
    guard let revision = location.revision else {
      commit = nil
      return
    }
    do throws(SourceTreeError) {
      commit = try CommitSource(
        revision, directory: location.directory, below: location.top,
        followsExternalLinks: location.followsExternalLinks, runsFilters: location.runsFilters,
        variables: context.variables,
        spoolDirectories: context.spoolDirectories, cancellation: context.cancellation)
    } catch {
      throw DeployError(error)
    }
  }

  /// How the tree is walked.
  var walkOptions: WalkOptions {
    var options = WalkOptions(
      followsExternalLinks: location.followsExternalLinks, skipsBrokenLinks: location.skipsBrokenLinks,
      git: GitEnvironment(variables: context.variables))
    options.includesWorktrees = location.includesWorktrees
    options.meter = context.meter
    return options
  }

  /// The ordered entries of the package. Blocks.
  package func plan(
    detail: WalkOptions.Detail = .names, recordsExcluded: Bool = false, opensFiles: Bool = true,
    findsPointers: Bool = true, output: [UInt8]? = nil, screen: ContentScreen? = nil, events: DeployEvents
  ) throws(DeployError) -> Plan {
    var options = walkOptions
    options.detail = detail
    options.recordsExcluded = recordsExcluded
    options.opensFiles = opensFiles
    options.findsPointers = findsPointers
    options.output = output
    options.screen = screen
    let source = try contextSource()
    if let source { events(.context(source.extent)) }
    let planned: Plan
    do throws(SourceTreeError) {
      let plan =
        if let source {
          try source.plan(options, sharing: context.trees)
        } else if let commit {
          try commit.plan(options)
        } else {
          try Walk.plan(location.directory, options: options)
        }
      for warning in plan.warnings { events(.treeWarning(warning)) }
      planned = plan
    } catch {
      throw DeployError(error)
    }
    guard source == nil || planned.moved != nil else {
      throw .project(
        ProjectError(
          .invalidConfiguration, file: PackageContext.actorFile,
          reason: "an ignore file above leaves out the Actor's directory"))
    }
    return planned
  }

  /// A file of the project; nil where there is none.
  package func contents(_ path: String) -> [UInt8]? {
    if let commit { return commit.contents(path) }
    return Paths.contents(Paths.join(location.directory, Array(path.utf8)))
  }

  /// The file that is called `name` in the package, as it is sent; nil where there is none.
  func packaged(_ name: [UInt8]) -> [UInt8]? {
    if let source = try? contextSource() { return source.contents(name) }
    return contents(String(decoding: name, as: UTF8.self))
  }

  /// The file on disk, or of the commit, that is called `name` in the package; nil where there is none.
  func original(_ name: String) -> [UInt8]? {
    if commit == nil, let source = try? contextSource() { return source.original(Array(name.utf8)) }
    return contents(name)
  }

  /// Where the package comes from, where it is more than the directory; nil where it is not.
  ///
  /// - Throws: which field of actor.json leads out of the repository, or nowhere.
  func contextSource() throws(DeployError) -> ContextSource? {
    try memo.value { () throws(DeployError) in
      let found: Result<ContextSource?, DeployError>
      do throws(DeployError) { found = .success(try findContext()) } catch { found = .failure(error) }
      // A file that git was not waited for passes for one that is not there.
      if context.cancellation.isCancelled { throw .interrupted }
      return try found.get()
    }
  }

  private func findContext() throws(DeployError) -> ContextSource? {
    try ContextSource(location, commit, variables: context.variables) { directory throws(SourceTreeError) in
      try CommitSource(
        commit?.objectName ?? "", directory: directory, below: location.top,
        followsExternalLinks: location.followsExternalLinks, runsFilters: location.runsFilters,
        variables: context.variables,
        spoolDirectories: context.spoolDirectories, cancellation: context.cancellation)
    }
  }

  /// What actor.json says.
  package func configuration() throws(ProjectError) -> ActorConfiguration {
    try ActorConfiguration.read { place throws(ProjectError) in
      if let obstacle = obstacle(at: place) { throw obstacle }
      return contents(place)
    }
  }

  /// What actor.json says about `target`, and `target` over it.
  ///
  /// - Parameter readsVersion: whether it matters which version is meant.
  package func settings(
    for target: VersionTarget, readsVersion: Bool = true
  ) throws(DeployError) -> PushSettings {
    do throws(ProjectError) {
      var configuration: ActorConfiguration?
      do throws(ProjectError) {
        configuration = try self.configuration()
      } catch {
        // With an Actor that is named no actor.json is needed.
        guard error.code == .noActor, target.actor != nil else { throw error }
      }
      var settings = try PushSettings(
        configuration: configuration, target: target, readsVersion: readsVersion)
      settings.directory = memory
      settings.revision = location.revision
      return settings
    } catch {
      if commit == nil, let missing = missingDirectory { throw .tree(missing) }
      throw .project(error)
    }
  }

  /// That the directory itself is missing, which is said before anything about what should be in it.
  private var missingDirectory: SourceTreeError? {
    do throws(SystemError) {
      let status = try Paths.status(CString(location.directory))
      return status.isDirectory ? nil : SourceTreeError(.notADirectory, path: location.directory)
    } catch {
      return SourceTreeError(
        error.isMissing ? .directoryNotFound : .unreadable, path: location.directory, system: error)
    }
  }
}
