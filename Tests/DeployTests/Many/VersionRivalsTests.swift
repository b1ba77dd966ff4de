// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import Testing

@testable import Deploy

@Suite("Sources for one version")
struct VersionRivalsTests {
  @Test(
    "are rivals where they differ, however many there are",
    arguments: [
      ([], []), ([("a", "v")], [nil]), ([("a", "v"), ("b", "w")], [nil, nil]),
      ([("a", "v"), ("b", "v")], [1, 0]), ([("a", "v"), ("a", "v")], [nil, nil]),
      ([("a", "v"), ("x", "w"), ("b", "v")], [2, nil, 0]),
      ([("a", "v"), ("b", "v"), ("c", "v")], [1, 0, 0]),
      ([("a", "v"), ("a", "v"), ("b", "v")], [2, 2, 0]),
      ([("a", "v"), ("b", "v"), ("a", "v"), ("y", "w"), ("z", "w")], [1, 0, 1, 4, 3]),
    ] as [([(source: String, version: String)], [Int?])])
  func rivals(_ claims: [(source: String, version: String)], _ expected: [Int?]) {
    let rivals = VersionRivals(claims.map { .init(of: Array($0.source.utf8), on: $0.version) })
    #expect(claims.indices.map { rivals.rival(of: $0) } == expected)
    #expect(rivals.isEmpty == expected.allSatisfy { $0 == nil })
  }
}
