// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ActorProject
internal import ApifyAPI
internal import SystemIO

extension Push {
  /// Creates the Actor of `plan`, without a version, and returns its id; also where others have created one
  /// of that name since the look: what they put there stays, as no version is created twice.
  func createActor(_ plan: PushPlan) async throws(DeployError) -> String {
    let new = newActor(plan)
    let created = try await progress.change(.actor) { () throws(DeployError) in
      try await platform.ask { () async throws -> String? in
        do {
          return try await platform.createActor(new).id
        } catch let error as APIError where error.saysItExists {
          return nil
        }
      }
    }
    if let created { return created }
    progress.set(.actor, .none)
    let found = try await platform.ask { try await platform.actor(.own(name: new.name)) }
    guard let found else { throw .noSuchActor(.own(name: new.name)) }
    return found.id
  }

  /// Creates the version by `body`.
  ///
  /// - Throws: `conflict` where others have created another one of that number since the look.
  func createVersion(_ id: String, _ plan: PushPlan, _ body: RequestBody) async throws(DeployError) {
    try await progress.change(.version) { () throws(DeployError) in
      try await platform.ask {
        do {
          // After a lost answer: a version that is the same is the one that we have made.
          _ = try await platform.createVersion(actor: .id(id), number: number, body: body) { version in
            isCreated(RemoteVersion(version, root: platform.root), plan)
          }
        } catch let error as APIError where error.saysItExists {
          try await checkCreated(id, plan, error)
        }
      }
    }
  }

  /// Checks that the version, which `error` says is there, is what `plan` makes of it.
  private func checkCreated(_ id: String, _ plan: PushPlan, _ error: APIError) async throws {
    guard let now = try await version(of: .id(id)) else { throw error }
    // A secret need not be what it is here.
    let isKnown = declared?.contains { $0.isSecret == true } != true
    if isKnown, isCreated(now, plan) { return }
    throw DeployError.conflict(
      Conflict(.createdMeanwhile, remote: now.manifest, local: plan.package.manifest, base: nil),
      plan)
  }

  private func newActor(_ plan: PushPlan) -> NewActor {
    let configuration = settings.configuration
    return NewActor(
      name: settings.ownName(plan.user) ?? plan.actorName, title: configuration?.title,
      description: configuration?.description,
      actorStandby: configuration?.usesStandbyMode.map { NewActor.Standby(isEnabled: $0) })
  }
}
