// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// A moment in milliseconds since 1970, shown as `2026-01-31T12:00:00.000Z`.
package struct Timestamp: Comparable, Hashable, Codable, Sendable {
  /// Milliseconds since 1970-01-01T00:00:00Z.
  package let milliseconds: Int64

  /// The moment `milliseconds` after the start of 1970.
  package init(milliseconds: Int64) { self.milliseconds = milliseconds }

  package init(from decoder: any Decoder) throws {
    milliseconds = try decoder.singleValueContainer().decode(Int64.self)
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(milliseconds)
  }

  package static func < (left: Self, right: Self) -> Bool { left.milliseconds < right.milliseconds }

  /// `now`, or just after this where the clock did not move: a change always shows.
  func advanced(to now: Timestamp) -> Timestamp {
    now > self ? now : Timestamp(milliseconds: milliseconds + 1)
  }

  /// The form of the API: ISO 8601 in UTC, with milliseconds.
  package var iso8601: String {
    let (seconds, fraction) = Self.floorDivide(milliseconds, by: 1000)
    let (days, secondOfDay) = Self.floorDivide(seconds, by: 86_400)
    // Days to a civil date in the proleptic Gregorian calendar, with years that begin in March.
    let (era, dayOfEra) = Self.floorDivide(days + 719_468, by: 146_097)
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let marchMonth = (5 * dayOfYear + 2) / 153
    let day = dayOfYear - (153 * marchMonth + 2) / 5 + 1
    let month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    let date = "\(Self.padded(year, 4))-\(Self.padded(month, 2))-\(Self.padded(day, 2))"
    let hour = Self.padded(secondOfDay / 3600, 2)
    let minute = Self.padded(secondOfDay % 3600 / 60, 2)
    let second = Self.padded(secondOfDay % 60, 2)
    return "\(date)T\(hour):\(minute):\(second).\(Self.padded(fraction, 3))Z"
  }

  private static func floorDivide(_ value: Int64, by divisor: Int64) -> (quotient: Int64, remainder: Int64) {
    let (quotient, remainder) = value.quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
  }

  private static func padded(_ number: Int64, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }
}
