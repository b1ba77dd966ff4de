// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// The `Retry-After` header: seconds, or a date.
package enum RetryAfter {
  /// The time to wait; nil where the header is missing or malformed. A date is measured against `date`, the
  /// `Date` header of the same response, so that the local clock does not matter.
  package static func parse(_ value: String?, date: String?) -> Duration? {
    guard let value else { return nil }
    let text = value.trimmingBlanks()
    if !text.isEmpty, text.utf8.allSatisfy({ UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }) {
      return .seconds(Swift.min(Int(text) ?? .max, 1_000_000))
    }
    guard let then = seconds(ofHTTPDate: text), let now = date.flatMap({ seconds(ofHTTPDate: $0) }) else {
      return nil
    }
    return .seconds(Swift.max(0, then - now))
  }

  /// Seconds since 1970 of `Sun, 06 Nov 1994 08:49:37 GMT`.
  static func seconds(ofHTTPDate text: String) -> Int? {
    let parts = text.split { $0 == " " || $0 == ":" || $0 == "," }
    let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    guard parts.count == 8, parts[7] == "GMT", let day = Int(parts[1]), let year = Int(parts[3]),
      let month = months.firstIndex(of: String(parts[2])), let hour = Int(parts[4]),
      let minute = Int(parts[5]),
      let second = Int(parts[6]), (1...31).contains(day), (1970...9999).contains(year),
      (0...23).contains(hour), (0...59).contains(minute), (0...60).contains(second)
    else { return nil }
    let days = CivilDate.days(year: year, month: month + 1, day: day)
    return ((days * 24 + hour) * 60 + minute) * 60 + second
  }
}

extension String {
  fileprivate func trimmingBlanks() -> String {
    var part = self[...]
    while part.first == " " || part.first == "\t" { part.removeFirst() }
    while part.last == " " || part.last == "\t" { part.removeLast() }
    return String(part)
  }
}
