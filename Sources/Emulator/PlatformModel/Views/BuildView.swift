// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// A build, in short or with the version that was built.
package struct BuildView: Encodable {
  private let build: BuildRecord
  private let isWhole: Bool

  package init(_ build: BuildRecord, isWhole: Bool = false) {
    self.build = build
    self.isWhole = isWhole
  }

  private enum CodingKeys: CodingKey {
    case id, actId, userId, status, buildNumber, startedAt, finishedAt, actVersion, meta
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(build.id, forKey: .id)
    try container.encode(build.actorId, forKey: .actId)
    try container.encode(build.userId, forKey: .userId)
    try container.encode(build.status, forKey: .status)
    try container.encode(build.buildNumber, forKey: .buildNumber)
    try container.encode(build.startedAt.iso8601, forKey: .startedAt)
    try container.encodeIfPresent(build.finishedAt?.iso8601, forKey: .finishedAt)
    try container.encode(["origin": build.origin ?? "API"], forKey: .meta)
    if isWhole {
      try container.encode(VersionView(build.version, includingFiles: true), forKey: .actVersion)
    }
  }
}
