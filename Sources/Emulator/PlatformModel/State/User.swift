// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// An account of the emulated platform, with its one token.
package struct User: Codable, Equatable, Sendable {
  /// The id of the account.
  package let id: String
  /// The name in `username~actor`.
  package let username: String
  /// What `Authorization: Bearer` must say.
  package var token: String
  /// Whether the token may only read: every change is answered with 403 `insufficient-permissions`.
  package var isReadOnly: Bool

  package init(id: String, username: String, token: String, isReadOnly: Bool = false) {
    self.id = id
    self.username = username
    self.token = token
    self.isReadOnly = isReadOnly
  }
}
