// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Checks
internal import Deploy
internal import SourcePackage
internal import SystemIO

/// What check found, in lines.
struct CheckText {
  /// How many of the largest files and directories are shown.
  private static let shownShares = 5

  let isColored: Bool

  /// The findings, and what the package takes of the limits.
  func lines(_ outcome: CheckOperation.Outcome, isQuiet: Bool) -> [String] {
    let findings = outcome.findings.flatMap(lines)
    if isQuiet { return findings }
    return findings + (findings.isEmpty ? [] : [""]) + [Self.counts(outcome)] + Self.ledger(outcome)
  }

  /// As compilers have it: "Dockerfile:5: error: … [copy-source-missing]", and below it what to do.
  private func lines(_ finding: Checks.Finding) -> [String] {
    let place = finding.location.map { $0 + ": " } ?? ""
    let line = "\(place)\(mark(finding.severity)): \(finding.cause) [\(finding.check.rawValue)]"
    return [line] + (finding.remedy.map { ["    help: \($0)"] } ?? [])
  }

  private func mark(_ severity: Checks.Finding.Severity) -> String {
    let color =
      switch severity {
      case .error: "31"
      case .warning: "33"
      case .note: "36"
      }
    return isColored ? "\u{1B}[1;\(color)m\(severity.rawValue)\u{1B}[0m" : severity.rawValue
  }

  /// "1 error, 2 warnings: 60 files (58 TEXT, 2 BASE64) in 8 folders, 1.2 MB".
  private static func counts(_ outcome: CheckOperation.Outcome) -> String {
    let counts = [Checks.Finding.Severity.error, .warning, .note].compactMap { severity -> String? in
      let count = outcome.findings.count { $0.severity == severity }
      return count == 0 ? nil : Quantity.of(count, severity.rawValue)
    }
    return (counts.isEmpty ? "no findings" : counts.joined(separator: ", ")) + ": "
      + PackageText.summary(outcome.summary)
  }

  private static func ledger(_ outcome: CheckOperation.Outcome) -> [String] {
    let sizes = outcome.sizes
    let largest = outcome.summary.largest.map { (path: $0.path, bytes: $0.bytes) }
    return [
      row("inline", sizes.inlineBytes, of: sizes.inlineLimit) + (outcome.isZip ? "; sent as a zip" : ""),
      row("request", sizes.requestBytes, of: sizes.requestLimit),
    ] + shares("files", largest) + shares("folders", outcome.folders)
  }

  /// "inline   1,234,567 of 3,145,728 bytes, 39 %".
  private static func row(_ name: String, _ bytes: Int, of limit: Int) -> String {
    let name = name + String(repeating: " ", count: max(0, 9 - name.count))
    return "\(name)\(Quantity.number(bytes)) of \(Quantity.number(limit)) bytes, \(bytes * 100 / limit) %"
  }

  /// A line for each of the largest, below a heading.
  private static func shares(_ name: String, _ shares: [(path: [UInt8], bytes: Int)]) -> [String] {
    let shown = shares.prefix(shownShares).map { share in
      let size = Quantity.bytes(share.bytes)
      let indent = String(repeating: " ", count: max(0, 11 - size.count))
      return "\(indent)\(size)  \(TerminalText.of(share.path))"
    }
    return shown.isEmpty ? [] : ["largest \(name)"] + shown
  }
}
