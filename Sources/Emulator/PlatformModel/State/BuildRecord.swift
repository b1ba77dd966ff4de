// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// A build as the platform keeps it.
package struct BuildRecord: Codable, Sendable {
  /// How far a build is.
  package enum Status: String, Codable, Sendable {
    case ready = "READY"
    case running = "RUNNING"
    case succeeded = "SUCCEEDED"
    case failed = "FAILED"
    case timingOut = "TIMING-OUT"
    case timedOut = "TIMED-OUT"
    case aborting = "ABORTING"
    case aborted = "ABORTED"

    /// Whether it does not change any more.
    package var isFinal: Bool { [.succeeded, .failed, .timedOut, .aborted].contains(self) }

    /// Whether `next` can come right after it.
    func canBecome(_ next: Status) -> Bool {
      switch next {
      case .ready: false
      case .running: self == .ready
      case .succeeded, .timingOut: self == .running
      case .timedOut: self == .timingOut
      case .aborting: self == .ready || self == .running
      case .aborted: self == .aborting
      // Also what the emulator gives up when it ends.
      case .failed: !isFinal
      }
    }
  }

  package let id: String
  /// The Actor's id.
  package let actorId: String
  /// The id of the user that has started it.
  package let userId: String
  /// The version as it was when the build began.
  package let version: VersionRecord
  /// Which build of the version it is, from 1.
  package let number: Int
  /// The tag that it gets if it succeeds.
  package let tag: String?
  /// When it was started.
  package let startedAt: Timestamp
  /// What asked for it: `API`, `CLI`, `CI`, as the request said.
  package let origin: String?
  /// The program that asked for it, as the request said.
  package let userAgent: String?
  /// How far it is.
  package internal(set) var status = Status.ready
  /// When it ended.
  package internal(set) var finishedAt: Timestamp?
  /// Its log, line by line.
  package internal(set) var log: [String] = []

  /// Fails a build that was under way when its platform ended.
  package mutating func interrupt() {
    guard !status.isFinal else { return }
    status = .failed
    finishedAt = startedAt
    log.append("\(startedAt.iso8601) ERROR: The emulator was ended while this was under way.")
  }

  /// `0.1.7`.
  package var buildNumber: String { "\(version.versionNumber).\(number)" }
}
