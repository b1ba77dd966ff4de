// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import ActorProject
import Testing

@Suite("Values that are sent to the platform")
struct ValueTests {
  private static func isValid(_ make: () throws -> Any) -> Bool { (try? make()) != nil }

  @Test(
    "are tags of letters, digits, dots, underscores and hyphens",
    arguments: [
      ("latest", true), ("v1.2_x-Y", true), ("none", true), ("", false), (" ", false), ("my tag", false),
      ("a/b", false), ("a\0", false), ("a\n", false), ("ü", false), ("a+b", false), ("a=b", false),
      ("e\u{301}", false), (String(repeating: "x", count: 100), true),
    ])
  func tags(_ text: String, _ isValid: Bool) { #expect(Self.isValid { try BuildTag(text) } == isValid) }

  @Test(
    "are names of variables of 1 to 100 characters without = and NUL, and no part of a path",
    arguments: [
      ("A", true), ("my.var-1", true), ("with space", true), ("ü", true), ("", false), ("=", false),
      (".", false), ("..", false), ("...", true), (".a", true),
      ("A=B", false), ("A=\u{301}", false), ("A\0", false), (String(repeating: "N", count: 100), true),
      (String(repeating: "N", count: 101), false), (String(repeating: "😀", count: 51), false),
    ])
  func names(_ text: String, _ isValid: Bool) { #expect(Self.isValid { try VariableName(text) } == isValid) }

  @Test("are values of variables of at most 50,000 characters")
  func variables() {
    #expect(Self.isValid { try VariableValue("") })
    #expect(Self.isValid { try VariableValue(String(repeating: "v", count: 50_000)) })
    #expect(!Self.isValid { try VariableValue(String(repeating: "v", count: 50_001)) })
  }

  @Test(
    "are names of Actors, with or without their owner",
    arguments: [
      ("my-actor", "my-actor", nil), ("anna/my-actor", "my-actor", "anna"),
      ("An.na_1~my-actor", "my-actor", "An.na_1"),
      ("~my-actor", "my-actor", ""), ("my", nil, nil), ("My-Actor", nil, nil), ("/my-actor", nil, nil),
      ("a/b/my-actor", nil, nil), ("~~my-actor", nil, nil), ("my-actor/", nil, nil), ("", nil, nil),
      ("../my-actor", nil, nil), ("a b/my-actor", nil, nil), (String(repeating: "x", count: 64), nil, nil),
    ] as [(String, String?, String?)])
  func actors(_ text: String, _ own: String?, _ owner: String?) {
    let name = try? ActorName(text)
    #expect(name?.own == own && name?.owner == owner)
  }
}
