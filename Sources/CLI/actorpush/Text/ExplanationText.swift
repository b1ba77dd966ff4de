// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Deploy
internal import SourceTree
internal import SystemIO

extension Explanation {
  /// The path as it is shown; "." for the project's directory itself.
  var shownPath: String { path.isEmpty ? "." : TerminalText.utf8(path) }

  /// Whether the path is in the package.
  var isIn: Bool { if case .excluded = verdict { false } else { true } }

  /// Why.
  var reason: String {
    switch verdict {
    case .root: "the project itself"
    case .included(let rule): rule?.description ?? "no rule matches"
    case .excluded(let rule, let above):
      (above.map { "\(TerminalText.utf8($0))/ is left out: " } ?? "")
        + (rule.isUnconditional ? "never packaged" : rule.description)
    }
  }

  /// How it would be sent: "TEXT" or "BASE64".
  var formatName: String? {
    switch format {
    case .text?: "TEXT"
    case .base64?: "BASE64"
    case nil: nil
    }
  }

  /// On one line: "in   src/main.js: TEXT, 41 bytes; nothing leaves it out".
  var line: String {
    let sent = formatName.map { "\($0), \(Quantity.of(byteCount ?? 0, "byte")); " } ?? ""
    return "\(isIn ? "in " : "out")  \(TerminalText.of(shownPath)): \(sent)\(TerminalText.of(reason))"
  }
}

extension Rule {
  /// Whether it is the rule about what is never packaged.
  var isUnconditional: Bool { if case .always = self { true } else { false } }
}
