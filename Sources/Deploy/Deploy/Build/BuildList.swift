// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ActorProject
package import ApifyAPI
internal import Checks
internal import SystemIO

/// An Actor with its newest builds: where the build is found that a number, an id or a tag means.
package struct BuildList: Sendable {
  /// How many builds are searched.
  static let reach = 1000
  /// How many are offered where none is found.
  private static let offered = 5

  /// The Actor.
  package let actor: ApifyActor
  /// Its builds, the newest first.
  package let builds: [Build]
  /// The organisation that the Actor belongs to; nil where it is a user's own.
  package let organizationID: String?
  /// The token's owner, where that was asked for.
  let owner: String?

  init(_ actor: ApifyActor, _ builds: [Build], organizationID: String? = nil, owner: String? = nil) {
    self.actor = actor
    self.builds = builds
    self.organizationID = organizationID
    self.owner = owner
  }

  /// Asks `platform` for the Actor that `settings` name, the owner of the token, and at most `limit` builds,
  /// at the same time.
  static func read(
    _ settings: PushSettings, limit: Int = reach, on platform: any Platform
  ) async throws(DeployError) -> BuildList {
    async let askedActor = platform.result { try await settings.actor(on: platform) }
    async let askedUser = platform.result { try await platform.currentUser() }
    let asked = await platform.result { try await platform.builds(of: settings.reference, limit: limit) }
    let actor = try await askedActor.get()
    let (user, builds) = (try await askedUser.get(), try asked.get())
    let isOwner = user.isOrganization && (actor.userID == nil || actor.userID == user.id)
    return BuildList(actor, builds, organizationID: isOwner ? user.id : nil, owner: Account(user).username)
  }

  /// The tags that point at `build`, in their order.
  func tags(of build: Build) -> [String] {
    actor.taggedBuilds.filter { $0.value.buildId == build.id }.keys.sorted()
  }

  /// The builds of one version, or all.
  func builds(of version: VersionNumber?) -> [Build] {
    guard let version else { return builds }
    return builds.filter { $0.buildNumber?.hasPrefix("\(version).") == true }
  }

  /// The build that `name` means: its number, its id, or a tag that points at it.
  func build(_ name: String) -> Build? {
    if let build = builds.first(where: { $0.buildNumber == name || $0.id == name }) { return build }
    guard let tagged = actor.taggedBuilds[name], let id = tagged.buildId else { return nil }
    // It may be older than those that are listed.
    return builds.first { $0.id == id }
      ?? Build(id: id, number: tagged.buildNumber, status: .succeeded)
  }

  /// What there is instead of a build that is not there: "did you mean latest? there are 0.1.3 (latest),
  /// 0.1.2 (FAILED) and 4 older".
  ///
  /// - Parameters:
  ///   - name: what was taken for a tag; one that is nearly called so is offered first.
  ///   - areSuccessful: whether only those are offered that can have a tag.
  func offer(insteadOf name: String? = nil, areSuccessful: Bool = false) -> String {
    let near = name.flatMap { EditDistance.nearest(to: $0, among: actor.taggedBuilds.keys.sorted()) }
    return (near.map { "did you mean \($0)? " } ?? "") + offered(areSuccessful: areSuccessful)
  }

  private func offered(areSuccessful: Bool) -> String {
    let candidates = builds.filter { !areSuccessful || $0.status == .succeeded }
    if candidates.isEmpty { return areSuccessful ? "none has succeeded yet" : "it has none yet" }
    let shown = candidates.prefix(Self.offered).map { build in
      let notes = (build.status == .succeeded ? [] : [build.status.rawValue]) + tags(of: build)
      return (build.buildNumber ?? build.id) + (notes.isEmpty ? "" : " (\(notes.joined(separator: ", ")))")
    }
    let rest = candidates.count - shown.count
    return "there \(Quantity.word(candidates.count, "is", "are")) \(shown.joined(separator: ", "))"
      + (rest > 0 ? " and \(rest) older" : "")
  }
}
