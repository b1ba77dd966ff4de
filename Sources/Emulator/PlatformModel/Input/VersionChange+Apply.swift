// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

extension VersionChange {
  /// The version after the change; `existing` is nil for a new one.
  ///
  /// A property that the request does not name stays. What goes with another kind of source than the version
  /// now has is gone: a version has one source.
  func applied(
    to existing: VersionRecord?, number: VersionNumber
  ) throws(PlatformError) -> VersionRecord {
    VersionRecord(
      versionNumber: number,
      source: try source(after: existing?.source),
      buildTag: buildTag.applied(to: existing?.buildTag),
      envVars: try variables(after: existing?.envVars ?? []),
      applyEnvVarsToBuild: applyEnvVarsToBuild ?? existing?.applyEnvVarsToBuild ?? false)
  }

  private func source(after existing: VersionSource?) throws(PlatformError) -> VersionSource {
    guard let type = sourceType ?? existing?.type else { throw .invalidInput("sourceType is required") }
    try refuseOtherSources(than: type)
    switch type {
    case .sourceFiles:
      var before: [SourceFile]?
      if case .files(let files) = existing { before = files }
      return .files(try require(sourceFiles.applied(to: before), "sourceFiles", for: type))
    case .gitRepo:
      var before: String?
      if case .gitRepository(let address) = existing { before = address }
      return .gitRepository(try require(gitRepoUrl.applied(to: before), "gitRepoUrl", for: type))
    case .tarball:
      var before: String?
      if case .tarball(let address) = existing { before = address }
      return .tarball(try require(tarballUrl.applied(to: before), "tarballUrl", for: type))
    case .gitHubGist:
      var before: String?
      if case .gist(let address) = existing { before = address }
      return .gist(try require(gitHubGistUrl.applied(to: before), "gitHubGistUrl", for: type))
    }
  }

  private func require<Value>(
    _ value: Value?, _ name: String, for type: SourceType
  ) throws(PlatformError) -> Value {
    guard let value else { throw .invalidInput("\(name) is required with sourceType \(type.rawValue)") }
    return value
  }

  private func refuseOtherSources(than type: SourceType) throws(PlatformError) {
    let named: [(SourceType, String, Bool)] = [
      (.sourceFiles, "sourceFiles", sourceFiles.hasValue), (.gitRepo, "gitRepoUrl", gitRepoUrl.hasValue),
      (.tarball, "tarballUrl", tarballUrl.hasValue),
      (.gitHubGist, "gitHubGistUrl", gitHubGistUrl.hasValue),
    ]
    for (owner, name, isNamed) in named where isNamed && owner != type {
      throw .invalidInput("\(name) does not go with sourceType \(type.rawValue)")
    }
  }

  /// The variables that the request names, all of them: one that it leaves out is gone. A secret that comes
  /// without a value keeps the one that it has: a client that read the version cannot send it.
  private func variables(
    after existing: [EnvironmentVariable]
  ) throws(PlatformError) -> [EnvironmentVariable] {
    guard let envVars else { return existing }
    var outcome: [EnvironmentVariable] = []
    for (index, change) in envVars.enumerated() {
      let before = existing.first { $0.name.utf8.elementsEqual(change.name.utf8) }
      if let value = change.value {
        outcome.append(.init(name: change.name, value: value, isSecret: change.isSecret ?? false))
      } else if let before, before.isSecret, change.isSecret != false {
        outcome.append(before)
      } else {
        throw .invalidInput("envVars[\(index)].value is required")
      }
    }
    return outcome
  }
}
