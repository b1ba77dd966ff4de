// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ActorProject
internal import ApifyAPI
internal import SourcePackage
internal import SystemIO

extension Push {
  /// Finds out whose token it is, what is there already, and what is to be done. Nothing is changed.
  ///
  /// The platform is asked while the package is made: what has to be asked depends on neither, or on its form only.
  ///
  /// - Parameter makePackage: gives the package; nil where there is none, which ends it.
  package func look(
    _ makePackage: @Sendable () async -> PreparedPackage?
  ) async throws(DeployError) -> PushPlan? {
    async let askedActor = outcome { try await client.actor(settings.reference) }
    guard let package = await makePackage() else { return nil }
    if package.sourceType == .tarball { return try await lookAtZip(try await askedActor.get(), package) }
    async let askedUser = outcome { try await client.currentUser() }
    async let askedVersion = outcome { try await version(of: settings.reference) }
    let user = Account(try await askedUser.get())
    guard let actor = try await askedActor.get() else { return try newActor(user, package) }
    var remote = try await askedVersion.get()
    try await addManifest(to: &remote)
    return await plan(user, actor, remote, package)
  }

  /// Of a zip the Actor's own list of versions says as much as the version does, and that nothing has changed can be told
  /// without knowing whose token it is: each a request less.
  private func lookAtZip(
    _ actor: ApifyActor?, _ package: PreparedPackage
  ) async throws(DeployError) -> PushPlan {
    var remote: RemoteVersion?
    if let actor, let summary = actor.versions.first(where: { $0.versionNumber == number }) {
      remote = RemoteVersion(summary, root: client.root)
      if remote == nil { remote = try await asked { try await version(of: .id(actor.id)) } }
      try await addManifest(to: &remote)
      let unchanged = await plan(nil, actor, remote, package)
      if unchanged.action == .none { return unchanged }
    }
    let user = Account(try await asked { try await client.currentUser() })
    guard let actor else { return try newActor(user, package) }
    return await plan(user, actor, remote, package)
  }

  private func newActor(_ user: Account, _ package: PreparedPackage) throws(DeployError) -> PushPlan {
    PushPlan(
      settings: settings, user: user, actor: nil, actorName: try newName(user), action: .createActor,
      package: package, remote: nil, variables: difference(nil, nil), conflict: nil, remembered: nil)
  }

  /// The version as it is now.
  func version(of actor: ActorReference) async throws -> RemoteVersion? {
    try await client.version(actor: actor, number: number).map { RemoteVersion($0, root: client.root) }
  }

  /// What is in a zip of the platform's is known where its manifest lies beside it, and is about that zip.
  func addManifest(to remote: inout RemoteVersion?) async throws(DeployError) {
    guard case .zip(_, let record?) = remote?.source else { return }
    try await remote?.read(ManifestRecord(of: record), client)
  }

  private func plan(
    _ user: Account?, _ actor: ApifyActor, _ remote: RemoteVersion?, _ package: PreparedPackage
  ) async -> PushPlan {
    let remembered = memory?.recall(key(actor.id))
    let base = await base(remote, remembered, package)
    let comparison = remote.map { remote in
      SourceComparison(
        local: package.manifest, sourceType: package.sourceType,
        newestModification: package.summary.newestModification, remote: remote, modifiedAt: actor.modifiedAt,
        base: base)
    }
    let variables = difference(remote, remembered)
    let isTagged = settings.buildTag.map { $0 == remote?.buildTag } ?? true
    let action: PushPlan.Action =
      if let comparison {
        comparison.isSame && variables.isEmpty && isTagged && !settings.isForced ? .none : .update
      } else {
        .createVersion
      }
    return PushPlan(
      settings: settings, user: user, actor: actor,
      actorName: actor.username.map { "\($0)/\(actor.name)" } ?? actor.name,
      action: action, package: package, remote: remote, variables: variables,
      conflict: settings.isForced ? nil : comparison?.conflict, remembered: remembered)
  }

  /// From where changes are counted: what was last pushed from here, or else what the version says about itself.
  private func base(
    _ remote: RemoteVersion?, _ remembered: RememberedVersion?, _ package: PreparedPackage
  ) async -> SourceComparison.Base {
    if let remembered { return .manifest(remembered.manifest) }
    guard let history = settings.history, let remote, remote.provenance != nil,
      remote.manifest?.records != package.manifest.records
    else { return .unknown }
    return await Threads.run { history().map { SourceComparison.Base(remote, $0) } ?? .unknown }
  }

  private func difference(_ remote: RemoteVersion?, _ remembered: RememberedVersion?) -> VariableDifference {
    VariableDifference(settings.variables, current: remote?.variables) { name, value in
      remembered?.wasGiven(name, value)
    }
  }

  /// What a new Actor is called.
  private func newName(_ user: Account) throws(DeployError) -> String {
    guard let name = settings.ownName(user) else { throw .noSuchActor(settings.reference) }
    guard ActorConfiguration.isName(name) else {
      throw .project(
        ProjectError(
          .invalidInput,
          reason: "there is no Actor \(settings.reference), and none can be created: "
            + "a name must be 3 to 63 characters of a-z, 0-9 and -"))
    }
    return "\(user.username)/\(name)"
  }
}
