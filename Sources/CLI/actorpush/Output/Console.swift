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
  func warn(_ line: String, at place: String? = nil) {
    warnings.append(line)
    var text = prefix + painted("warning:", "33") + " " + line + "\n"
    if let runner { text += runner.annotation(.warning, prefix + line, at: place) }
    write(text)
  }

  /// An error, always: what is wrong and where; below it what to do.
  func error(_ diagnosis: Diagnosis) {
    var text = prefix + painted("error:", "31") + " " + diagnosis.summary + "\n"
    if let help = diagnosis.help { text += prefix + painted("help:", "36") + " " + help + "\n" }
    if let runner {
      let message = prefix + diagnosis.summary + (diagnosis.help.map { "\nhelp: \($0)" } ?? "")
      text += runner.annotation(.error, message, at: diagnosis.place)
    }
    write(text)
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
