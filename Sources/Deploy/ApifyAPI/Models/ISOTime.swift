// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// Times in the API's form of ISO 8601: `2024-05-01T12:34:56.789Z`.
package enum ISOTime {
  /// The years whose nanoseconds an `Int` counts.
  private static let years = 1678...2261

  /// Nanoseconds since 1970; nil where `text` is not such a time, or lies centuries from now.
  package static func nanoseconds(_ text: String) -> Int? {
    let bytes = Array(text.utf8)
    guard bytes.count >= 20, bytes.last == UInt8(ascii: "Z"), bytes[10] == UInt8(ascii: "T"),
      let year = number(bytes[0..<4]), let month = number(bytes[5..<7]), let day = number(bytes[8..<10]),
      let hour = number(bytes[11..<13]), let minute = number(bytes[14..<16]),
      let second = number(bytes[17..<19]),
      years.contains(year), (1...12).contains(month), (1...31).contains(day)
    else { return nil }
    var nanoseconds = 0
    if bytes[19] == UInt8(ascii: ".") {
      let digits = bytes[20..<(bytes.count - 1)].prefix(9)
      guard let fraction = number(digits) else { return nil }
      nanoseconds = (digits.count..<9).reduce(fraction) { value, _ in value * 10 }
    } else if bytes.count != 20 {
      return nil
    }
    let days = CivilDate.days(year: year, month: month, day: day)
    return ((days * 24 + hour) * 60 + minute) * 60_000_000_000 + second * 1_000_000_000 + nanoseconds
  }

  private static func number(_ digits: ArraySlice<UInt8>) -> Int? {
    guard !digits.isEmpty else { return nil }
    var value = 0
    for digit in digits {
      guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit) else { return nil }
      value = value * 10 + Int(digit - UInt8(ascii: "0"))
    }
    return value
  }
}
