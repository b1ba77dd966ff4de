// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// A run of a build as the platform keeps it.
package struct RunRecord: Codable, Sendable {
  /// How far a run is: the same states as a build's.
  package typealias Status = BuildRecord.Status

  /// What a run was asked to do.
  package struct Options: Codable, Sendable {
    /// The tag or number of its build, as it was asked for.
    package let build: String
    /// How long it may take; 0 for no limit.
    package let timeoutSecs: Int
    /// How much memory it gets.
    package let memoryMbytes: Int

    /// How much disk it gets: twice its memory.
    package var diskMbytes: Int { memoryMbytes * 2 }
  }

  /// The ids of the storages that it writes to. The emulator makes the key-value store, which has the input;
  /// of the others there are only the ids.
  package struct Storages: Codable, Sendable {
    package let keyValueStore: String
    package let dataset: String
    package let requestQueue: String

    package init(keyValueStore: String, dataset: String, requestQueue: String) {
      self.keyValueStore = keyValueStore
      self.dataset = dataset
      self.requestQueue = requestQueue
    }
  }

  package let id: String
  /// The Actor's id.
  package let actorId: String
  /// The id of the user that has started it.
  package let userId: String
  /// The id of its build.
  package let buildId: String
  /// The number of its build.
  package let buildNumber: String
  package let options: Options
  package let storages: Storages
  /// The size of its input in bytes; nil for none.
  package let inputByteCount: Int?
  /// When it was started.
  package let startedAt: Timestamp
  /// What asked for it: `API`, `CLI`, `CI`, as the request said.
  package let origin: String
  /// The program that asked for it, as the request said.
  package let userAgent: String?
  /// How far it is.
  package internal(set) var status = Status.ready
  /// When it ended.
  package internal(set) var finishedAt: Timestamp?
  /// Its log, line by line.
  package internal(set) var log: [String] = []

  /// What its process ended with; nil where it did not end by itself.
  package var exitCode: Int? {
    switch status {
    case .succeeded: 0
    case .failed: 1
    default: nil
    }
  }

  /// Fails a run that was under way when its platform ended.
  package mutating func interrupt() {
    guard !status.isFinal else { return }
    status = .failed
    finishedAt = startedAt
    log.append("\(startedAt.iso8601) ERROR: The emulator was ended while this was under way.")
  }
}
