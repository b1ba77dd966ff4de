// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Deploy
internal import SystemIO

/// Standard error, which carries diagnostics: what goes on, warnings and errors, for people.
struct Console: Sendable {
  /// How much is said.
  enum Level: Int, Comparable {
    case quiet
    case normal
    case verbose

    static func < (left: Level, right: Level) -> Bool { left.rawValue < right.rawValue }
  }

  let level: Level
  /// Whether colours are used.
  let isColored: Bool
  /// Whether standard error is a terminal, outside of CI: progress lines make sense.
  let isWatched: Bool
  /// What takes annotations from here; nil for nothing.
  var runner: GitHubRunner?
  /// What lines begin with, where several Actors have theirs.
  var prefix = ""
  /// The warnings that were said here.
  var warnings = WarningLog()

  /// Says `line` unless asked to be quiet.
  func say(_ line: String) {
    if level >= .normal { write(prefix + line + "\n") }
  }

  /// Says `line` where asked to say much.
  func detail(_ line: String) {
    if level >= .verbose { write(prefix + line + "\n") }
  }

  /// A warning, also where asked to be quiet.
  func warn(_ warning: Warning) {
    warnings.append(warning.line)
    let place = warning.isAnnotated ? warning.place : nil
    write(message("warning:", "33", .warning, warning.summary, help: warning.remedy, at: place))
  }

  /// What is good to know, in the form of a warning; unless asked to be quiet.
  func note(_ note: Warning) {
    say("note: " + note.summary)
    if let remedy = note.remedy { say(painted("help:", "36") + " " + remedy) }
  }

  /// An error, always: what is wrong and where; below it what to do.
  func error(_ diagnosis: Diagnosis) {
    write(message("error:", "31", .error, diagnosis.summary, help: diagnosis.help, at: diagnosis.place))
  }

  /// `summary` behind `title`, and `help` below; with an annotation for a runner that takes some.
  private func message(
    _ title: String, _ color: String, _ level: GitHubRunner.Level, _ summary: String, help: String?,
    at place: String?
  ) -> String {
    var text = prefix + painted(title, color) + " " + summary + "\n"
    if let help { text += prefix + painted("help:", "36") + " " + help + "\n" }
    if let runner {
      text += runner.annotation(level, prefix + summary + (help.map { "\nhelp: \($0)" } ?? ""), at: place)
    }
    return text
  }

  /// That what was asked for is done, unless asked to be quiet.
  func done(_ line: String) {
    guard level >= .normal else { return }
    let end = line.firstIndex(of: " ") ?? line.endIndex
    write(prefix + painted(String(line[..<end]), "32") + line[end...] + "\n")
  }

  /// `digest` as people tell digests apart by it: its first 12 digits, or all where asked to say much.
  func digest(_ digest: String) -> String { level >= .verbose ? digest : String(digest.prefix(12)) }

  /// `text` in bold type of the colour `code`.
  private func painted(_ text: String, _ code: String) -> String {
    isColored ? "\u{1B}[1;\(code)m\(text)\u{1B}[0m" : text
  }

  /// Writes `text` as it is; an error of standard error itself is ignored.
  func write(_ text: String) {
    var buffer = WriteBuffer(capacity: text.utf8.count)
    buffer.append(Array(text.utf8))
    Progress.process.aside { try? Descriptor.write(buffer.bytes, to: STDERR_FILENO) }
  }
}
