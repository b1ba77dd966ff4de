// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Checks
internal import SourceTree
internal import SystemIO

extension PackageContext {
  /// How much of `path`, on disk and from the package's directory, is sent.
  func reach(_ path: [UInt8]) -> PackageScope.Reach {
    let isOwn = Paths.isInside(path, actorSource)
    if isOwn { return .all }
    var result = Paths.isInside(actorSource, path) ? PackageScope.Reach.below : .none
    for file in named {
      if path == file || Paths.isInside(path, file) { return .all }
      if Paths.isInside(file, path) { result = .below }
    }
    for file in dockerFiles {
      if path == file { return .all }
      if Paths.isInside(file, path) { result = .below }
    }
    if !context.isEmpty, !Paths.isInside(path, context) {
      return Paths.isInside(context, path) ? .below : result
    }
    let inContext = context.isEmpty ? path : Array(path.dropFirst(context.count + 1))
    guard let reads else { return .all }
    if inContext.isEmpty { return .below }
    switch reads.reach(inContext) {
    case .all: return .all
    case .below: return .below
    case .none: return result
    }
  }

  /// The Dockerfile, and what says which files of the context a build leaves out.
  private var dockerFiles: [[UInt8]] {
    let suffix = Array(".dockerignore".utf8)
    return [PackagePath.join(context, suffix)] + (dockerfile.map { [$0, $0 + suffix] } ?? [])
  }

  /// Whether something in the Actor's directory is left out for this Actor alone: by its .actorignore, or by
  /// the names of what tools make at its top.
  var hasOwnRules: Bool {
    guard !actor.isEmpty else { return false }
    let directory = Paths.join(root, actor)
    return PackageScope.ruled.contains { Paths.status(Paths.join(directory, $0)) != nil }
  }

  /// What the walk of the package's directory is limited to.
  var scope: PackageScope { PackageScope(actor: actorSource) { reach($0) } }
}
