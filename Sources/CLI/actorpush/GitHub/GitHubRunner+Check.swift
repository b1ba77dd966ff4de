// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Checks
internal import SystemIO

extension GitHubRunner {
  /// The commands that make `findings` annotations at their lines.
  static func annotations(_ findings: [LocatedFinding]) -> String {
    findings.map { located in
      let finding = located.finding
      let level: Level =
        switch finding.severity {
        case .note: .notice
        case .warning: .warning
        case .error: .error
        }
      let text = [finding.cause, finding.remedy].compactMap(\.self).joined(separator: "\nhelp: ")
      return command(
        level, "\(text) (\(finding.check.rawValue))",
        file: finding.place == nil ? nil : TerminalText.utf8(located.path), line: finding.place?.line,
        column: finding.place?.column)
    }.joined()
  }
}
