// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Deploy
internal import SourcePackage
internal import SourceTree

/// What report says in JSON.
struct ReportReport: Report {
  let ok = true
  let operation = ReportCommand.operation
  let output: String
  let files: Int
  let folders: Int
  let leftOut: Int
  let findings: Int
  let warnings: [String]

  init(_ outcome: ReportOperation.Outcome, output: String, warnings: [String]) {
    self.output = output
    self.warnings = warnings
    files = outcome.check.summary.files
    folders = outcome.check.summary.folders
    leftOut = outcome.plan.excluded.count
    findings = outcome.check.findings.count
  }
}
