// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import SystemIO
import Testing

@Suite("A quantity")
struct QuantityTests {
  @Test(
    "of time has the units that people read",
    arguments: [
      (0, "0 ms"), (999, "999 ms"), (1000, "1.0 s"), (12_340, "12.3 s"), (59_999, "59.9 s"),
      (60_000, "1 min"),
      (72_500, "1 min 12 s"), (5_400_000, "1 h 30 min"),
    ])
  func time(_ milliseconds: Int, _ words: String) {
    #expect(Quantity.time(.milliseconds(milliseconds)) == words)
  }

  @Test(
    "of time that has passed has one unit",
    arguments: [
      (0, "0 s"), (119, "119 s"), (120, "2 min"), (7199, "119 min"), (7200, "2 h"), (172_799, "47 h"),
      (172_800, "2 d"),
    ])
  func age(_ seconds: Int, _ words: String) { #expect(Quantity.age(.seconds(seconds)) == words) }

  @Test(
    "of bytes is decimal",
    arguments: [
      (0, "0 bytes"), (1, "1 byte"), (999, "999 bytes"), (1000, "1.0 KB"), (999_949, "999.9 KB"),
      (999_950, "1.0 MB"), (3_145_728, "3.1 MB"),
    ])
  func bytes(_ count: Int, _ words: String) { #expect(Quantity.bytes(count) == words) }

  @Test("of things knows one from many")
  func things() {
    #expect(Quantity.of(1, "file") == "1 file" && Quantity.of(1234, "file") == "1,234 files")
    #expect(Quantity.entries(1) == "1 entry" && Quantity.entries(0) == "0 entries")
  }
}
