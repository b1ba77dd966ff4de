// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ActorProject
internal import Git
internal import SourceTree
internal import SystemIO

/// Finds the Actors of a selection. Blocks.
package struct ActorSearch {
  private static let file = Array(".actor/actor.json".utf8)
  private static let modules = Array("node_modules".utf8)

  private let selection: ActorSelection
  /// What all of them have in common: the revision, and what becomes of links.
  private var template: ProjectLocation
  private let context: OperationContext

  /// A search for `selection`, whose Actors are packaged as `template` says.
  package init(_ selection: ActorSelection, as template: ProjectLocation, _ context: OperationContext) {
    self.selection = selection
    self.template = template
    self.context = context
  }

  /// The Actors, by their paths in byte order, or in the order in which they were named.
  ///
  /// - Throws: that there is none, or no such commit.
  package func run() throws(DeployError) -> [FoundActor] {
    var search = self
    try search.resolveRevision()
    return try search.actors()
  }

  /// Looks up the commit once: a branch may move while one Actor after the other is at it.
  private mutating func resolveRevision() throws(DeployError) {
    guard let name = template.revision else { return }
    let (git, _) = try ChangedPaths.git(at: selection.place.start, context)
    do throws(Git.Failure) {
      let line = try git.output(["rev-parse", "--verify", "--end-of-options", name + "^{commit}"])
      template.revision = String(decoding: line.dropLast(), as: UTF8.self)
      template.revisionName = name
    } catch {
      guard case .failed(_, let message) = error else {
        throw DeployError(SourceTreeError(error, path: Array(name.utf8)))
      }
      throw DeployError(SourceTreeError(.noSuchCommit, path: Array(name.utf8), detail: message))
    }
  }

  private func actors() throws(DeployError) -> [FoundActor] {
    var directories: [[UInt8]]
    switch selection.place {
    case .directories(let named):
      // One that is named twice is meant once.
      var known: Set<[UInt8]> = []
      directories = named.filter { known.insert((try? Paths.resolved($0)) ?? $0).inserted }
    case .below(let root):
      directories = try self.directories(below: root)
      guard !directories.isEmpty else {
        throw .project(
          ProjectError(
            .noActor, file: TerminalText.of(root),
            reason: "no .actor/actor.json here or in a directory below",
            help: "actorpush init writes one"))
      }
    }
    var actors = directories.map { directory in
      var location = template
      location.directory = directory
      return FoundActor(location, context)
    }
    if let shard = selection.shard { actors = actors.filter { shard.holds($0.key) } }
    if let since = selection.changedSince {
      let changes = try ChangedPaths(since: since, template.revision, at: selection.place.start, context)
      var changed: [FoundActor] = []
      for actor in actors {
        if try changes.touch(actor) { changed.append(actor) }
      }
      actors = changed
    }
    return actors
  }

  private func directories(below root: [UInt8]) throws(DeployError) -> [[UInt8]] {
    let names = try template.revision == nil ? namesOnDisk(root) : namesInCommit(root)
    let found = names.compactMap { name -> [UInt8]? in
      guard name.suffix(Self.file.count).elementsEqual(Self.file),
        !Paths.hasComponent(Self.modules, in: name)
      else { return nil }
      let directory = Array(name.dropLast(Self.file.count + 1))
      if name.count == Self.file.count { return root }
      guard name[name.count - Self.file.count - 1] == UInt8(ascii: "/") else { return nil }
      return root == [UInt8(ascii: ".")] ? directory : Paths.join(root, directory)
    }
    if template.revision != nil { try checkPlaces(found, below: root) }
    return found.sorted { $0.lexicographicallyPrecedes($1) }
  }

  /// Throws where the work tree has a symbolic link on the way to one of `directories`, those of the
  /// commit below `root`: what the link leads to would be packaged under its name.
  private func checkPlaces(_ directories: [[UInt8]], below root: [UInt8]) throws(DeployError) {
    let top = Paths.resolvedAsFarAsExists(root)
    for directory in directories where directory != root {
      let rest = root == [UInt8(ascii: ".")] ? directory : Paths.relative(directory, to: root) ?? directory
      if Paths.resolvedAsFarAsExists(directory) == Paths.join(top, rest) { continue }
      throw .project(
        ProjectError(
          .invalidInput, file: TerminalText.of(directory),
          reason: "the work tree has a symbolic link on the way, where the commit has a directory",
          help: "make a work tree of the commit (git worktree add), and run it there"))
    }
  }

  private func namesOnDisk(_ root: [UInt8]) throws(DeployError) -> [[UInt8]] {
    var options = WalkOptions(git: GitEnvironment(variables: context.variables))
    options.isSurvey = true
    options.opensFiles = false
    do throws(SourceTreeError) {
      let plan = try Walk.plan(root, options: options)
      return plan.entries.indices.filter { !plan.entries[$0].isDirectory }.map { plan.path(of: $0) }
    } catch {
      throw DeployError(error)
    }
  }

  private func namesInCommit(_ root: [UInt8]) throws(DeployError) -> [[UInt8]] {
    let (git, prefix) = try ChangedPaths.git(at: root, context)
    do throws(Git.Failure) {
      let tree = Array("\(template.revision ?? "HEAD"):".utf8) + prefix
      let listing = try git.output(
        ["ls-tree", "-r", "-z", "--name-only", "--full-tree"].map { Array($0.utf8) } + [tree])
      return listing.split(separator: 0).map { Array($0) }
    } catch {
      guard case .failed(_, let message) = error else {
        throw DeployError(SourceTreeError(error, path: root))
      }
      throw DeployError(
        SourceTreeError(.noSuchCommit, path: Array((template.revision ?? "").utf8), detail: message))
    }
  }
}

extension ActorSelection.Place {
  /// A directory of the repository that the Actors lie in.
  var start: [UInt8] {
    switch self {
    case .directories(let directories): directories.first ?? [UInt8(ascii: ".")]
    case .below(let root): root
    }
  }
}
