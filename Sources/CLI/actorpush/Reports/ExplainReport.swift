// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Deploy
internal import SourcePackage
internal import SourceTree
internal import SystemIO

/// What explain says in JSON.
struct ExplainReport: ReportContent {
  struct Entry: Encodable, Sendable {
    let path: String
    /// `file`, `folder`, `other` or `absent`.
    let kind: String
    let included: Bool
    /// The line that decides.
    let rule: String
    let reasons: [Reason]
    /// Of an absent path what exists above it.
    let nearest: String?
    let format: String?
    let bytes: Int?
    let base64: Offence?
    let inline: LimitReport?
    let request: LimitReport?
  }

  struct Reason: Encodable, Sendable {
    let path: String
    /// `in` or `out`.
    let effect: String
    let rule: String
  }

  /// Why a file is no text.
  struct Offence: Encodable, Sendable {
    let offset: Int
    let byte: Int
  }

  let entries: [Entry]

  init(_ explanations: [Explanation]) { entries = explanations.map(Entry.init) }
}

extension ExplainReport.Entry {
  init(_ explanation: Explanation) {
    let verdict = explanation.verdict
    let contents = explanation.contents
    self.init(
      path: explanation.shownName, kind: verdict.kind.name, included: verdict.isIncluded, rule: verdict.rule,
      reasons: verdict.reasons.map { reason in
        ExplainReport.Reason(
          path: TerminalText.utf8(reason.path), effect: reason.excludes ? "out" : "in", rule: reason.words)
      },
      nearest: verdict.nearest.map { $0.isEmpty ? "." : TerminalText.utf8($0) },
      format: contents?.format.name, bytes: contents?.byteCount,
      base64: contents?.offence.map { ExplainReport.Offence(offset: $0.offset, byte: Int($0.byte)) },
      inline: explanation.share.map {
        LimitReport(bytes: $0.inlineBytes, limit: PlatformLimits.inlineBytes)
      },
      request: explanation.share.map {
        LimitReport(bytes: $0.requestBytes, limit: PlatformLimits.requestBytes)
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
