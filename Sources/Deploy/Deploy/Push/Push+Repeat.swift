// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ApifyAPI
internal import SourcePackage
internal import SystemIO

extension Push {
  /// Judges the version before its update is sent again, after an answer that was lost or a refusal: true
  /// where the update has been carried out.
  ///
  /// - Parameter now: the version as it is now.
  /// - Throws: `conflict` where the version is neither what it was nor what the update makes of it.
  func isUpdated(_ now: RemoteVersion, _ plan: PushPlan) throws(DeployError) -> Bool {
    // An answer without its files does not tell that they are these.
    let hasSource = !plan.sendsSource || !now.lacksContents && holds(now, plan)
    let hasTag = plan.tagChange.map { $0.after == now.buildTag } ?? true
    if hasSource && hasTag { return true }
    guard let before = plan.remote, !settings.isForced else { return false }
    let isForeign =
      !hasSource && !now.hasSameSource(as: before) || !hasTag && now.buildTag != before.buildTag
    guard isForeign else { return false }
    let conflict = Conflict(
      .changedMeanwhile, remote: now.manifest, local: plan.package.manifest, base: before.manifest)
    throw .conflict(conflict, plan)
  }
}

extension Push {
  /// Whether `now`, which was not there before, is what `plan` makes of it.
  func isCreated(_ now: RemoteVersion, _ plan: PushPlan) -> Bool {
    !now.lacksContents && holds(now, plan) && (settings.tagName ?? now.buildTag) == now.buildTag
      && (declared ?? []).areHeld(by: now.variables ?? [])
  }
}

extension Push {
  /// Judges a variable before the request that sets it to `wanted` is sent again: true where that has been
  /// carried out, as far as the platform tells.
  ///
  /// - Throws: `conflict` where it is neither what it was nor what it becomes.
  func isSet(
    _ now: EnvironmentVariable, _ wanted: EnvironmentVariable, _ plan: PushPlan
  ) throws(DeployError) -> Bool {
    if wanted.isSecret != true, now.isSecret != true, sameBytes(now.value, wanted.value) { return true }
    try checkUnchanged(now, becoming: wanted, plan)
    return false
  }

  /// Checks that a variable is what it was when the plan was made, before it is changed by a request that is
  /// sent again.
  ///
  /// - Parameter wanted: what the request makes of it; nil for nothing.
  /// - Throws: `conflict` where others have changed it.
  func checkUnchanged(
    _ now: EnvironmentVariable, becoming wanted: EnvironmentVariable? = nil, _ plan: PushPlan
  ) throws(DeployError) {
    let before = plan.remote?.variables?.first { $0.name == now.name }
    if settings.isForced || now.mayBe(before, orAlready: wanted) { return }
    let conflict = Conflict(.variables([now.name], nil), remote: nil, local: plan.package.manifest, base: nil)
    throw .conflict(conflict, plan)
  }
}

extension EnvironmentVariable {
  /// Whether it is still `before`, or a secret that the request for `wanted` has made of it: the platform
  /// keeps the values of secrets to itself, so that of one secret another is not told.
  func mayBe(_ before: EnvironmentVariable?, orAlready wanted: EnvironmentVariable?) -> Bool {
    if isSecret == true { return before?.isSecret == true || wanted?.isSecret == true }
    guard let before, before.isSecret != true else { return false }
    return sameBytes(before.value, value)
  }
}

extension RemoteVersion {
  /// Whether it has inline files that the platform has left out.
  fileprivate var lacksContents: Bool { if case .files = source { lacksFiles } else { false } }
}

extension [ApifyAPI.EnvironmentVariable] {
  /// Whether `variables` are these, as far as the platform tells: it keeps the values of secrets to itself.
  fileprivate func areHeld(by variables: [ApifyAPI.EnvironmentVariable]) -> Bool {
    guard Set(map(\.name)) == Set(variables.map(\.name)) else { return false }
    return allSatisfy { own in
      variables.contains {
        $0.name == own.name && ($0.isSecret ?? false) == (own.isSecret ?? false)
          && ($0.isSecret == true || sameBytes($0.value, own.value))
      }
    }
  }
}
