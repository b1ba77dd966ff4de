// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// One build of a version.
package struct Build: Decodable, Sendable {
  package let id: String
  /// The id of the Actor.
  package let actorID: String?
  package let status: BuildStatus
  /// The version and a counter, as `0.1.7`.
  package let buildNumber: String?
  /// The time of its start, in ISO 8601.
  package let startedAt: String?
  /// The time of its end, in ISO 8601; nil while it runs.
  package let finishedAt: String?
  /// The version as it was built; nil in lists.
  package let version: ActorVersion?

  private enum CodingKeys: String, CodingKey {
    case id, actId, status, buildNumber, startedAt, finishedAt, actVersion
  }

  /// A build of which no more is known.
  package init(id: String, number: String?, status: BuildStatus) {
    self.id = id
    self.status = status
    buildNumber = number
    (actorID, startedAt, finishedAt, version) = (nil, nil, nil, nil)
  }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    id = try container.decode(String.self, forKey: .id)
    status = try container.decode(BuildStatus.self, forKey: .status)
    actorID = container.lenient(.actId)
    buildNumber = container.lenient(.buildNumber)
    startedAt = container.lenient(.startedAt)
    finishedAt = container.lenient(.finishedAt)
    version = container.lenient(.actVersion)
  }
}

/// The status of a build; an open set.
package struct BuildStatus: RawRepresentable, Codable, Hashable, Sendable {
  package let rawValue: String
  package init(rawValue: String) { self.rawValue = rawValue }

  /// Waits for a machine.
  package static let ready = BuildStatus(rawValue: "READY")
  package static let running = BuildStatus(rawValue: "RUNNING")
  package static let succeeded = BuildStatus(rawValue: "SUCCEEDED")
  package static let failed = BuildStatus(rawValue: "FAILED")
  package static let timingOut = BuildStatus(rawValue: "TIMING-OUT")
  package static let timedOut = BuildStatus(rawValue: "TIMED-OUT")
  package static let aborting = BuildStatus(rawValue: "ABORTING")
  package static let aborted = BuildStatus(rawValue: "ABORTED")

  /// Whether the status is the last one. An unknown status may still change.
  package var isFinal: Bool { [.succeeded, .failed, .timedOut, .aborted].contains(self) }
}

/// A page of a list.
struct Page<Item: Decodable & Sendable>: Decodable, Sendable {
  let items: [Item]
}
