// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// How long something may take: `90`, `90s`, `15m` or `2h`; at least a second, and a day at most.
package struct TimeLimit: Equatable, Sendable {
  /// The form, in words.
  package static let rule = "a time from 1s to 24h, as 90s, 15m or 2h"

  package let seconds: Int
  package var duration: Duration { .seconds(seconds) }

  /// Returns nil where `text` is no such time.
  package init?(_ text: String) {
    let units: [Character: Int] = ["s": 1, "m": 60, "h": 3600]
    let unit = text.last.flatMap { units[$0] }
    let digits = unit == nil ? text[...] : text.dropLast()
    guard (1...5).contains(digits.utf8.count), digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
      let number = Int(digits), (1...86_400).contains(number * (unit ?? 1))
    else { return nil }
    seconds = number * (unit ?? 1)
  }
}
