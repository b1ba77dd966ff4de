// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

package import ActorProject
package import ApifyAPI

/// Lists the newest builds of an Actor, each with what it was made of.
package struct BuildsOperation: Sendable {
  /// What there is.
  package struct Outcome: Sendable {
    /// The Actor.
    package let actor: ApifyActor
    /// `jane/my-actor`.
    package var actorName: String { actor.qualifiedName }
    /// The builds, the newest first.
    package let builds: [BuildDescription]
    /// Where they can be looked at.
    package let pages: PlatformPages
  }

  private let settings: PushSettings
  private let version: VersionNumber?
  private let limit: Int

  /// A list of at most `limit` builds of the Actor that `settings` name.
  ///
  /// - Parameter version: the version whose builds are listed; nil for those of all.
  package init(_ settings: PushSettings, of version: VersionNumber? = nil, limit: Int) {
    self.settings = settings
    self.version = version
    self.limit = limit
  }

  /// Asks for the builds.
  ///
  /// - Throws: `noSuchActor`, and what the platform says.
  package func run(on platform: some Platform) async throws(DeployError) -> Outcome {
    let list = try await BuildList.read(
      settings, limit: version == nil ? limit : max(limit, BuildList.reach), on: platform)
    let builds = Array(list.builds(of: version).prefix(limit))
    return Outcome(
      actor: list.actor, builds: try await BuildDescription.all(builds, in: list, on: platform),
      pages: PlatformPages(platform.root, actorID: list.actor.id, organizationID: list.organizationID))
  }
}
