// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ActorProject
package import ApifyAPI
package import SourcePackage

/// One push, step by step: look, then act.
package struct Push: Sendable {
  private let client: ApifyClient
  private let settings: PushSettings

  /// A push by `settings`.
  package init(_ settings: PushSettings, client: ApifyClient) {
    self.settings = settings
    self.client = client
  }

  /// Finds out whose token it is, and what is there already. Nothing is changed.
  ///
  /// - Parameter isForced: replace a version whose source lies elsewhere.
  package func look(isForced: Bool) async throws(DeploymentError) -> PushPlan {
    let user = try await asked { try await client.currentUser() }
    let username = user.username ?? user.id
    let actor = try await asked { try await client.actor(settings.reference) }
    guard let actor else {
      guard let name = ownName(user) else { throw .noSuchActor(settings.reference) }
      guard ActorConfiguration.isName(name) else {
        throw .project(
          ProjectError(
            .invalidInput,
            reason: "there is no Actor \(settings.reference), and none can be created: "
              + "a name must be 3 to 63 characters of a-z, 0-9 and -"))
      }
      return PushPlan(
        user: user, actor: nil, actorName: "\(username)/\(name)", action: .createActor, settings: settings)
    }
    let version = actor.versions.first { $0.versionNumber == settings.version.description }
    if let source = version?.sourceType, ["GIT_REPO", "GITHUB_GIST"].contains(source.rawValue), !isForced {
      throw .foreignSource(version: settings.version.description, sourceType: source.rawValue)
    }
    return PushPlan(
      user: user, actor: actor, actorName: "\(actor.username ?? username)/\(actor.name)",
      action: version == nil ? .createVersion : .update, settings: settings)
  }

  /// The name of an Actor that is the user's own to create.
  private func ownName(_ user: User) -> String? {
    switch settings.reference {
    case .own(let name): return name
    case .named(let owner, let name): return owner == user.username ? name : nil
    case .id: return nil
    }
  }

  /// Does what `plan` says, with `document`. Returns the Actor's id.
  package func carryOut(
    _ plan: PushPlan, _ package: PreparedPackage, head: DocumentHead
  ) async throws(DeploymentError) -> String {
    let number = settings.version.description
    guard case .files(let files) = package.source else { throw .nothingToPush }
    let body = RequestBody(files.document(under: head), encoding: .gzip)
    var id = plan.actor?.id ?? ""
    if plan.actor == nil {
      id = try await asked { try await client.createActor(newActor(plan)) }.id
    } else if plan.action == .update {
      let updated = try await asked { () async throws -> Bool in
        do {
          _ = try await client.updateVersion(actor: .id(id), number: number, body: body)
          return true
        } catch let error as APIError where error.isNotFound {
          // Somebody has deleted the version since we looked.
          return false
        }
      }
      if updated { return id }
    }
    let entryCount = package.summary.files + package.summary.folders
    _ = try await asked {
      // After a lost answer: a version with as many entries is the one that we have made.
      try await client.createVersion(actor: .id(id), number: number, body: body) {
        $0.sourceFiles?.count == entryCount
      }
    }
    return id
  }

  /// Runs a request; what the client throws is the platform's, or the end of our patience.
  private func asked<Answer>(_ request: () async throws -> Answer) async throws(DeploymentError) -> Answer {
    do {
      return try await request()
    } catch let error as APIError {
      throw .platform(error)
    } catch {
      throw .interrupted
    }
  }

  private func newActor(_ plan: PushPlan) -> NewActor {
    let configuration = settings.configuration
    return NewActor(
      name: ownName(plan.user) ?? plan.actorName, title: configuration?.title,
      description: configuration?.description,
      actorStandby: configuration?.usesStandbyMode.map { NewActor.Standby(isEnabled: $0) })
  }
}
