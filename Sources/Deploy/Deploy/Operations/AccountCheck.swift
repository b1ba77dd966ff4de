// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

package import ApifyAPI

/// Asks whose the token is, and whether an Actor is there.
package struct AccountCheck: Sendable {
  /// What the platform says.
  package struct Outcome: Sendable {
    /// The token's owner.
    package let user: User
    /// The Actor, or why there is none; nil where none was asked for.
    package let actor: Result<ApifyActor, DeployError>?
  }

  private let settings: PushSettings?

  /// Asks for the Actor that `settings` name, too.
  package init(_ settings: PushSettings?) { self.settings = settings }

  /// Asks.
  package func run(on platform: some Platform) async throws(DeployError) -> Outcome {
    let user = try await platform.ask { try await platform.currentUser() }
    guard let settings else { return Outcome(user: user, actor: nil) }
    return Outcome(user: user, actor: await platform.result { try await settings.actor(on: platform) })
  }
}
