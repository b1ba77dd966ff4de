// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// The account that a token belongs to. Beside the name it has what the description of the API requires: a
/// plan and features that no account has.
package struct UserView: Encodable {
  private struct Plan: Encodable {
    let id = "EMULATOR"
    let availableProxyGroups: [String: Int] = [:]

    private enum CodingKeys: CodingKey { case id, availableProxyGroups }
  }

  private struct Feature: Encodable {
    /// Nulls: the fields are required.
    func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: CodingKeys.self)
      try container.encode(true, forKey: .isEnabled)
      try container.encodeNil(forKey: .disabledReason)
      try container.encodeNil(forKey: .disabledReasonType)
      try container.encode(false, forKey: .isTrial)
      try container.encodeNil(forKey: .trialExpirationAt)
    }

    private enum CodingKeys: CodingKey {
      case isEnabled, disabledReason, disabledReasonType, isTrial, trialExpirationAt
    }
  }

  private static let features = [
    "ACTORS", "STORAGE", "SCHEDULER", "PROXY", "PROXY_EXTERNAL_ACCESS", "PROXY_RESIDENTIAL", "PROXY_SERPS",
    "WEBHOOKS", "ACTORS_PUBLIC_ALL", "ACTORS_PUBLIC_DEVELOPER",
  ]

  private let user: User

  package init(_ user: User) { self.user = user }

  private enum CodingKeys: CodingKey {
    case id, username, plan, effectivePlatformFeatures, isPaying
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(user.id, forKey: .id)
    try container.encode(user.username, forKey: .username)
    try container.encode(false, forKey: .isPaying)
    try container.encode(Plan(), forKey: .plan)
    try container.encode(
      Dictionary(uniqueKeysWithValues: Self.features.map { ($0, Feature()) }),
      forKey: .effectivePlatformFeatures)
  }
}
