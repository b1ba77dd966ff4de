// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ApifyAPI
internal import SourcePackage

extension Push {
  /// How many builds of the Actor are searched for the newest one of the version.
  static let reach = 100

  /// The newest build of the version, in short; nil where it has none, or the Actor does not exist.
  func newestBuild() async -> Result<Build?, DeployError> {
    await Self.newestBuild(of: number, settings.reference, on: platform)
  }

  /// The newest build of the version `number` of `actor`.
  static func newestBuild(
    of number: String, _ actor: ActorReference, on platform: any Platform
  ) async -> Result<Build?, DeployError> {
    await platform.result {
      let builds: [Build]
      do {
        builds = try await platform.builds(of: actor, limit: reach)
      } catch let error as APIError where error.isNotFound {
        return nil
      }
      return builds.first { $0.buildNumber?.hasPrefix(number + ".") == true }
    }
  }

  /// What is to be done about the build of a version that needs no change, and the build that is meant.
  ///
  /// Where a build of just this is known to have succeeded, and the tag points at it, no other is asked for.
  ///
  /// - Parameter candidate: the tag of the build that is to be tried; nil for none.
  func decideBuild(
    _ plan: PushPlan, candidate: String? = nil
  ) async throws(DeployError) -> (BuildDecision, Build?) {
    if let tagged = knownGood(plan), await settings(of: tagged.id, plan) == .same {
      return (.upToDate(number: tagged.buildNumber, knowsSettings: true), tagged)
    }
    let newest = try await newestBuild().get()
    var facts = try await facts(plan, newest)
    // One that has ended with another tag was not made to be tried; one that runs would be.
    if let candidate, let newest {
      facts.isCandidate = !newest.status.isFinal || plan.actor?.taggedBuilds[candidate]?.buildId == newest.id
    }
    return (BuildDecision(facts), newest)
  }

  /// The build that the tag points at, where it is remembered that it succeeded and was made of what the
  /// version holds.
  private func knownGood(_ plan: PushPlan) -> Build? {
    guard let tag = settings.tagName ?? plan.remote?.buildTag, let tagged = plan.actor?.taggedBuilds[tag],
      let id = tagged.buildId, let remembered = plan.remembered,
      remembered.build(of: plan.package.manifest) == .succeeded(id), plan.record?.lastBuild != id
    else { return nil }
    return Build(id: id, number: tagged.buildNumber, status: .succeeded)
  }

  /// Whether the build `id` was started with what the version has beside the files, which no build shows.
  private func settings(of id: String, _ plan: PushPlan) async -> BuiltSettings {
    guard let remote = plan.remote else { return .same }
    let memory = plan.remembered?.wasBuilt(id, of: plan.package.manifest, with: remote)
    // Nothing shows that a secret is another one but the word of who has set it.
    guard memory == nil || memory == true && plan.hasSecretsOfOthers, let actor = plan.actor else {
      return BuiltSettings(memory: memory, .nothing, of: id, now: FrozenSettings(of: remote))
    }
    let found = await BuildRecord.left(
      version: number, actor: actor.id, owner: plan.user.username, on: platform)
    return BuiltSettings(memory: memory, found, of: id, now: FrozenSettings(of: remote))
  }

  /// Leaves in the Actor's store what `build` was started with, which is what `plan` has made of the version.
  func shareBuild(_ build: Build, _ id: String, _ plan: PushPlan) async {
    await BuildRecord(of: build.id, FrozenSettings(after: plan)).write(
      version: number, actor: id, owner: plan.user.username, on: platform)
  }

  private func facts(_ plan: PushPlan, _ newest: Build?) async throws(DeployError) -> BuildDecision.Facts {
    var facts = BuildDecision.Facts()
    facts.tag = settings.tagName ?? plan.remote?.buildTag
    let tagged = facts.tag.flatMap { plan.actor?.taggedBuilds[$0] }
    (facts.taggedID, facts.taggedNumber) = (tagged?.buildId, tagged?.buildNumber)
    if let build = newest {
      (facts.id, facts.number, facts.status) = (build.id, build.buildNumber, build.status)
      if isOlder(build, than: plan) {
        facts.holdsSame = false
        return facts
      }
      async let settings = settings(of: build.id, plan)
      facts.holdsSame = try await isBuilt(plan, by: build)
      facts.settings = await settings
    }
    return facts
  }

  /// Whether the version is known to have been changed since `build`, also where that was not remembered,
  /// because its answer was lost.
  private func isOlder(_ build: Build, than plan: PushPlan) -> Bool {
    plan.record?.lastBuild == build.id
      || plan.remembered?.build(of: plan.package.manifest) == .pending(last: build.id)
  }

  /// Whether `build` was made of what the version holds now; nil where that is unknown.
  private func isBuilt(_ plan: PushPlan, by build: Build) async throws(DeployError) -> Bool? {
    switch plan.remembered?.build(of: plan.package.manifest) {
    case .started(build.id)?, .succeeded(build.id)?: return true
    case .pending?, .started?, .succeeded?, nil: break
    }
    // The memory of another machine, or none: the build's own snapshot of the version tells.
    let whole = try await platform.ask { try await platform.build(id: build.id) }
    guard let snapshot = whole?.version.map({ RemoteVersion($0, root: platform.root) }),
      let remote = plan.remote
    else { return nil }
    switch (snapshot.source, remote.source) {
    case (.files, .files): return snapshot.manifest.map { $0.records == plan.package.manifest.records }
    case (.zip, .zip):
      guard let built = snapshot.archiveKey, let current = remote.archiveKey else { return nil }
      return built.hasSameContents(as: current)
    default: return false
    }
  }
}
