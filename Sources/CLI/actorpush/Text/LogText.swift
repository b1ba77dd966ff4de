// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ApifyAPI
internal import SystemIO

/// Lines of the log of a build or run, each with the seconds since its start in place of the time of day.
struct LogText {
  /// Nanoseconds since 1970 of the first line, or of the start.
  private var start: Int?

  /// Those of a build or run that was started at `start`, in ISO 8601.
  init(startedAt start: String? = nil) { self.start = start.flatMap(ISOTime.nanoseconds) }

  /// "   12 s  Step 1/5"; a line without a time stands below the text of the others.
  mutating func line(_ line: String) -> String {
    let stamp = line.prefix { $0 != " " }
    guard let time = ISOTime.nanoseconds(String(stamp)) else {
      return "          " + TerminalText.line(line.utf8)
    }
    let first = start ?? time
    start = first
    let seconds = String(max(0, time - first) / 1_000_000_000)
    let pad = String(repeating: " ", count: max(0, 6 - seconds.utf8.count))
    return "\(pad)\(seconds) s  " + TerminalText.line(line.utf8.dropFirst(stamp.utf8.count + 1))
  }
}
