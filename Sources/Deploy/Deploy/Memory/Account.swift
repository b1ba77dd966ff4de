// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ApifyAPI

/// Who a token belongs to.
package struct Account: Codable, Sendable, Equatable {
  /// The user's id.
  package let id: String
  /// The user's name in addresses; the id where the platform says none.
  package let username: String
  /// Whether it is an organisation.
  package let isOrganization: Bool
}

extension Account {
  init(_ user: User) {
    self.init(id: user.id, username: user.username ?? user.id, isOrganization: user.isOrganization)
  }
}
