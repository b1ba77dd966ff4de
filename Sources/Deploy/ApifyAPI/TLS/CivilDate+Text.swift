// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import FoundationEssentials

extension CivilDate {
  /// Seconds since 1970.
  static var now: Int { Int(Date.now.timeIntervalSince1970) }

  /// `2026-01-31 12:05 UTC` for seconds since 1970.
  static func text(_ seconds: Int) -> String {
    let style = Date.ISO8601FormatStyle(dateTimeSeparator: .space)
    return Date(timeIntervalSince1970: Double(seconds)).formatted(style).prefix(16) + " UTC"
  }
}
