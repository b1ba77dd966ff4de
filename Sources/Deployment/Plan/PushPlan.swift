// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

package import ApifyAPI

/// What a push is about to do, found out before it does anything.
package struct PushPlan: Sendable {
  /// What happens to the version.
  package enum Action: String, Sendable {
    /// Neither the Actor nor the version is there.
    case createActor = "create-actor"
    /// The Actor is there, the version is not.
    case createVersion = "create-version"
    /// Both are there.
    case update
  }

  /// Who the token belongs to.
  package let user: User
  /// The Actor, if it is there.
  package let actor: ApifyActor?
  /// What it is called, there or not yet.
  package let actorName: String
  /// What happens.
  package let action: Action
  /// By what the push goes.
  package let settings: PushSettings
}
