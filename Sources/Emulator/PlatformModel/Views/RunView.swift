// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// A run, as lists show it or as a whole.
package struct RunView: Encodable {
  private let run: RunRecord
  private let isListed: Bool

  package init(_ run: RunRecord, isListed: Bool = false) {
    self.run = run
    self.isListed = isListed
  }

  private enum CodingKeys: CodingKey {
    case id, actId, userId, status, startedAt, finishedAt, buildId, buildNumber, meta, usageTotalUsd
    case defaultKeyValueStoreId, defaultDatasetId, defaultRequestQueueId
    case statusMessage, isStatusMessageTerminal, stats, options, exitCode, generalAccess
  }

  private struct Stats: Encodable {
    let inputBodyLen: Int?
    let restartCount = 0
    let resurrectCount = 0
    let durationMillis: Int64
    let runTimeSecs: Double
    let computeUnits = 0

    private enum CodingKeys: CodingKey {
      case inputBodyLen, restartCount, resurrectCount, durationMillis, runTimeSecs, computeUnits
    }
  }

  private struct Options: Encodable {
    let build: String
    let timeoutSecs: Int
    let memoryMbytes: Int
    let diskMbytes: Int
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(run.id, forKey: .id)
    try container.encode(run.actorId, forKey: .actId)
    try container.encode(run.userId, forKey: .userId)
    try container.encode(run.status, forKey: .status)
    try container.encode(run.startedAt.iso8601, forKey: .startedAt)
    try container.encodeIfPresent(run.finishedAt?.iso8601, forKey: .finishedAt)
    try container.encode(run.buildId, forKey: .buildId)
    try container.encode(run.buildNumber, forKey: .buildNumber)
    try container.encode(JobMetaView(origin: run.origin, userAgent: run.userAgent), forKey: .meta)
    try container.encode(0, forKey: .usageTotalUsd)
    try container.encode(run.storages.keyValueStore, forKey: .defaultKeyValueStoreId)
    try container.encode(run.storages.dataset, forKey: .defaultDatasetId)
    try container.encode(run.storages.requestQueue, forKey: .defaultRequestQueueId)
    if isListed { return }
    try container.encode(message, forKey: .statusMessage)
    try container.encode(run.status.isFinal, forKey: .isStatusMessageTerminal)
    try container.encodeIfPresent(run.exitCode, forKey: .exitCode)
    try container.encode("FOLLOW_USER_SETTING", forKey: .generalAccess)
    let seconds = run.finishedAt.map { Double($0.milliseconds - run.startedAt.milliseconds) / 1000 } ?? 0
    try container.encode(
      Stats(
        inputBodyLen: run.inputByteCount, durationMillis: Int64(seconds * 1000), runTimeSecs: seconds),
      forKey: .stats)
    try container.encode(
      Options(
        build: run.options.build, timeoutSecs: run.options.timeoutSecs,
        memoryMbytes: run.options.memoryMbytes, diskMbytes: run.options.diskMbytes), forKey: .options)
  }

  private var message: String {
    switch run.status {
    case .ready: "Actor is ready"
    case .running: "Actor is running"
    case .succeeded: "Actor succeeded"
    case .failed: "Actor failed"
    case .timingOut, .timedOut: "Actor timed out"
    case .aborting, .aborted: "Actor was aborted"
    }
  }
}
