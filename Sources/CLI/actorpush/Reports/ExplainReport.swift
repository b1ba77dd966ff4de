// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Deploy

/// What explain says in JSON.
struct ExplainReport: Report {
  struct Path: Encodable, Sendable {
    let name: String
    let isIn: Bool
    let rule: String
    let format: String?
    let bytes: Int?

    private enum CodingKeys: String, CodingKey {
      case isIn = "in"
      case name, rule, format, bytes
    }
  }

  let ok = true
  let operation = ExplainCommand.operation
  let paths: [Path]
  let warnings: [String]

  init(_ explanations: [Explanation], warnings: [String]) {
    self.warnings = warnings
    paths = explanations.map {
      Path(name: $0.shownPath, isIn: $0.isIn, rule: $0.reason, format: $0.formatName, bytes: $0.byteCount)
    }
  }
}
