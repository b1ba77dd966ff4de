// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Checks
internal import Deploy
internal import SourceTree
internal import SystemIO

/// What check says in JSON.
struct CheckReport: ReportContent {
  let findings: [FindingReport]
  let sizes: SizesReport

  init(_ outcome: CheckOperation.Outcome) {
    findings = outcome.findings.map(FindingReport.init)
    sizes = SizesReport(outcome)
  }
}

/// What report says in JSON.
struct ReportReport: ReportContent {
  let output: String
  let findings: [FindingReport]
  let sizes: SizesReport
  /// How many files and directories are left out.
  let leftOut: Int

  init(_ outcome: ReportOperation.Outcome, output: String) {
    self.output = output
    findings = outcome.check.findings.map(FindingReport.init)
    sizes = SizesReport(outcome.check)
    leftOut = outcome.plan.excluded.count
  }
}

extension Diagnosis {
  /// What `check` has found is serious: `severities` of the findings.
  static func findings(_ severities: [Checks.Finding.Severity]) -> Diagnosis {
    let counts = [(Checks.Finding.Severity.error, "error"), (.warning, "warning")].compactMap {
      severity, noun in
      let count = severities.count { $0 == severity }
      return count > 0 ? Quantity.of(count, noun) : nil
    }
    return Diagnosis(
      type: "check-failed", message: counts.joined(separator: ", "), status: .invalidInput, phase: "package")
  }
}
