// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// Numbers as people read them.
package enum Quantity {
  /// "1,234,567".
  package static func number(_ value: Int) -> String {
    var groups: [String] = []
    var rest = String(value)
    while rest.utf8.count > 3 {
      groups.insert(String(rest.suffix(3)), at: 0)
      rest.removeLast(3)
    }
    return ([rest] + groups).joined(separator: ",")
  }

  /// "1 file", "2 files".
  package static func of(_ count: Int, _ noun: String) -> String {
    "\(number(count)) \(word(count, noun))"
  }

  /// The word that belongs to `count` things: "file" or "files"; "is" or "are", where `many` says so.
  package static func word(_ count: Int, _ one: String, _ many: String? = nil) -> String {
    count == 1 ? one : many ?? one + "s"
  }

  /// "512 bytes", "12.3 KB", "4.5 MB": decimal units, as disks have them.
  package static func bytes(_ count: Int) -> String {
    if count < 1000 { return of(count, "byte") }
    var value = Double(count)
    for unit in ["KB", "MB", "GB", "TB"] {
      value /= 1000
      if value < 999.95 || unit == "TB" {
        let tenths = Int((value * 10).rounded())
        return "\(tenths / 10).\(tenths % 10) \(unit)"
      }
    }
    return number(count)
  }

  /// "45 s", "5 min", "1 h 30 min": whole units.
  package static func longTime(_ duration: Duration) -> String {
    let seconds = Int(duration.components.seconds)
    if seconds < 60 { return "\(seconds) s" }
    let (hours, minutes, rest) = (seconds / 3600, seconds / 60 % 60, seconds % 60)
    let parts = [(hours, "h"), (minutes, "min"), (rest, "s")].filter { $0.0 > 0 }
    return parts.map { "\($0.0) \($0.1)" }.joined(separator: " ")
  }

  /// "1 entry", "2 entries".
  package static func entries(_ count: Int) -> String {
    "\(number(count)) \(word(count, "entry", "entries"))"
  }

  /// "12 s", "5 min", "3 h", "4 d": one unit, for how long ago something was.
  package static func age(_ duration: Duration) -> String {
    let seconds = Int(duration / .seconds(1))
    switch seconds {
    case ..<120: return "\(seconds) s"
    case ..<7200: return "\(seconds / 60) min"
    case ..<172_800: return "\(seconds / 3600) h"
    default: return "\(seconds / 86_400) d"
    }
  }

  /// "12 ms", "0.8 s", "1 min 12 s".
  package static func time(_ duration: Duration) -> String {
    let milliseconds = Int(duration / .milliseconds(1))
    if milliseconds < 1000 { return "\(milliseconds) ms" }
    if milliseconds >= 60_000 { return longTime(duration) }
    return "\(milliseconds / 1000).\(milliseconds % 1000 / 100) s"
  }
}
