// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

package import ApifyAPI

/// Finds the page of an Actor, or of one of its builds.
package struct AddressOperation: Sendable {
  private let reference: ActorReference
  private let build: String?

  /// The page of the Actor that `settings` name, or of the build with the number, id or tag `build`.
  package init(_ settings: PushSettings, build: String? = nil) {
    reference = settings.reference
    self.build = build
  }

  /// The address.
  ///
  /// - Throws: `noSuchActor`, `noSuchBuild`, and what the platform says.
  package func run(on platform: some Platform) async throws(DeployError) -> String {
    let list = try await BuildList.read(reference, limit: build == nil ? 1 : BuildList.reach, on: platform)
    let pages = PlatformPages(
      platform.root, actorID: list.actor.id, organizationID: list.organizationID)
    guard let name = build else { return pages.actor }
    guard let found = list.build(name) else {
      throw .noSuchBuild(
        "\(list.actor.qualifiedName) has no build \(name), and no tag of that name",
        help: list.offer(insteadOf: name))
    }
    return pages.build(found)
  }
}
