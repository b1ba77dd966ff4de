// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ActorProject
package import ApifyAPI

/// Changes of a version beside its files: only what is named here is sent.
package struct VersionEdit: Sendable {
  /// Where the source is.
  package enum Source: Sendable {
    /// A git repository: an address, with `#branch:directory` behind it if it is not the whole default
    /// branch.
    case gitRepository(String)
    /// A zip or tarball.
    case tarball(String)
    /// A gist.
    case gist(String)
  }

  /// The tag of new builds.
  package enum BuildTag: Sendable {
    /// This one.
    case set(String)
    /// No tag.
    case none
  }

  /// The new source; nil leaves it.
  package var source: Source?
  /// The tag of new builds; nil leaves it.
  package var buildTag: BuildTag?
  /// Whether builds get the variables, too; nil leaves it.
  package var appliesVariablesToBuild: Bool?
  /// Variables that are set; the others stay.
  package var variables: [DeclaredVariables.Variable] = []
  /// Names of variables that are removed.
  package var removedVariables: [String] = []

  /// No change.
  package init() {}

  /// Changes the version that `settings` name.
  ///
  /// - Returns: the version afterwards.
  /// - Throws: `noSuchActor`, `noSuchVersion`, `project` where a variable to be removed is not there, or what
  ///   the platform says.
  package func run(
    _ settings: PushSettings, on platform: some Platform
  ) async throws(DeployError) -> VersionReader.Found {
    let reader = VersionReader(settings, platform: platform)
    let found = try await reader.find()
    let update = try update(found)
    _ = try await platform.ask {
      try await platform.updateVersion(
        actor: .id(found.actor.id), number: settings.version.description, update)
    }
    return try await reader.find()
  }

  private func update(_ found: VersionReader.Found) throws(DeployError) -> VersionUpdate {
    var update = VersionUpdate()
    switch source {
    case .gitRepository(let url):
      update.sourceType = .gitRepository
      update.gitRepoUrl = url
    case .tarball(let url):
      update.sourceType = .tarball
      update.tarballUrl = url
    case .gist(let url):
      update.sourceType = .gist
      update.gitHubGistUrl = url
    case nil: break
    }
    switch buildTag {
    case .set(let tag): update.buildTag = tag
    case .some(.none): update.removesBuildTag = true
    case nil: break
    }
    update.applyEnvVarsToBuild = appliesVariablesToBuild
    if !variables.isEmpty || !removedVariables.isEmpty {
      update.envVars = try merged(found.version.envVars ?? [])
    }
    return update
  }

  /// All variables as they will be: the platform takes them as a whole. A secret without a value keeps the
  /// one that it has.
  private func merged(_ current: [EnvironmentVariable]) throws(DeployError) -> [EnvironmentVariable] {
    for name in removedVariables where !current.contains(where: { $0.name == name }) {
      throw .project(
        ProjectError(.invalidInput, reason: "--unset-env \(name): the version has no such variable"))
    }
    var merged = current.filter { variable in
      !removedVariables.contains(variable.name) && !variables.contains { $0.name == variable.name }
    }
    merged += variables.map { .init(name: $0.name, value: $0.value, isSecret: $0.isSecret) }
    return merged.sorted { $0.name < $1.name }
  }
}
