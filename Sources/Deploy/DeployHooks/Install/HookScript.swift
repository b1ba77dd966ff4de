// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import SystemIO

/// The hook file that `install` writes: a few lines of sh, that hand over to the program.
package struct HookScript: Sendable, Equatable {
  /// How the program is called, and what else runs.
  package struct Options: Sendable, Equatable {
    /// The program, by its absolute path.
    package var program: String
    /// What follows `hook pre-push`.
    package var arguments: [String]
    /// Whether the hook that was there before runs first.
    package var chains: Bool

    /// Options for `program`.
    package init(program: String, arguments: [String], chains: Bool) {
      self.program = program
      self.arguments = arguments
      self.chains = chains
    }
  }

  /// By this line the file is known again.
  static let marker = "# actorpush pre-push hook, format 1"
  /// What the hook that was there before is called meanwhile, beside ours.
  package static let backupName = "pre-push.before-actorpush"

  /// How the program is called.
  package let options: Options

  /// The script for `options`.
  package init(_ options: Options) { self.options = options }

  /// The file.
  package var text: String {
    var lines = [
      "#!/bin/sh", Self.marker,
      "# Deploys what is pushed. ACTORPUSH=0 git push leaves that out once, actorpush hook uninstall for good.",
    ]
    if options.chains {
      lines += [
        "refs=$(cat; echo .)", "refs=${refs%.}", "before=$(dirname \"$0\")/\(Self.backupName)",
        "if [ -x \"$before\" ]; then", "  printf '%s' \"$refs\" | \"$before\" \"$@\" || exit", "fi",
      ]
    }
    lines += [
      "actorpush=\(Self.quoted(options.program))",
      "[ -x \"$actorpush\" ] || actorpush=$(command -v actorpush) || {",
      "  echo 'actorpush: the program is gone, nothing is deployed; install it again, or delete this hook' >&2",
      "  exit 0", "}",
    ]
    if options.chains {
      lines.append("printf '%s' \"$refs\" | \"$actorpush\" \(call) -- \"$@\"")
    } else {
      lines.append("exec \"$actorpush\" \(call) -- \"$@\"")
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// What the program is called with.
  private var call: String {
    (["hook", "pre-push"] + options.arguments.map(Self.quoted)).joined(separator: " ")
  }

  /// The command for git's configuration, which is a script of its own; that the program is gone stops no
  /// push. git itself puts `"$@"` behind a command of more than a name (`use_shell` of its run-command.c).
  package var snippet: String {
    "p=\(Self.quoted(options.program)); [ -x \"$p\" ] || p=$(command -v actorpush) || "
      + "{ echo '\(Self.gone)' >&2; exit 0; }; \"$p\" \(call) --"
  }

  /// The program that the line `snippet` calls; nil where that is another line.
  static func program(ofSnippet snippet: String) -> String? {
    guard snippet.hasPrefix("p='") else { return nil }
    return words(String(snippet.dropFirst("p=".count).prefix { $0 != ";" })).first
  }

  /// The lines for another hook, wherever in it they stand: what comes behind them runs, and reads what git
  /// says, whether the program is there or not; a push that `--strict` refuses ends there.
  ///
  /// - Parameter isShared: whether all who work on the repository share the hook, and the program has other
  ///   places.
  package func block(isShared: Bool) -> String {
    let program = isShared ? "actorpush" : Self.quoted(options.program)
    var lines = ["# actorpush: deploys what is pushed", "actorpush_refs=$(cat)", "actorpush=\(program)"]
    if !isShared { lines.append("[ -x \"$actorpush\" ] || actorpush=actorpush") }
    lines += [
      "if command -v \"$actorpush\" >/dev/null; then",
      "  \"$actorpush\" \(call) -- \"$@\" <<ACTORPUSH || exit $?", "$actorpush_refs", "ACTORPUSH", "else",
      "  echo '\(isShared ? Self.missing : Self.gone)' >&2", "fi",
      // What stands behind it reads what git says, too; where that was nothing, there is no line.
      "[ -z \"$actorpush_refs\" ] || exec <<ACTORPUSH", "$actorpush_refs", "ACTORPUSH",
    ]
    return lines.joined(separator: "\n") + "\n"
  }

  /// The line for a manager's configuration that all who work on the repository share, where the program has
  /// other places.
  ///
  /// - Parameter arguments: what the hook's arguments are called there.
  func sharedSnippet(_ arguments: String) -> String {
    "if command -v actorpush >/dev/null; then actorpush \(call)\(arguments.isEmpty ? "" : " -- " + arguments); "
      + "else echo '\(Self.missing)' >&2; fi"
  }

  /// `line` as a command of a program that starts none of sh by itself.
  static func shell(_ line: String) -> String { "sh -c " + quoted(line) }

  /// Where these lines belong.
  package static let blockPlace =
    "as they are, in no function, and before any command that reads standard input"

  private static let gone = "actorpush: the program is gone, nothing is deployed"
  private static let missing = "actorpush is not in PATH: nothing is deployed"

  /// Whether `contents` is such a file.
  package static func isOurs(_ contents: [UInt8]) -> Bool {
    contents.split(separator: UInt8(ascii: "\n")).dropFirst().first?.elementsEqual(marker.utf8) == true
  }

  /// What `contents`, such a file, was written for; nil where it was changed since.
  package init?(_ contents: [UInt8]) {
    guard Self.isOurs(contents) else { return nil }
    let lines = contents.split(separator: UInt8(ascii: "\n")).map { String(decoding: $0, as: UTF8.self) }
    guard let assignment = lines.first(where: { $0.hasPrefix("actorpush='") }),
      let call = lines.last, let start = call.range(of: " hook pre-push"),
      let end = call.range(of: " -- \"$@\"")
    else { return nil }
    let options = Options(
      program: Self.unquoted(String(assignment.dropFirst("actorpush=".count))),
      arguments: Self.words(String(call[start.upper..<end.lower])),
      chains: lines.contains { $0.hasPrefix("before=") })
    self.init(options)
    guard Array(text.utf8) == contents else { return nil }
  }

  /// `text` for sh, as one word.
  static func quoted(_ text: String) -> String { ShellText.quoted(text) }

  private static func unquoted(_ text: String) -> String {
    words(text).first ?? ""
  }

  /// The words of `text`, each in quotes as `quoted` writes them.
  private static func words(_ text: String) -> [String] {
    var words: [String] = []
    var word = ""
    var isInside = false
    var hasWord = false
    var rest = Array(text.unicodeScalars)[...]
    while let scalar = rest.popFirst() {
      switch scalar {
      case "'":
        isInside.toggle()
        hasWord = true
      case "\\" where !isInside: if let next = rest.popFirst() { word.unicodeScalars.append(next) }
      case " " where !isInside:
        if hasWord { words.append(word) }
        (word, hasWord) = ("", false)
      default: word.unicodeScalars.append(scalar)
      }
    }
    if hasWord { words.append(word) }
    return words
  }
}

extension String {
  /// Where `text` stands first.
  fileprivate func range(of text: String) -> (lower: Index, upper: Index)? {
    var start = startIndex
    while start < endIndex {
      if self[start...].hasPrefix(text) { return (start, index(start, offsetBy: text.count)) }
      start = index(after: start)
    }
    return nil
  }
}
