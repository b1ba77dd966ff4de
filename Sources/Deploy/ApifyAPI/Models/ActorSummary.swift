// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// An Actor in a list: its names alone.
package struct ActorSummary: Decodable, Hashable, Sendable {
  package let id: String
  /// The name in addresses.
  package let name: String
  /// The owner's name in addresses.
  package let username: String?
}
