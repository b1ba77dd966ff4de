// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import Git
import SystemIO
import TestSupport
import Testing

@testable import DeployHooks

@Suite("The reference that follows a remote's", .timeLimit(.minutes(2)))
struct TrackingRefTests {
  @Test(
    "is named by the remote's refspecs, as git names it",
    arguments: [
      (["+refs/heads/*:refs/remotes/origin/*"], "refs/heads/main", "refs/remotes/origin/main"),
      (["refs/heads/*:refs/remotes/o/*"], "refs/heads/a/b", "refs/remotes/o/a/b"),
      (["refs/heads/main:refs/remotes/x/y"], "refs/heads/main", "refs/remotes/x/y"),
      (["refs/heads/main:refs/remotes/x/y"], "refs/heads/other", nil),
      (["refs/heads/ma*:refs/remotes/x/*-b"], "refs/heads/main", "refs/remotes/x/in-b"),
      (["refs/heads/a*a:refs/remotes/x/*"], "refs/heads/a", nil),
      (
        ["+refs/heads/*:refs/remotes/a/*", "+refs/heads/*:refs/remotes/b/*"], "refs/heads/m",
        "refs/remotes/a/m"
      ),
      (["+refs/heads/*:refs/remotes/a/*", "^refs/heads/m"], "refs/heads/m", nil),
      (["^refs/heads/x*", "+refs/heads/*:refs/remotes/a/*"], "refs/heads/m", "refs/remotes/a/m"),
      (["+refs/pull/*/head:refs/pull/*"], "refs/heads/m", nil), (["refs/heads/main"], "refs/heads/main", nil),
      (["refs/heads/main:"], "refs/heads/main", nil), ([], "refs/heads/main", nil), ([""], "", nil),
    ] as [([String], String, String?)])
  func named(specs: [String], reference: String, expected: String?) async throws {
    #expect(TrackingRef.name(of: reference, specs) == expected)
    // git moves the reference that it has this name for. Of one that it is told to leave out git itself is
    // not sure: some versions move it all the same.
    let isNegative = specs.contains { $0.hasPrefix("^") }
    guard !specs.isEmpty, !specs.contains(""), !isNegative || expected != nil else { return }
    let folder = try TemporaryFolder()
    try await git(["init", "-q", "--bare", "remote.git"], in: folder.path)
    try await git(["init", "-q", "-b", "main"], in: folder.path)
    try await git(["config", "remote.origin.url", folder("remote.git")], in: folder.path)
    for spec in specs { try await git(["config", "--add", "remote.origin.fetch", spec], in: folder.path) }
    try await git(["commit", "-q", "--allow-empty", "-m", "x"], in: folder.path)
    try await git(["push", "-q", "origin", "HEAD:\(reference)"], in: folder.path)
    let refs = try await git(
      ["for-each-ref", "--format=%(refname)", "refs/remotes", "refs/pull"], in: folder.path)
    #expect(String(decoding: refs, as: UTF8.self) == (expected.map { $0 + "\n" } ?? ""))
  }

  @Test("has moved where it names what was pushed and did not before")
  func moved() async throws {
    let folder = try TemporaryFolder()
    try await git(["init", "-q", "--bare", "remote.git"], in: folder.path)
    try await git(["init", "-q", "-b", "main"], in: folder.path)
    try await git(["remote", "add", "origin", folder("remote.git")], in: folder.path)
    try await git(["commit", "-q", "--allow-empty", "-m", "x"], in: folder.path)
    let output = try await git(["rev-parse", "HEAD"], in: folder.path)
    let commit = String(decoding: output.dropLast(), as: UTF8.self)
    let reader = Git(
      repository: Array(folder(".git").utf8),
      variables: ["PATH": "/usr/local/bin:/usr/bin:/bin", "GIT_CONFIG_NOSYSTEM": "1"])
    func look() async throws -> TrackingRef {
      try #require(await Threads.run { TrackingRef(of: "refs/heads/main", remote: "origin", reader) })
    }
    func hasMoved(_ reference: TrackingRef, to object: String = commit) async -> Bool {
      await Threads.run { reference.hasMoved(to: object, reader) }
    }
    let before = try await look()
    #expect(before == TrackingRef(name: "refs/remotes/origin/main", before: nil))
    #expect(await !hasMoved(before))
    // A dry run, and a push that is refused, move nothing.
    try await git(["push", "-q", "-n", "origin", "main"], in: folder.path)
    #expect(await !hasMoved(before))
    try await git(["push", "-q", "origin", "main"], in: folder.path)
    #expect(await hasMoved(before))
    #expect(await !hasMoved(before, to: String(repeating: "1", count: 40)))
    let after = try await look()
    func hasPassed(_ reference: TrackingRef, _ object: String = commit) async -> Bool {
      await Threads.run { reference.hasPassed(object, reader) }
    }
    #expect(await hasPassed(before))
    #expect(await !hasPassed(after), "nothing has moved since")
    // What is built upon it has come since: so had it, unless it was there before.
    try await git(["commit", "-q", "--allow-empty", "-m", "y"], in: folder.path)
    let next = String(
      decoding: try await git(["rev-parse", "HEAD"], in: folder.path).dropLast(), as: UTF8.self)
    #expect(await !hasPassed(before, next))
    try await git(["push", "-q", "origin", "main"], in: folder.path)
    #expect(await hasPassed(before))
    #expect(await hasPassed(after, next))
    #expect(await !hasPassed(after))
    #expect(await !hasPassed(before, String(repeating: "1", count: 40)))
    #expect(after.before == commit)
    #expect(await !hasMoved(after), "it was there before: that says nothing of this push")
    for remote in ["other", folder("remote.git"), "https://jane:x@host/x.git", ""] {
      #expect(await Threads.run { TrackingRef(of: "refs/heads/main", remote: remote, reader) } == nil)
    }
  }
}
