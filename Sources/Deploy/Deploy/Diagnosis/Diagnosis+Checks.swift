// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

package import Checks

extension Diagnosis {
  /// How many findings a message names.
  private static let shownFindings = 3

  /// That the package has findings, and the caller is strict.
  package init(_ findings: [Finding]) {
    var message = findings.prefix(Self.shownFindings).map(\.line).joined(separator: "; ")
    if findings.count > Self.shownFindings {
      message += "; and \(findings.count - Self.shownFindings) more, which actorpush check shows"
    }
    self.init(type: "check-failed", message: message, status: .invalidInput, phase: "package")
  }
}
