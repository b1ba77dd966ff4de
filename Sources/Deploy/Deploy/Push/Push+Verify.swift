// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

package import ApifyAPI
internal import SourcePackage

extension Push {
  /// How another push got in the way of this one.
  package enum Overtaking: String, Sendable {
    /// What was built is what another push has sent.
    case built = "build"
    /// It was built, but the version holds something else by now.
    case replaced = "version"
  }

  /// Whether another push has replaced this one: found out when it is built, since nothing prevents it.
  ///
  /// What is in a zip is known by its key.
  package func verify(_ plan: PushPlan, _ actorID: String, _ build: Build?) async throws(DeployError)
    -> Overtaking?
  {
    if let built = build?.version.map({ RemoteVersion($0, root: platform.root) }), !holds(built, plan) {
      return .built
    }
    var now = try await platform.ask { try await version(of: .id(actorID)) }
    try await addManifest(to: &now)
    guard let now, holds(now, plan) else { return .replaced }
    return nil
  }

  /// Whether `version` holds what `plan` sends.
  func holds(_ version: RemoteVersion, _ plan: PushPlan) -> Bool {
    if case .zip = version.source { return version.archiveKey?.holds(plan.package.manifest) == true }
    // An answer without its files says nothing.
    guard let manifest = version.manifest else { return version.sourceType == plan.package.sourceType }
    return manifest.hasSameContents(as: plan.package.manifest)
  }
}
