// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import Testing

@testable import ActorProject

@Suite("A time limit")
struct TimeLimitTests {
  @Test(
    "is read in seconds, minutes and hours, a day at most",
    arguments: [
      ("90", 90), ("90s", 90), ("15m", 900), ("2h", 7200), ("24h", 86_400), ("86400", 86_400), ("1", 1),
      ("0", nil), ("0h", nil), ("25h", nil), ("86401", nil), ("", nil), ("h", nil), ("-1", nil), ("+1", nil),
      ("1.5h", nil), ("1d", nil), ("1h30m", nil), ("99999999999999999999", nil), ("９0", nil),
    ] as [(String, Int?)])
  func text(_ text: String, _ seconds: Int?) {
    #expect(TimeLimit(text)?.seconds == seconds)
  }
}
