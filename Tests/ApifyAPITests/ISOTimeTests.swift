// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import ApifyAPI
import Testing

@Suite("A time of the API")
struct ISOTimeTests {
  @Test(
    "that lies too far from now to be counted in nanoseconds is none",
    arguments: [
      "9999-12-31T23:59:59.999Z", "2262-01-01T00:00:00Z", "0000-01-01T00:00:00Z", "1677-12-31T00:00:00Z",
    ])
  func distant(_ text: String) { #expect(ISOTime.nanoseconds(text) == nil) }

  @Test(
    "is counted up to the last year that can be",
    arguments: [("2261-12-31T23:59:59.999999999Z", 9_214_646_399_999_999_999), ("1970-01-01T00:00:00Z", 0)])
  func near(_ text: String, _ nanoseconds: Int) { #expect(ISOTime.nanoseconds(text) == nanoseconds) }

  @Test(
    "in another form is none",
    arguments: [
      "", "2024", "2024-13-01T00:00:00Z", "2024-01-01 00:00:00Z", "2024-01-01T00:00:00.Z",
      "2024-01-01T00:00:00xZ",
    ])
  func malformed(_ text: String) { #expect(ISOTime.nanoseconds(text) == nil) }
}
