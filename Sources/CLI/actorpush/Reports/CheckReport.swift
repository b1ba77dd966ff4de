// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Checks
internal import Deploy
internal import SourcePackage
internal import SystemIO

/// What check says in JSON.
struct CheckReport: Report {
  struct FindingReport: Encodable, Sendable {
    let id: String
    let severity: String
    let file: String?
    let line: Int?
    let column: Int?
    let message: String
    let remedy: String?
  }

  /// A limit of the platform, and what the package takes of it.
  struct Limit: Encodable, Sendable {
    let bytes: Int
    let limit: Int
  }

  struct Share: Encodable, Sendable {
    let name: String
    let bytes: Int
  }

  /// What the package takes.
  struct Sizes: Encodable, Sendable {
    let bytes: Int
    let inline: Limit
    let request: Limit
    let files: [Share]
    let folders: [Share]
  }

  let ok: Bool
  let operation = CheckCommand.operation
  let findings: [FindingReport]
  let sizes: Sizes
  let warnings: [String]
  let exitCode: Int32

  init(_ outcome: CheckOperation.Outcome, isFailed: Bool, warnings: [String]) {
    ok = !isFailed
    findings = outcome.findings.map { finding in
      FindingReport(
        id: finding.check.rawValue, severity: finding.severity.rawValue,
        file: finding.place.map { TerminalText.utf8($0.file) }, line: finding.place?.line,
        column: finding.place?.column, message: finding.cause, remedy: finding.remedy)
    }
    let sizes = outcome.sizes
    self.sizes = Sizes(
      bytes: sizes.bytes, inline: Limit(bytes: sizes.inlineBytes, limit: sizes.inlineLimit),
      request: Limit(bytes: sizes.requestBytes, limit: sizes.requestLimit),
      files: outcome.summary.largest.map { Share(name: TerminalText.utf8($0.path), bytes: $0.inlineBytes) },
      folders: outcome.folders.map { Share(name: TerminalText.utf8($0.path), bytes: $0.bytes) })
    self.warnings = warnings
    exitCode = isFailed ? ExitStatus.invalidInput.rawValue : 0
  }
}
