// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// An Actor, without its versions' content. (`Actor` alone would be Swift's own.)
package struct ApifyActor: Decodable, Hashable, Sendable {
  /// Its id.
  package let id: String
  /// Its owner's id.
  package let userID: String?
  /// Its name in addresses.
  package let name: String
  /// Its owner's name in addresses.
  package let username: String?
  /// Its name for people.
  package let title: String?
  /// What it does.
  package let description: String?
  /// When it was made, as the API writes it.
  package let createdAt: String?
  /// When it was changed, as the API writes it.
  package let modifiedAt: String?
  /// Its versions, in short.
  package let versions: [VersionSummary]
  /// Which build each tag means.
  package let taggedBuilds: [String: TaggedBuild]
  /// How it runs where a run says nothing else.
  package let defaultRunOptions: DefaultRunOptions?
  /// Whether it runs in standby; nil where the API doesn't say.
  package let isStandbyEnabled: Bool?

  /// A version as the Actor lists it.
  package struct VersionSummary: Decodable, Hashable, Sendable {
    /// `0.1`.
    package let versionNumber: String
    /// The tag that its builds get.
    package let buildTag: String?
    /// Where its source is.
    package let sourceType: SourceType?
    /// For a zip.
    package let tarballUrl: String?
    /// Its variables; nil where there is no such field.
    package let envVars: [EnvironmentVariable]?
  }

  /// What a tag means.
  package struct TaggedBuild: Decodable, Hashable, Sendable {
    /// The build's id.
    package let buildId: String?
    /// The build's number.
    package let buildNumber: String?
  }

  private enum CodingKeys: String, CodingKey {
    case id, userId, name, username, title, description, createdAt, modifiedAt, versions, taggedBuilds
    case defaultRunOptions, actorStandby
  }

  private struct Standby: Decodable { var isEnabled: Bool? }

  /// Reads what the API answers; unknown fields don't matter, and of the others only `id` and `name` must be there.
  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    id = try container.decode(String.self, forKey: .id)
    name = try container.decode(String.self, forKey: .name)
    userID = container.lenient(.userId)
    username = container.lenient(.username)
    title = container.lenient(.title)
    description = container.lenient(.description)
    createdAt = container.lenient(.createdAt)
    modifiedAt = container.lenient(.modifiedAt)
    versions = try container.decodeIfPresent([VersionSummary].self, forKey: .versions) ?? []
    let tags = container.lenient(.taggedBuilds, as: [String: TaggedBuild?].self) ?? [:]
    taggedBuilds = tags.compactMapValues { $0 }
    defaultRunOptions = container.lenient(.defaultRunOptions)
    isStandbyEnabled = container.lenient(.actorStandby, as: Standby.self)?.isEnabled
  }
}

/// How an Actor runs where a run says nothing else.
package struct DefaultRunOptions: Codable, Hashable, Sendable {
  /// The tag or number of the build.
  package var build: String?
  /// The longest run, in seconds.
  package var timeoutSecs: Int?
  /// Memory, in megabytes.
  package var memoryMbytes: Int?

  /// What is nil isn't sent.
  package init(build: String? = nil, timeoutSecs: Int? = nil, memoryMbytes: Int? = nil) {
    self.build = build
    self.timeoutSecs = timeoutSecs
    self.memoryMbytes = memoryMbytes
  }

  /// What the official CLI gives a new Actor.
  package static let standard = DefaultRunOptions(build: "latest", timeoutSecs: 3600, memoryMbytes: 4096)
}
