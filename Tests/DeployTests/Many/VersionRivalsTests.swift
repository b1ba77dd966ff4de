// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import ApifyAPI
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
    let rivals = VersionRivals(
      claims.map {
        .init(
          of: Array($0.source.utf8), on: $0.version, of: .named(owner: "anna", name: "x"), username: "anna")
      })
    #expect(claims.indices.map { rivals.rival(of: $0) } == expected)
    #expect(rivals.isEmpty == expected.allSatisfy { $0 == nil })
  }

  @Test(
    "are rivals whatever their Actor is called, and where its owner is not known",
    arguments: [
      ("~x", "anna/x", "anna", true), ("~x", "anna~x", "anna", true), ("~x", "bob/x", "anna", false),
      ("anna/x", "bob/x", nil, false), ("~x", "bob/x", nil, true), ("~x", "~x", nil, true),
      ("~x", "~y", nil, false), ("x", "~x", "anna", false),
      ("hQdXPqtS6Kkq1tyyC", "hQdXPqtS6Kkq1tyyC", nil, true),
      ("hQdXPqtS6Kkq1tyyC", "HQdXPqtS6Kkq1tyyC", nil, false),
    ] as [(String, String, String?, Bool)])
  func names(_ one: String, _ other: String, _ username: String?, _ areRivals: Bool) throws {
    for names in [[one, other], [other, one]] {
      let claims = try names.enumerated().map { index, name in
        try VersionRivals.Claim(of: [UInt8(index)], on: "0.1", of: ActorReference(name), username: username)
      }
      #expect(VersionRivals(claims).isEmpty == !areRivals, "\(names)")
      let others = try VersionRivals.Claim(of: [7], on: "0.2", of: ActorReference(one), username: username)
      #expect(VersionRivals([claims[0], others]).isEmpty)
    }
  }
}
