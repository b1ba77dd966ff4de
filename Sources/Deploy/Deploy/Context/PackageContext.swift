// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ActorProject
internal import Checks
internal import SourceTree
internal import SystemIO

/// The package of an Actor whose Docker context, or Dockerfile, lies above its directory.
///
/// The platform builds a git source from the repository, and finds the Actor in a directory of it. A package
/// has its `.actor` at the top. So what is sent is the directory that holds both, the context and the Actor,
/// with the Actor's `.actor` at its top; and in copies, which are never written to disk, actor.json names the
/// same files from there, and the Dockerfile gets the build argument that a git source would have.
struct PackageContext: Sendable {
  /// The package's directory.
  let root: [UInt8]
  /// The path from there to the Actor's directory.
  let actor: [UInt8]
  /// The path from there to the Docker context; empty where they are the same.
  let context: [UInt8]
  /// The path of the Dockerfile, where there is one.
  private(set) var dockerfile: [UInt8]?
  /// The files that are sent otherwise than they are on disk, by their names in the package.
  private(set) var replacements: [[UInt8]: [UInt8]] = [:]
  /// What these files are on disk.
  private(set) var originals: [[UInt8]: [UInt8]] = [:]
  /// What of the context the Dockerfile reads; nil where all of it is sent, as asked.
  private(set) var reads: DockerReach?
  /// The paths that actor.json names, and those that the platform looks for.
  private(set) var named: Set<[UInt8]> = []

  static let actorFile = ".actor/actor.json"
  static let actorDirectory = Array(".actor".utf8)

  /// The path of `.actor` on disk.
  var actorSource: [UInt8] { PackagePath.join(actor, Self.actorDirectory) }

  /// The files of the package that `layout` says, which `contents` has by their paths from its directory.
  ///
  /// - Parameter isWhole: whether all of the context is sent, whatever the Dockerfile reads.
  /// - Throws: which field of actor.json leads out of the package, or nowhere.
  init(
    _ layout: ContextLayout, isWhole: Bool, _ contents: (_ path: [UInt8]) -> [UInt8]?
  ) throws(ProjectError) {
    (root, actor, context) = (layout.root, layout.actor, layout.context)
    let paths = layout.paths
    var changed: [ActorPaths.Named] = []
    for path in paths.all {
      guard let resolved = PackagePath.resolve(Array(path.path.utf8), in: actorSource) else {
        throw paths.failure(
          path.keys,
          "\(Self.shown(path)) leads out of the Docker context; put it there, or name a \"dockerContextDir\" above it"
        )
      }
      if path.keys == ["dockerContextDir"] { continue }
      if path.keys == ["dockerfile"] {
        guard contents(resolved) != nil else {
          throw paths.failure(path.keys, "\(Self.shown(path)) is no file")
        }
        dockerfile = resolved
      }
      named.insert(resolved)
      if !Paths.isInside(resolved, actorSource) { changed.append(.init(path.keys, Self.fromActor(resolved))) }
    }
    changed.append(.init(["dockerContextDir"], Self.fromActor(context)))
    addDefaults(paths, &changed, contents)
    let text = try paths.text(with: changed)
    replace(Array(Self.actorFile.utf8), layout.text, by: text)
    guard let dockerfile, let source = contents(dockerfile) else { return }
    let patched =
      context.isEmpty || Paths.isInside(actor, context)
      ? ActorPathPatch.apply(actorInContext, to: source) : source
    replace(packagePath(of: dockerfile), source, by: patched)
    if !isWhole { reads = DockerReach(patched, open: layout.buildVariables) }
  }

  private mutating func replace(_ name: [UInt8], _ original: [UInt8], by text: [UInt8]) {
    if text == original { return }
    (originals[name], replacements[name]) = (original, text)
  }

  /// What `ACTOR_PATH_IN_DOCKER_CONTEXT` is.
  var actorInContext: [UInt8] {
    let path = context.isEmpty ? actor : Array(actor.dropFirst(context.count + 1))
    return path.isEmpty ? [UInt8(ascii: ".")] : path
  }

  /// Names the files that the platform looks for in the Actor's directory: in the package that is elsewhere.
  private mutating func addDefaults(
    _ paths: ActorPaths, _ changed: inout [ActorPaths.Named], _ contents: (_ path: [UInt8]) -> [UInt8]?
  ) {
    let places = [
      ("dockerfile", "Dockerfile"), ("readme", "README.md"), ("changelog", "CHANGELOG.md"),
      ("input", "INPUT_SCHEMA.json"),
    ]
    for (field, name) in places {
      if paths.has(field) || field == "input" && paths.has("inputSchema") { continue }
      let inside = PackagePath.join(actorSource, Array(name.utf8))
      let outside = PackagePath.join(actor, Array(name.utf8))
      guard let found = [inside, outside].first(where: { contents($0) != nil }) else { continue }
      if field == "dockerfile" { dockerfile = found }
      named.insert(found)
      if found == outside { changed.append(.init([field], Self.fromActor(outside))) }
    }
  }

  /// `path` as actor.json in the package names it.
  private static func fromActor(_ path: [UInt8]) -> [UInt8] {
    path.isEmpty ? Array("..".utf8) : Array("../".utf8) + path
  }

  private static func shown(_ path: ActorPaths.Named) -> String {
    "\"\(TerminalText.of(path.keys.joined(separator: ".")))\": \(TerminalText.of(path.path))"
  }

  /// The name in the package of what lies at `path`, from its directory, on disk.
  func packagePath(of path: [UInt8]) -> [UInt8] {
    Paths.isInside(path, actorSource) ? Self.actorDirectory + path.dropFirst(actorSource.count) : path
  }

  /// Where what is called `name` in the package lies on disk, from its directory.
  func sourcePath(of name: [UInt8]) -> [UInt8] {
    Paths.isInside(name, Self.actorDirectory)
      ? actorSource + name.dropFirst(Self.actorDirectory.count) : name
  }
}
