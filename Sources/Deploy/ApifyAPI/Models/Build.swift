// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// One build of a version.
package struct Build: Decodable, Sendable {
  /// Its id.
  package let id: String
  /// The Actor's id.
  package let actorID: String?
  /// How far it is.
  package let status: BuildStatus
  /// `0.1.7`: the version, and a number that counts up.
  package let buildNumber: String?
  /// When it began, as the API writes it.
  package let startedAt: String?
  /// When it ended.
  package let finishedAt: String?
  /// What the platform has to say about the status.
  package let statusMessage: String?
  /// The version as it was built; nil where the answer is short.
  package let version: ActorVersion?

  private enum CodingKeys: String, CodingKey {
    case id, actId, status, buildNumber, startedAt, finishedAt, statusMessage, actVersion
  }

  /// Reads what the API answers.
  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    id = try container.decode(String.self, forKey: .id)
    status = try container.decode(BuildStatus.self, forKey: .status)
    actorID = container.lenient(.actId)
    buildNumber = container.lenient(.buildNumber)
    startedAt = container.lenient(.startedAt)
    finishedAt = container.lenient(.finishedAt)
    statusMessage = container.lenient(.statusMessage)
    version = container.lenient(.actVersion)
  }
}

/// How far a build is; an open set.
package struct BuildStatus: RawRepresentable, Codable, Hashable, Sendable {
  /// As in JSON.
  package let rawValue: String
  /// Any status.
  package init(rawValue: String) { self.rawValue = rawValue }

  /// Waits for a machine.
  package static let ready = BuildStatus(rawValue: "READY")
  /// Under way.
  package static let running = BuildStatus(rawValue: "RUNNING")
  /// Done.
  package static let succeeded = BuildStatus(rawValue: "SUCCEEDED")
  /// Ended by an error.
  package static let failed = BuildStatus(rawValue: "FAILED")
  /// Being ended because it took too long.
  package static let timingOut = BuildStatus(rawValue: "TIMING-OUT")
  /// Ended because it took too long.
  package static let timedOut = BuildStatus(rawValue: "TIMED-OUT")
  /// Being ended because somebody asked for it.
  package static let aborting = BuildStatus(rawValue: "ABORTING")
  /// Ended because somebody asked for it.
  package static let aborted = BuildStatus(rawValue: "ABORTED")

  /// Whether it will not change any more. A status that is not known may still change.
  package var isFinal: Bool { [.succeeded, .failed, .timedOut, .aborted].contains(self) }
}

/// A list's part.
struct Page<Item: Decodable & Sendable>: Decodable, Sendable {
  let items: [Item]
}
