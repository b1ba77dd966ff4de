// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

// What the API shows of a record: secrets and the platform's own notes stay inside.

package struct EnvironmentVariableView: Encodable {
  let name: String
  let value: String?
  let isSecret: Bool

  package init(_ variable: EnvironmentVariable) {
    name = variable.name
    value = variable.isSecret ? nil : variable.value
    isSecret = variable.isSecret
  }
}

/// A version with its files, or without: an Actor only names its versions.
package struct VersionView: Encodable {
  let version: VersionRecord
  let includingFiles: Bool

  package init(_ version: VersionRecord, includingFiles: Bool) {
    self.version = version
    self.includingFiles = includingFiles
  }

  private enum CodingKeys: CodingKey {
    case versionNumber, buildTag, envVars, applyEnvVarsToBuild
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(version.versionNumber, forKey: .versionNumber)
    try container.encodeIfPresent(version.buildTag, forKey: .buildTag)
    try container.encode(version.envVars.map(EnvironmentVariableView.init), forKey: .envVars)
    try container.encode(version.applyEnvVarsToBuild, forKey: .applyEnvVarsToBuild)
    try version.source.encode(to: encoder, includingFiles: includingFiles)
  }
}

package struct ActorView: Encodable {
  let actor: ActorRecord
  let username: String
  /// The build that each tag means.
  let taggedBuilds: [String: TaggedBuildView]
  let stats: ActorStatsView

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: ActorChange.Property.self)
    try container.encode(actor.id, forKey: "id")
    try container.encode(actor.userId, forKey: "userId")
    try container.encode(username, forKey: "username")
    try container.encode(actor.name, forKey: "name")
    try container.encodeIfPresent(actor.title, forKey: "title")
    try container.encodeIfPresent(actor.description, forKey: "description")
    try container.encode(actor.isPublic, forKey: "isPublic")
    try container.encode(actor.createdAt.iso8601, forKey: "createdAt")
    try container.encode(actor.modifiedAt.iso8601, forKey: "modifiedAt")
    try container.encode(actor.defaultRunOptions, forKey: "defaultRunOptions")
    let versions = actor.versions.map { VersionView($0, includingFiles: false) }
    try container.encode(versions, forKey: "versions")
    try container.encode(taggedBuilds, forKey: "taggedBuilds")
    try container.encode(stats, forKey: "stats")
    for (name, value) in actor.otherProperties {
      try container.encode(value, forKey: ActorChange.Property(stringValue: name))
    }
  }
}

extension PlatformState {
  /// The view of `actor`, with its owner's name and the builds of its tags.
  package func view(of actor: ActorRecord) -> ActorView {
    ActorView(
      actor: actor, username: username(of: actor.userId),
      taggedBuilds: (actor.taggedBuilds ?? [:]).compactMapValues { builds[$0].map(TaggedBuildView.init) },
      stats: stats(of: actor))
  }

  /// An Actor in a list, with its owner's name.
  package func summary(of actor: ActorRecord) -> ActorSummaryView {
    ActorSummaryView(actor, username: username(of: actor.userId), stats: stats(of: actor))
  }

  private func stats(of actor: ActorRecord) -> ActorStatsView {
    let runs = runs.values.filter { $0.actorId == actor.id }
    return ActorStatsView(
      totalBuilds: builds.values.count { $0.actorId == actor.id }, totalRuns: runs.count,
      totalUsers: Set(runs.map(\.userId)).count, lastRunStartedAt: runs.map(\.startedAt).max()?.iso8601)
  }
}

/// How often an Actor was built and run.
package struct ActorStatsView: Encodable, Sendable {
  let totalBuilds: Int
  let totalRuns: Int
  let totalUsers: Int
  let lastRunStartedAt: String?
}

/// What a tag means.
package struct TaggedBuildView: Encodable {
  let buildId: String
  let buildNumber: String
  let buildNumberInt: Int
  let finishedAt: String?

  package init(_ build: BuildRecord) {
    buildId = build.id
    buildNumber = build.buildNumber
    buildNumberInt = build.numberAsInteger
    finishedAt = build.finishedAt?.iso8601
  }
}

/// An Actor in a list.
package struct ActorSummaryView: Encodable {
  let id: String
  let name: String
  let username: String
  let title: String?
  let createdAt: String
  let modifiedAt: String
  let stats: ActorStatsView

  init(_ actor: ActorRecord, username: String, stats: ActorStatsView) {
    id = actor.id
    name = actor.name
    self.username = username
    title = actor.title
    createdAt = actor.createdAt.iso8601
    modifiedAt = actor.modifiedAt.iso8601
    self.stats = stats
  }
}

/// A part of a list.
package struct PageView<Item: Encodable>: Encodable {
  let total: Int
  let count: Int
  let offset: Int
  let limit: Int
  let desc: Bool
  let items: [Item]

  /// The `limit` items of `all` from `offset` on; `all` is in ascending order.
  package init<Record>(
    _ all: [Record], offset: Int = 0, limit: Int = 1000, isDescending: Bool = false,
    _ view: (Record) -> Item
  ) {
    let ordered = isDescending ? all.reversed() : all
    items = ordered.dropFirst(max(0, offset)).prefix(limit).map(view)
    total = all.count
    count = items.count
    self.offset = offset
    self.limit = limit
    desc = isDescending
  }
}
