// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Deploy
internal import SourcePackage
internal import SourceTree
internal import SystemIO

/// What explain says in JSON.
struct ExplainReport: Report {
  struct Path: Encodable, Sendable {
    let name: String
    let isIn: Bool
    /// "file", "folder", "other" or "absent".
    let kind: String
    let rule: String
    let reasons: [Reason]
    /// Of an absent path what exists above it.
    let nearest: String?
    let format: String?
    let bytes: Int?
    let base64: Offence?
    let inline: CheckReport.Limit?
    let request: CheckReport.Limit?

    private enum CodingKeys: String, CodingKey {
      case isIn = "in"
      case name, kind, rule, reasons, nearest, format, bytes, base64, inline, request
    }
  }

  struct Reason: Encodable, Sendable {
    let path: String
    /// "in" or "out".
    let effect: String
    let rule: String
  }

  /// Why a file is no text.
  struct Offence: Encodable, Sendable {
    let offset: Int
    let byte: Int
  }

  let ok = true
  let operation = ExplainCommand.operation
  let paths: [Path]
  let warnings: [String]

  init(_ explanations: [Explanation], warnings: [String]) {
    self.warnings = warnings
    paths = explanations.map(Path.init)
  }
}

extension ExplainReport.Path {
  init(_ explanation: Explanation) {
    let verdict = explanation.verdict
    let contents = explanation.contents
    self.init(
      name: explanation.shownName, isIn: verdict.isIncluded, kind: verdict.kind.name, rule: verdict.rule,
      reasons: verdict.reasons.map { reason in
        ExplainReport.Reason(
          path: TerminalText.utf8(reason.path), effect: reason.excludes ? "out" : "in", rule: reason.words)
      },
      nearest: verdict.nearest.map { $0.isEmpty ? "." : TerminalText.utf8($0) },
      format: contents?.format.name, bytes: contents?.byteCount,
      base64: contents?.offence.map { ExplainReport.Offence(offset: $0.offset, byte: Int($0.byte)) },
      inline: explanation.share.map {
        CheckReport.Limit(bytes: $0.inlineBytes, limit: PlatformLimits.inlineBytes)
      },
      request: explanation.share.map {
        CheckReport.Limit(bytes: $0.requestBytes, limit: PlatformLimits.requestBytes)
      })
  }
}

extension PathVerdict.Kind {
  /// The word of the reports.
  fileprivate var name: String {
    switch self {
    case .directory: "folder"
    case .file: "file"
    case .other: "other"
    case .absent: "absent"
    }
  }
}
