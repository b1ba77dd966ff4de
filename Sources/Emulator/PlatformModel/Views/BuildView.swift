// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// A build, as lists show it, as the answer to its start does, or with the version that was built.
package struct BuildView: Encodable {
  /// How much is shown.
  package enum Extent: Sendable {
    case listed
    case started
    case whole
  }

  private let build: BuildRecord
  private let extent: Extent

  package init(_ build: BuildRecord, _ extent: Extent) {
    self.build = build
    self.extent = extent
  }

  private enum CodingKeys: CodingKey {
    case id, actId, userId, status, buildNumber, buildNumberInt, startedAt, finishedAt, usageTotalUsd, meta
    case stats, options, usage, usageUsd, actVersion
  }

  /// What the platform would have used for it.
  private struct Stats: Encodable {
    let durationMillis: Int64
    let runTimeSecs: Double
    let computeUnits: Double
  }

  private struct Options: Encodable {
    let useCache = true
    let memoryMbytes = 4096
    let diskMbytes = 8192

    private enum CodingKeys: CodingKey { case useCache, memoryMbytes, diskMbytes }
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
    try container.encode(0, forKey: .usageTotalUsd)
    try container.encode(JobMetaView(origin: build.origin, userAgent: build.userAgent), forKey: .meta)
    if extent == .listed { return try container.encode(build.numberAsInteger, forKey: .buildNumberInt) }
    let seconds = build.finishedAt.map { Double($0.milliseconds - build.startedAt.milliseconds) / 1000 } ?? 0
    try container.encode(
      Stats(durationMillis: Int64(seconds * 1000), runTimeSecs: seconds, computeUnits: 0), forKey: .stats)
    try container.encode(Options(), forKey: .options)
    try container.encode(["ACTOR_COMPUTE_UNITS": 0], forKey: .usage)
    try container.encode(["ACTOR_COMPUTE_UNITS": 0], forKey: .usageUsd)
    if extent == .whole {
      try container.encode(VersionView(build.version, includingFiles: true), forKey: .actVersion)
    }
  }
}

extension BuildRecord {
  /// The build number as one integer, as the platform has it: `0.1.7` is 100007.
  var numberAsInteger: Int {
    version.versionNumber.major * 10_000_000 + version.versionNumber.minor * 100_000 + number
  }
}

/// What asked for a build or a run.
struct JobMetaView: Encodable {
  let origin: String
  /// The emulator's clients are on its own machine.
  let clientIp = "127.0.0.1"
  let userAgent: String

  private enum CodingKeys: CodingKey { case origin, clientIp, userAgent }

  /// The platform's origins; what is none of them is shown as `API`.
  private static let origins = [
    "DEVELOPMENT", "WEB", "API", "SCHEDULER", "TEST", "WEBHOOK", "ACTOR", "CLI", "CI", "STANDBY", "MCP",
  ]

  init(origin: String?, userAgent: String?) {
    self.origin = origin.flatMap { Self.origins.contains($0) ? $0 : nil } ?? "API"
    self.userAgent = userAgent ?? ""
  }
}
