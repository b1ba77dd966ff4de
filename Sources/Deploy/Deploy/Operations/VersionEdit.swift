// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

package import ActorProject
package import ApifyAPI
internal import SystemIO

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
  package enum TagChange: Sendable {
    /// This one.
    case set(BuildTag)
    /// No tag.
    case none
  }

  /// The new source; nil leaves it.
  package var source: Source?
  /// The tag of new builds; nil leaves it.
  package var buildTag: TagChange?
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
  /// - Parameter stateDirectory: keeps what is remembered of the version; nil for nothing.
  /// - Returns: the version afterwards.
  /// - Throws: `noSuchActor`, `noSuchVersion`, `project` where a variable to be removed is not there, or what
  ///   the platform says.
  package func run(
    _ settings: PushSettings, stateDirectory: [UInt8]? = nil, on platform: some Platform,
    events: DeployEvents = { _ in }
  ) async throws(DeployError) -> VersionReader.Found {
    let reader = VersionReader(settings, platform: platform)
    let found = try await reader.find()
    let current = Dictionary(
      (found.version.envVars ?? []).map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    if let name = removedVariables.first(where: VariableName.isNoSegment) {
      throw .project(
        ProjectError(
          .invalidInput, reason: "--unset-env \(name): no address names it",
          help: "remove it in Console"))
    }
    for name in removedVariables where current[name] == nil {
      throw .project(
        ProjectError(
          .invalidInput, reason: "--unset-env \(TerminalText.of(name)): the version has no such variable"))
    }
    for variable in variables where !variable.isSecret && current[variable.name]?.isSecret == true {
      let name = TerminalText.of(variable.name)
      let word = ShellText.word(variable.name)
      throw .project(
        ProjectError(
          .invalidInput,
          reason: "\(name) is a secret, and as a plain variable all who see the version could read it",
          help: "use --secret-env \(word), or remove it first: --unset-env \(word)"))
    }
    let memory = stateDirectory.map { VersionMemory(directory: $0) }
    let key = VersionMemory.Key(
      root: platform.root.description, actorID: found.actor.id, version: settings.version.description)
    // Before, so that nothing that ends it half-way leaves a build for what the version is.
    memory?.note(self, of: key, from: settings.directory)
    if buildTag != nil { settings.directory?.forgetTag(of: key) }
    settings.directory?.forgetVariables(Set(variables.map(\.name) + removedVariables), of: key)
    let failure = try await tellOthers(found, platform)
    if Task.isCancelled { throw .interrupted }
    if let failure { events(.secretsNotTold(failure)) }
    var progress = VariableProgress()
    do throws(DeployError) {
      try await carryOut(
        .id(found.actor.id), settings.version.description, found.version, current, platform, &progress)
    } catch {
      throw progress.isEmpty && progress.version == .none ? error : .partlyUpdated(progress, error)
    }
    // All is changed: a look that fails says so.
    do throws(DeployError) { return try await reader.find() } catch { throw .partlyUpdated(progress, error) }
  }

  /// One variable at a time: of two edits at once both last, and a secret is never sent without its value. A
  /// request is sent again only where what it changes is what it was, so that a lost answer undoes no edit of
  /// others.
  private func carryOut(
    _ actor: ActorReference, _ number: String, _ before: ActorVersion,
    _ current: [String: EnvironmentVariable], _ platform: some Platform, _ progress: inout VariableProgress
  ) async throws(DeployError) {
    for variable in variables {
      let wanted = EnvironmentVariable(
        name: variable.name, value: variable.value, isSecret: variable.isSecret)
      try await progress.change(variable.name) { () async throws(DeployError) in
        try await platform.ask {
          try await platform.setVariable(
            wanted, isNew: current[variable.name] == nil, actor: actor, number: number
          ) { now in
            if wanted.isSecret != true, now.isSecret != true, sameBytes(now.value, wanted.value) {
              return true
            }
            try check(now, is: current[variable.name], becoming: wanted, number)
            return false
          }
          return true
        }
      }
    }
    if let update {
      do throws(DeployError) {
        let body = try await platform.ask { try RequestBody.json(update) }
        _ = try await platform.ask {
          try await platform.updateVersion(actor: actor, number: number, body: body) { now in
            if isMade(now) { return true }
            guard hasSameSettings(now, as: before) else { throw DeployError.changedMeanwhile(number) }
            return false
          }
        }
      } catch {
        if error.mayHaveChanged { progress.version = .unknown }
        throw error
      }
      progress.version = .done
    }
    for name in removedVariables {
      try await progress.change(name, isRemoval: true) { () async throws(DeployError) in
        try await platform.ask {
          try await platform.removeVariable(name, actor: actor, number: number) { now in
            try check(now, is: current[name], number)
          }
          return true
        }
      }
    }
  }

  /// Whether a build of the version before is not what it is afterwards.
  var outdates: Bool {
    source != nil || appliesVariablesToBuild != nil || !variables.isEmpty || !removedVariables.isEmpty
  }

  /// What is changed beside the variables; nil for nothing.
  private var update: VersionUpdate? {
    if source == nil, buildTag == nil, appliesVariablesToBuild == nil { return nil }
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
    case .set(let tag): update.buildTag = tag.description
    case .some(.none): update.removesBuildTag = true
    case nil: break
    }
    update.applyEnvVarsToBuild = appliesVariablesToBuild
    return update
  }
}
