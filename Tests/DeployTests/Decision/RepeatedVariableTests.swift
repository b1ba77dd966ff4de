// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import ApifyAPI
import Testing

@testable import Deploy

@Suite("A variable before its request is sent again")
struct RepeatedVariableTests {
  /// What it was, what it is, what the request makes of it; "-" for nothing. `A!` is a secret.
  private static let table = """
    A=1 A=1 A=2 yes
    A=1 A=3 A=2 no
    A=1 A!  A=2 no
    A=1 A!  A!2 yes
    A=1 A=3 A!2 no
    A=1 A=1 -   yes
    A=1 A!  -   no
    A!  A!  A!2 yes
    A!  A!  A=2 yes
    A!  A=3 A!2 no
    A!  A!  -   yes
    -   A!  A=2 no
    -   A!  A!2 yes
    -   A=3 A=2 no
    """.split(separator: "\n").map { $0.split(separator: " ").map { String($0) } }

  @Test("is what it was, or what the request made of it, or the work of others", arguments: table)
  func judged(_ row: [String]) throws {
    let now = try #require(Self.variable(row[1]))
    let isOurs = now.mayBe(Self.variable(row[0]), orAlready: Self.variable(row[2]))
    #expect(isOurs == (row[3] == "yes"))
  }

  private static func variable(_ word: String) -> EnvironmentVariable? {
    if word == "-" { return nil }
    let isSecret = word.contains("!")
    return EnvironmentVariable(
      name: "A", value: word.count == 3 ? String(word.suffix(1)) : nil, isSecret: isSecret)
  }
}
