// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// Dates of the proleptic Gregorian calendar.
enum CivilDate {
  /// Days since 1970; `month` is in 1...12.
  static func days(year: Int, month: Int, day: Int) -> Int {
    // With years that begin in March the leap day is the last one.
    let shifted = month <= 2 ? year - 1 : year
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    return shifted * 365 + shifted / 4 - shifted / 100 + shifted / 400 + dayOfYear - 719_468
  }
}
