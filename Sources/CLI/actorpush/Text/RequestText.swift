// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ApifyAPI
internal import SystemIO

/// Requests in words, for `-v`.
enum RequestText {
  /// One line about `event`.
  static func of(_ event: APIEvent) -> String {
    switch event {
    case .started(let attempt):
      return "> \(attempt.method) \(attempt.path)"
        + (attempt.bodyBytes > 0 ? ", \(Quantity.bytes(attempt.bodyBytes))" : "")
        + (attempt.number > 1 ? " (attempt \(attempt.number))" : "")
    case .finished(let attempt, let status, let bytes, let duration):
      return
        "< \(attempt.method) \(attempt.path): \(status), \(Quantity.bytes(bytes)), \(Quantity.time(duration))"
    case .failed(let attempt, let type, let message, _):
      return
        "< \(attempt.method) \(attempt.path): \(TerminalText.of(type.rawValue)), \(TerminalText.of(message))"
    case .redirected(let attempt, let origin): return "  \(attempt.path): redirected to \(origin)"
    case .retrying(_, let reason, let delay):
      return "  retrying in \(Quantity.time(delay)): \(TerminalText.of(reason))"
    case .looking(_, let reason, let delay):
      return "  checking in \(Quantity.time(delay)) whether it took effect: \(TerminalText.of(reason))"
    }
  }
}
