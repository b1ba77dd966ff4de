// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

extension DeployMap {
  /// What a project makes of the findings of one check.
  package struct CheckLevel: Sendable, Equatable {
    package enum Level: String, CaseIterable, Sendable {
      case off
      case note
      case warning
      case error
    }

    /// The id of the check; whether there is such a one is not known here.
    package let id: String
    package let level: Level
    package let position: JSONPosition?

    package init(id: String, level: Level, position: JSONPosition? = nil) {
      self.id = id
      self.level = level
      self.position = position
    }
  }
}

extension DeployMap.CheckLevel {
  /// The member "checks" of `json`.
  static func read(_ json: JSONFile) throws(ProjectError) -> [Self] {
    switch json.members["checks"] {
    case nil, .null?: return []
    case .object(let members)?:
      var levels: [Self] = []
      for (id, value) in members.sorted(by: { $0.key < $1.key }) {
        guard case .string(let text) = value, let level = Level(rawValue: text) else {
          throw json.failure(
            ["checks", id],
            "\(JSONFile.shown(id)) must be \(Level.allCases.map { "\"\($0)\"" }.joined(separator: ", "))")
        }
        levels.append(Self(id: id, level: level, position: json.position(["checks", id])))
      }
      return levels
    case let other?: throw json.failure(["checks"], "\"checks\" must be an object of ids, not \(other.kind)")
    }
  }
}
