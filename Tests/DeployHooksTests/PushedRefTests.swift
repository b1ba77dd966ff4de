// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import Testing

@testable import DeployHooks

@Suite("What git tells its pre-push hook")
struct PushedRefTests {
  private static let one = String(repeating: "1", count: 40)
  private static let zero = String(repeating: "0", count: 40)
  private static let wide = String(repeating: "a", count: 64)

  @Test("is a line for each reference, deletions, tags and SHA-256 among them")
  func lines() throws {
    let refs = try PushedRef.parse(
      Array(
        """
        refs/heads/x \(Self.one) refs/heads/release/1.2 \(Self.zero)
        (delete) \(Self.zero) refs/heads/old \(Self.one)
        refs/tags/v1 \(Self.one) refs/tags/v1 \(Self.zero)
        HEAD \(Self.wide) refs/heads/main \(Self.wide)

        """.utf8))
    #expect(refs.map(\.branch) == ["release/1.2", "old", nil, "main"])
    #expect(refs.map(\.isDeletion) == [false, true, false, false])
    #expect(refs[3].localRef == "HEAD" && refs[3].localObject == Self.wide)
    #expect(try PushedRef.parse([]) == [])
  }

  @Test(
    "is refused where it is something else", arguments: ["x", "a b c d", "a \(one) c", "a \(one) c \(one)1"])
  func malformed(_ text: String) {
    #expect(throws: PushedRef.Malformed.self) { try PushedRef.parse(Array(text.utf8)) }
  }

  @Test("stands in variables where pre-commit has read it")
  func preCommit() {
    let refs = PushedRef.fromPreCommit([
      "PRE_COMMIT_TO_REF": Self.one, "PRE_COMMIT_FROM_REF": Self.zero,
      "PRE_COMMIT_REMOTE_BRANCH": "refs/heads/main", "PRE_COMMIT_LOCAL_BRANCH": "refs/heads/topic",
    ])
    #expect(refs.map(\.branch) == ["main"] && refs.first?.localObject == Self.one)
    #expect(PushedRef.fromPreCommit(["PRE_COMMIT_REMOTE_BRANCH": "main"]) == [])
  }
}
