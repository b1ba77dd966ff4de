// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// A run of a build.
package struct Run: Decodable, Sendable {
  package let id: String
  /// The states are those of builds.
  package let status: BuildStatus
  /// The id of its build.
  package let buildID: String?
  /// The number of its build.
  package let buildNumber: String?
  /// The time of its start, in ISO 8601.
  package let startedAt: String?
  /// The time of its end, in ISO 8601; nil while it runs.
  package let finishedAt: String?
  /// The id of the store that has its input.
  package let storeID: String?
  /// What its process ended with; nil where it did not end by itself.
  package let exitCode: Int?

  private enum CodingKeys: CodingKey {
    case id, status, buildId, buildNumber, startedAt, finishedAt, exitCode, defaultKeyValueStoreId
  }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    id = try container.decode(String.self, forKey: .id)
    status = try container.decode(BuildStatus.self, forKey: .status)
    buildID = container.lenient(.buildId)
    buildNumber = container.lenient(.buildNumber)
    startedAt = container.lenient(.startedAt)
    finishedAt = container.lenient(.finishedAt)
    storeID = container.lenient(.defaultKeyValueStoreId)
    exitCode = container.lenient(.exitCode)
  }
}
