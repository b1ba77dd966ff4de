// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// An account.
package struct User: Decodable, Hashable, Sendable {
  package let id: String
  /// The name in addresses.
  package let username: String?
  /// Whether the account is an organisation.
  package let isOrganization: Bool

  private enum CodingKeys: CodingKey { case id, username, organizationOwnerUserId }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    id = try container.decode(String.self, forKey: .id)
    username = container.lenient(.username)
    isOrganization = container.lenient(.organizationOwnerUserId, as: String.self) != nil
  }
}
