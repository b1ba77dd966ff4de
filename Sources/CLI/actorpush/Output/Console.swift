// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

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
  func warn(_ line: String) {
    warnings.append(line)
    write(prefix + painted("warning:", "33") + " " + line + "\n")
  }

  /// An error, always.
  func error(_ line: String) { write(prefix + painted("error:", "31") + " " + line + "\n") }

  /// `text` in bold type of the colour `code`.
  private func painted(_ text: String, _ code: String) -> String {
    isColored ? "\u{1B}[1;\(code)m\(text)\u{1B}[0m" : text
  }

  /// Writes `text` as it is; an error of standard error itself is ignored.
  func write(_ text: String) {
    var buffer = WriteBuffer(capacity: text.utf8.count)
    buffer.append(Array(text.utf8))
    try? Descriptor.write(buffer.bytes, to: STDERR_FILENO)
  }
}
