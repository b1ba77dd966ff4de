// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ActorProject
internal import Checks
internal import SystemIO

/// Where the package, the Docker context and the Actor of a repository lie.
struct ContextLayout {
  /// actor.json, and what it names.
  let text: [UInt8]
  let paths: ActorPaths
  /// The package's directory: the nearest one that holds the Actor and the context.
  let root: [UInt8]
  /// The path from there to the Actor's directory.
  let actor: [UInt8]
  /// The path from there to the Docker context.
  let context: [UInt8]
  /// The variables that the platform may give to a build.
  let buildVariables: Set<String>

  /// Nil where the package is the Actor's directory.
  ///
  /// - Parameters:
  ///   - text: actor.json.
  ///   - top: the top of the repository, or nil without one.
  ///   - prefix: the path from the top to the Actor's directory; without a repository its absolute path.
  /// - Throws: which field leads out of the repository.
  init?(_ text: [UInt8], top: [UInt8]?, prefix: [UInt8]) throws(ProjectError) {
    // Most need no second look.
    guard text.holds("docker") else { return nil }
    self.text = text
    let paths = try ActorPaths(text, file: PackageContext.actorFile)
    self.paths = paths
    let configuration = PackagePath.join(prefix, PackageContext.actorDirectory)
    func resolve(_ field: String) throws(ProjectError) -> [UInt8]? {
      guard let path = paths.path(field) else { return nil }
      guard let resolved = PackagePath.resolve(Array(path.utf8), in: configuration),
        top != nil || !resolved.isEmpty
      else {
        let limit = top == nil ? "this machine's directories" : "the repository"
        throw paths.failure([field], "\"\(field)\": \(TerminalText.of(path)) leads out of \(limit)")
      }
      return resolved
    }
    let named = try resolve("dockerContextDir")
    let dockerfile = try resolve("dockerfile")
    let whole: [UInt8]
    if let named {
      whole = named
    } else if let dockerfile, !Paths.isInside(dockerfile, prefix) && !prefix.isEmpty {
      guard top != nil else {
        throw paths.failure(
          ["dockerfile"], "\"dockerfile\" lies above the Actor; name the \"dockerContextDir\", too")
      }
      // As for a git source.
      whole = []
    } else {
      return nil
    }
    if prefix.isEmpty || Paths.isInside(whole, prefix) { return nil }
    let common = Self.common(whole, prefix)
    root = Paths.join(top ?? [UInt8(ascii: "/")], common)
    actor = Self.below(prefix, common)
    context = Self.below(whole, common)
    buildVariables = Set(
      (try? ActorConfiguration(text, file: PackageContext.actorFile))?.environmentVariables?.map(\.name) ?? []
    )
  }

  /// The nearest directory that holds both.
  private static func common(_ left: [UInt8], _ right: [UInt8]) -> [UInt8] {
    let slash = UInt8(ascii: "/")
    let pairs = zip(left.split(separator: slash), right.split(separator: slash))
    return Array(pairs.prefix { $0.elementsEqual($1) }.map { Array($0.0) }.joined(separator: [slash]))
  }

  private static func below(_ path: [UInt8], _ directory: [UInt8]) -> [UInt8] {
    directory.isEmpty ? path : Array(path.dropFirst(directory.count + 1))
  }
}
