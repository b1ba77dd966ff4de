// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// An Actor, without the source of its versions. (`Actor` is a protocol of Swift.)
package struct ApifyActor: Decodable, Hashable, Sendable {
  package let id: String
  /// The id of its owner.
  package let userID: String?
  /// The name in addresses.
  package let name: String
  /// The owner's name in addresses.
  package let username: String?
  /// The name that is displayed.
  package let title: String?
  package let description: String?
  /// The time of the last change, in ISO 8601.
  package let modifiedAt: String?
  package let versions: [VersionSummary]
  /// The build that each tag points at.
  package let taggedBuilds: [String: TaggedBuild]
  /// The options of runs that give none.
  package let defaultRunOptions: DefaultRunOptions?
  /// Whether standby mode is on; nil where the API does not tell.
  package let isStandbyEnabled: Bool?

  /// A version as the Actor lists it.
  package struct VersionSummary: Decodable, Hashable, Sendable {
    package let versionNumber: String
    /// The tag of its builds.
    package let buildTag: String?
    package let sourceType: SourceType?
    /// The address of the zip.
    package let tarballUrl: String?
    /// The variables; nil where the field is missing.
    package let envVars: [EnvironmentVariable]?
    /// Whether builds get the variables, too.
    package let applyEnvVarsToBuild: Bool?
  }

  /// The build that a tag points at.
  package struct TaggedBuild: Decodable, Hashable, Sendable {
    package let buildId: String?
    package let buildNumber: String?
  }

  private enum CodingKeys: String, CodingKey {
    case id, userId, name, username, title, description, modifiedAt, versions, taggedBuilds
    case defaultRunOptions, actorStandby
  }

  private struct Standby: Decodable { var isEnabled: Bool? }

  /// Decodes an answer of the API, of which only `id` and `name` are required.
  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    id = try container.decode(String.self, forKey: .id)
    name = try container.decode(String.self, forKey: .name)
    userID = container.lenient(.userId)
    username = container.lenient(.username)
    title = container.lenient(.title)
    description = container.lenient(.description)
    modifiedAt = container.lenient(.modifiedAt)
    versions = try container.decodeIfPresent([VersionSummary].self, forKey: .versions) ?? []
    let tags = container.lenient(.taggedBuilds, as: [String: TaggedBuild?].self) ?? [:]
    taggedBuilds = tags.compactMapValues { $0 }
    defaultRunOptions = container.lenient(.defaultRunOptions)
    isStandbyEnabled = container.lenient(.actorStandby, as: Standby.self)?.isEnabled
  }
}

/// The options of runs that give none.
package struct DefaultRunOptions: Codable, Hashable, Sendable {
  /// The tag or number of the build.
  package var build: String?
  /// The longest run, in seconds; 0 for no limit.
  package var timeoutSecs: Int?
  /// Memory, in megabytes.
  package var memoryMbytes: Int?

  /// Options; those that are nil are not sent.
  package init(build: String? = nil, timeoutSecs: Int? = nil, memoryMbytes: Int? = nil) {
    self.build = build
    self.timeoutSecs = timeoutSecs
    self.memoryMbytes = memoryMbytes
  }

  /// The options that the official CLI gives a new Actor.
  package static let standard = DefaultRunOptions(build: "latest", timeoutSecs: 3600, memoryMbytes: 4096)
}
