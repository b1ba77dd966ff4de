// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// Findings, in lines.
enum DoctorText {
  /// One line for each of `findings`, and one below it for what is to be done.
  static func lines(_ findings: [Finding], isColored: Bool, isQuiet: Bool) -> [String] {
    let shown = findings.filter { !isQuiet || $0.state != .ok }
    let width = shown.map(\.check.count).max() ?? 0
    return shown.flatMap { finding in
      let name = finding.check + String(repeating: " ", count: width - finding.check.count)
      let mark = mark(finding.state, isColored: isColored)
      let line = "\(mark)  \(name)  \(finding.text)"
      let indent = String(repeating: " ", count: 7 + 2 + width + 2)
      return [line] + (finding.remedy.map { [indent + $0] } ?? [])
    }
  }

  /// Seven characters wide.
  private static func mark(_ state: Finding.State, isColored: Bool) -> String {
    let (text, color) =
      switch state {
      case .ok: ("ok     ", "32")
      case .warning: ("warning", "33")
      case .problem: ("problem", "31")
      }
    return isColored ? "\u{1B}[\(color)m\(text)\u{1B}[0m" : text
  }
}
