// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ApifyAPI
internal import SystemIO

/// What an edit leaves in the Actor's store.
extension VersionEdit {
  /// Tells pushes from elsewhere that the last build is not what the version becomes, and that secrets are
  /// not what they know.
  ///
  /// - Returns: why they cannot be told of secrets, which nothing else shows.
  func tellOthers(
    _ found: VersionReader.Found, _ platform: any Platform
  ) async throws(DeployError) -> DeployError? {
    guard changesFrozenSettings(of: found.version) else { return nil }
    let (id, number) = (found.actor.id, found.version.versionNumber)
    async let newest = Push.newestBuild(of: number, .id(id), on: platform)
    let user = await platform.result { try await platform.currentUser() }
    let setsSecret = variables.contains(where: \.isSecret)
    var failure: DeployError?
    if setsSecret {
      let owner = Account(try user.get()).username
      failure = try await Push.withdrawRecord(of: number, actor: id, owner: owner, on: platform)
    }
    // Without that a secret would not be seen, nor anything where no push has started the build.
    switch (await newest, user) {
    case (.success(let build?), .success(let user)):
      let unwritten = await BuildRecord(outdated: build.id).write(
        version: number, actor: id, owner: Account(user).username, on: platform)
      failure = failure ?? unwritten
    case (.failure(let error), _): failure = failure ?? error
    // What has no build is not up to date, whatever others take its secrets for.
    case (.success(nil), _): return nil
    case (.success, .failure): break
    }
    return setsSecret ? failure : nil
  }

  /// Whether the variables of `version`, or whether builds get them, may become others: the value of a secret
  /// is not shown.
  private func changesFrozenSettings(of version: ActorVersion) -> Bool {
    let isSet = variables.allSatisfy { variable in
      !variable.isSecret
        && version.envVars?.contains {
          $0.name == variable.name && $0.isSecret != true && sameBytes($0.value, variable.value)
        } == true
    }
    return !isSet || !removedVariables.isEmpty
      || appliesVariablesToBuild.map { $0 != version.applyEnvVarsToBuild ?? false } ?? false
  }
}
