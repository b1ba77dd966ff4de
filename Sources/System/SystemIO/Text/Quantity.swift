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
    "\(number(count)) \(noun)\(count == 1 ? "" : "s")"
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

  /// "0.8 s", "12 ms".
  package static func time(_ duration: Duration) -> String {
    let milliseconds = Int(duration / .milliseconds(1))
    if milliseconds < 1000 { return "\(milliseconds) ms" }
    return "\(milliseconds / 1000).\(milliseconds % 1000 / 100) s"
  }
}
