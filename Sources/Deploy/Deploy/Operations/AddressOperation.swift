// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

package import ApifyAPI

/// Finds the page of an Actor, or of one of its builds.
package struct AddressOperation: Sendable {
  /// What there is.
  package struct Outcome: Sendable {
    /// The Actor.
    package let actor: ApifyActor
    /// The build; nil where the Actor itself is meant.
    package let build: Build?
    /// Their pages.
    package let pages: PlatformPages

    /// The page that was asked for.
    package var address: String { build.map { pages.build($0) } ?? pages.actor }
  }

  private let settings: PushSettings
  private let build: String?

  /// The page of the Actor that `settings` name, or of the build with the number, id or tag `build`.
  package init(_ settings: PushSettings, build: String? = nil) {
    self.settings = settings
    self.build = build
  }

  /// Looks for them.
  ///
  /// - Throws: `noSuchActor`, `noSuchBuild`, and what the platform says.
  package func run(on platform: some Platform) async throws(DeployError) -> Outcome {
    let list = try await BuildList.read(settings, limit: build == nil ? 1 : BuildList.reach, on: platform)
    let pages = PlatformPages(
      platform.root, actorID: list.actor.id, organizationID: list.organizationID)
    guard let name = build else { return Outcome(actor: list.actor, build: nil, pages: pages) }
    guard let found = list.build(name) else {
      throw .noSuchBuild(
        "\(list.actor.qualifiedName) has no build \(name), and no tag of that name",
        help: list.offer(insteadOf: name))
    }
    return Outcome(actor: list.actor, build: found, pages: pages)
  }
}
