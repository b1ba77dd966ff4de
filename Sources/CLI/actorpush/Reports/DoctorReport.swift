// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Deploy
internal import SystemIO

/// What doctor says in JSON.
struct DoctorReport: ReportContent {
  let findings: [FindingReport]

  init(_ findings: [Finding]) {
    self.findings = findings.map { finding in
      let severity =
        switch finding.state {
        case .ok: "ok"
        case .warning: "warning"
        case .problem: "error"
        }
      return FindingReport(
        id: finding.check, severity: severity, message: finding.text, remedy: finding.remedy)
    }
  }
}

extension Diagnosis {
  /// What `doctor` has found is wrong; nil where nothing is.
  static func problems(_ findings: [Finding]) -> Diagnosis? {
    let problems = findings.filter { $0.state == .problem }
    guard let first = problems.first else { return nil }
    let more = problems.count > 1 ? "; and \(Quantity.of(problems.count - 1, "more problem"))" : ""
    return Diagnosis(
      type: "doctor-failed", message: "\(first.check): \(first.text)\(more)", status: .failed, phase: "start")
  }
}
