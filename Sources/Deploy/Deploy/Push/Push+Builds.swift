// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ApifyAPI
internal import SourcePackage

extension Push {
  /// How many builds of the Actor are searched for the newest one of the version.
  static let reach = 100

  /// The newest build of the version, in short; nil where it has none, or the Actor does not exist.
  func newestBuild() async -> Result<Build?, DeployError> {
    await platform.result {
      let builds: [Build]
      do {
        builds = try await platform.builds(of: settings.reference, limit: Self.reach)
      } catch let error as APIError where error.isNotFound {
        return nil
      }
      return builds.first { $0.buildNumber?.hasPrefix(number + ".") == true }
    }
  }

  /// What is to be done about the build of a version that needs no change, and the build that is meant.
  ///
  /// Where a build of just this is known to have succeeded, and the tag points at it, no other is asked for.
  func decideBuild(_ plan: PushPlan) async throws(DeployError) -> (BuildDecision, Build?) {
    if let tagged = knownGood(plan) { return (.upToDate(number: tagged.buildNumber), tagged) }
    let newest = try await newestBuild().get()
    return (BuildDecision(try await facts(plan, newest)), newest)
  }

  /// The build that the tag points at, where it is remembered that it succeeded and was made of what the
  /// version holds.
  private func knownGood(_ plan: PushPlan) -> Build? {
    guard let tag = settings.tagName ?? plan.remote?.buildTag, let tagged = plan.actor?.taggedBuilds[tag],
      let id = tagged.buildId, let remembered = plan.remembered,
      remembered.build(of: plan.package.manifest) == .succeeded(id),
      plan.remote.map({ remembered.wasBuilt(with: $0) }) ?? true
    else { return nil }
    return Build(id: id, number: tagged.buildNumber, status: .succeeded)
  }

  private func facts(_ plan: PushPlan, _ newest: Build?) async throws(DeployError) -> BuildDecision.Facts {
    var facts = BuildDecision.Facts()
    facts.tag = settings.tagName ?? plan.remote?.buildTag
    let tagged = facts.tag.flatMap { plan.actor?.taggedBuilds[$0] }
    (facts.taggedID, facts.taggedNumber) = (tagged?.buildId, tagged?.buildNumber)
    if let build = newest {
      (facts.id, facts.number, facts.status) = (build.id, build.buildNumber, build.status)
      facts.holdsSame = try await isBuilt(plan, by: build)
    }
    return facts
  }

  /// Whether `build` was made of what the version holds now; nil where that is unknown.
  private func isBuilt(_ plan: PushPlan, by build: Build) async throws(DeployError) -> Bool? {
    // The memory knows of the variables, too, which no build shows.
    if let remembered = plan.remembered {
      switch remembered.build(of: plan.package.manifest) {
      // Also where the change itself was not remembered: its answer was lost.
      case .pending(last: build.id)?: return false
      case .started(build.id)?, .succeeded(build.id)?:
        return plan.remote.map { remembered.wasBuilt(with: $0) } ?? true
      case .pending?, .started?, .succeeded?, nil: break
      }
    }
    if plan.remembered == nil, let record = plan.record, record.lastBuild == build.id { return false }
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
