// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ActorProject
internal import SystemIO

/// The Dockerfile that the platform will use, and the context that it is built in.
struct DockerChecks {
  /// Where the platform looks for a Dockerfile that actor.json does not name.
  static let places = ActorConfiguration.dockerfiles.map { Array($0.utf8) }

  let package: CheckedPackage
  private let actor: ActorFile

  init(_ package: CheckedPackage, _ actor: ActorFile) {
    self.package = package
    self.actor = actor
  }

  /// What is wrong with it; nothing where there is no Actor.
  func findings(_ settings: CheckSettings) -> [Finding] {
    guard actor.isThere else { return [] }
    let (path, missing) = dockerfile
    guard let path, let text = package.contents(path) else { return missing }
    let file = Dockerfile(text)
    // The platform gives a build this argument, and the variables where a version says so.
    let open = Set(actor.variableNames + ["ACTOR_PATH_IN_DOCKER_CONTEXT"])
    let stages = DockerStages(file, open: open)
    var findings: [Finding] = []
    switch context {
    case .success(let context):
      findings += CopyChecks(package, dockerfile: path, context: context).findings(stages)
    case .failure(let finding): findings.append(finding.value)
    }
    if settings.isInline { findings += bitFindings(stages, path, canBeZip: settings.form == .auto) }
    return findings
  }

  /// The path of the Dockerfile; nil where there is none, or it cannot be told.
  private var dockerfile: (path: [UInt8]?, missing: [Finding]) {
    if let named = actor.path("dockerfile") {
      // `ActorFile` says where it is missing.
      guard let path = named.resolved, package.hasFile(path) else { return (nil, []) }
      return (path, [])
    }
    if let found = Self.places.first(where: package.hasFile) { return (found, []) }
    let rule = MissingPath(Self.places[1], in: package)
    return (
      nil,
      [
        Finding(
          .dockerfileMissing, severity: .warning, at: Finding.Place(actor.file),
          "the platform looks for .actor/Dockerfile and Dockerfile, and neither is in the package"
            + (rule.cause.map { "; \($0)" } ?? ""),
          remedy: rule.remedy ?? "write a Dockerfile, or name it as \"dockerfile\" in actor.json")
      ]
    )
  }

  private struct Failure: Error {
    let value: Finding
  }

  /// The directory of the package that the build gets; empty for the whole package.
  private var context: Result<[UInt8], Failure> {
    guard let named = actor.path("dockerContextDir") else { return .success([]) }
    let place = actor.place(["dockerContextDir"])
    let shown = TerminalText.of(named.written)
    guard let path = named.resolved else {
      return .failure(
        Failure(
          value: Finding(
            .contextOutside, at: place, "\"dockerContextDir\": \(shown) leads out of what is pushed",
            remedy: "push the directory that holds all of it, or name one below the project's")))
    }
    guard path.isEmpty || package.entry(path)?.kind == .directory else {
      let rule = MissingPath(path, in: package)
      return .failure(
        Failure(
          value: Finding(
            .contextMissing, at: place,
            "\"dockerContextDir\": \(shown) is no directory of the package"
              + (rule.cause.map { "; \($0)" } ?? ""), remedy: rule.remedy)))
    }
    return .success(path)
  }
}
