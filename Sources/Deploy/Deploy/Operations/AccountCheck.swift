// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

package import ApifyAPI

/// Asks whose the token is, and whether an Actor is there.
package struct AccountCheck: Sendable {
  /// What the platform says.
  package struct Outcome: Sendable {
    /// The token's owner.
    package let user: User
    /// The Actor; nil where there is none, or none was asked for.
    package let actor: ApifyActor?
  }

  private let reference: ActorReference?

  /// Asks for the Actor `reference`, too.
  package init(_ reference: ActorReference?) { self.reference = reference }

  /// Asks.
  package func run(on platform: some Platform) async throws(DeployError) -> Outcome {
    let user = try await platform.ask { try await platform.currentUser() }
    guard let reference else { return Outcome(user: user, actor: nil) }
    return Outcome(user: user, actor: try await platform.ask { try await platform.actor(reference) })
  }
}
