// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Checks
internal import SystemIO

/// What check, report or doctor have found, in JSON.
struct FindingReport: Encodable, Sendable {
  let id: String
  /// `error`, `warning` or `note`; `ok` where doctor has found nothing wrong.
  let severity: String
  let message: String
  let remedy: String?
  var path: String?
  var line: Int?
  var column: Int?
}

extension FindingReport {
  init(_ finding: Checks.Finding) {
    self.init(
      id: finding.check.rawValue, severity: finding.severity.rawValue, message: finding.cause,
      remedy: finding.remedy, path: finding.place.map { TerminalText.utf8($0.file) },
      line: finding.place?.line, column: finding.place?.column)
  }
}
