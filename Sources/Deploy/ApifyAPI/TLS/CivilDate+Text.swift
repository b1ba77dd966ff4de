// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import SystemIO

extension CivilDate {
  /// Seconds since 1970.
  static var now: Int { Int(time(nil)) }

  /// `2026-01-31 12:05 UTC` for seconds since 1970.
  static func text(_ seconds: Int) -> String {
    let (day, rest) = (floor(seconds, 86_400), seconds - floor(seconds, 86_400) * 86_400)
    // The inverse of `days`: years that begin in March, counted from the year 0.
    let shifted = day + 719_468
    let era = floor(shifted, 146_097)
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let month = (5 * dayOfYear + 2) / 153
    let year = yearOfEra + era * 400 + (month < 10 ? 0 : 1)
    let date = [
      digits(year, 4), digits(month < 10 ? month + 3 : month - 9, 2),
      digits(dayOfYear - (153 * month + 2) / 5 + 1, 2),
    ]
    return date.joined(separator: "-") + " \(digits(rest / 3600, 2)):\(digits(rest / 60 % 60, 2)) UTC"
  }

  private static func floor(_ value: Int, _ divisor: Int) -> Int {
    value >= 0 ? value / divisor : (value + 1) / divisor - 1
  }

  private static func digits(_ value: Int, _ count: Int) -> String {
    let text = String(value)
    return String(repeating: "0", count: max(0, count - text.utf8.count)) + text
  }
}
