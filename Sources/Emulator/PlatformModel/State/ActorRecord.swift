// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// An Actor as the platform keeps it.
package struct ActorRecord: Codable, Equatable, Sendable {
  package let id: String
  /// The id of the user that owns it.
  package let userId: String
  /// Its name, unique among those of its owner.
  package var name: String
  /// The title shown to users.
  package var title: String?
  /// The description shown to users.
  package var description: String?
  /// Whether other users may see it.
  package var isPublic: Bool
  /// What a run uses unless it says otherwise.
  package var defaultRunOptions: DefaultRunOptions
  /// Properties that the emulator keeps and gives back without looking inside.
  package var otherProperties: [String: JSONValue]
  /// Its versions, in the order of their numbers.
  package var versions: [VersionRecord]
  /// The id of the build that each tag points at; nil for none.
  package internal(set) var taggedBuilds: [String: String]?
  /// When it was created.
  package let createdAt: Timestamp
  /// When it or one of its versions was last changed.
  package var modifiedAt: Timestamp

  /// The index of the version `number` among `versions`.
  package func index(of number: VersionNumber) -> Int? {
    versions.firstIndex { $0.versionNumber == number }
  }

  /// Puts `version` where its number belongs.
  mutating func insert(_ version: VersionRecord) {
    let index = versions.firstIndex { $0.versionNumber > version.versionNumber } ?? versions.endIndex
    versions.insert(version, at: index)
  }
}

/// What a run of an Actor uses unless it says otherwise.
package struct DefaultRunOptions: Codable, Equatable, Sendable {
  /// The tag or number of the build.
  package var build = "latest"
  /// How long a run may take.
  package var timeoutSecs = 3600
  /// How much memory it gets.
  package var memoryMbytes = 4096

  package init() {}
}
