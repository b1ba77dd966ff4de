// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// An account.
package struct User: Decodable, Hashable, Sendable {
  /// Its id.
  package let id: String
  /// Its name in addresses.
  package let username: String?

  /// Whether it is an organisation, which people act for.
  package let isOrganization: Bool

  private enum CodingKeys: CodingKey { case id, username, organizationOwnerUserId }

  /// Reads what the API answers.
  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    id = try container.decode(String.self, forKey: .id)
    username = container.lenient(.username)
    isOrganization = container.lenient(.organizationOwnerUserId, as: String.self) != nil
  }
}
