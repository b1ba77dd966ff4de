// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import FoundationEssentials
import TestSupport
import Testing

@testable import DeployHooks

@Suite("The command line of a git push", .timeLimit(.minutes(5)))
struct PushCommandLineTests {
  private static let commands: [([String], Bool)] = [
    (["git", "push"], true), (["/usr/lib/git-core/git-push", "-n"], true),
    (["git", "-c", "push", "-C", "push", "--git-dir", "push", "--no-pager", "push"], true),
    (["git", "--git-dir=x", "-p", "push"], true), (["git", "pull", "push"], false),
    (["git", "-c", "push"], false), (["git"], false), ([], false), (["sh", "push"], false),
    (["git", "hook", "run", "pre-push"], false), (["git", "subtree", "push"], false),
    (["git-push/"], false), (["/usr/bin/git/", "push"], false),
  ]

  @Test("is one of push, wherever options of git itself stand", arguments: commands)
  func command(words: [String], isPush: Bool) { #expect((PushCommandLine(words) != nil) == isPush) }

  @Test("is read from the system, words without bytes and foreign bytes included")
  func process() {
    #expect(PushCommandLine(process: Array("git\0push\0-o\0\0-n\0".utf8))?.isDryRun == true)
    #expect(PushCommandLine(process: Array("git\0push\0-o\0".utf8) + [0xFF, 0])?.isDryRun == false)
    #expect(PushCommandLine(process: []) == nil)
  }

  /// What stands between "git" and the end; whether git pushes nothing is what git itself shows.
  private static let lines = [
    "push origin main", "push -n origin main", "push --dry-run origin main", "push origin main -n",
    "push origin main --dry-run", "push -fn origin main", "push -nf origin main", "push -vn origin main",
    "push -fnv4 origin main", "push --dry origin main", "push --dr origin main", "push --dry-r origin main",
    "push -n --no-dry-run origin main", "push --dry-run --no-dry-r origin main",
    "push --no-dry-run -n origin main", "push --no-dry -n --no-dr origin main",
    "push -o -n origin main", "push -on origin main", "push -fon origin main", "push -fo n origin main",
    "push --push-option -n origin main", "push --push-option=-n origin main", "push --pus -n origin main",
    "push --push-option --dry-run origin main", "push -o x -n origin main", "push -nox origin main",
    "push --receive-pack git-receive-pack origin main -n", "push --exec git-receive-pack -n origin main",
    "push --recurse-submodules no -n origin main", "push --recurse-submodules=no origin main",
    "push --repo origin -n", "push --repo=origin", "push --repo origin --no-repo -n origin main",
    "push --no-push-option -n origin main", "push --force-with-lease -n origin main",
    "push --signed=no origin main -n", "push --no-signed -n --no-dry-run origin main",
    "push -- origin main", "push -n -- origin main", "push origin -- main",
    "push --end-of-options origin main", "push -n --end-of-options origin main",
    "-c a.b=c -C . push -n origin main", "-c a.n=-n -C . push origin main", "--no-pager push -n origin main",
    "-c alias.p=push p -n origin main", "-c alias.p=push\\ -fn p origin main",
    "--git-dir .git push origin main",
    "-c alias.q=!git\\ push\\ -n q origin main", "push -d origin gone -n",
  ]

  @Test("says whether git pushes, as git reads it")
  func asGitReadsIt() async throws {
    let folder = try TemporaryFolder()
    let (work, remote, seen) = (folder("work"), folder("remote.git"), folder("seen"))
    try await git(["init", "-q", "--bare", remote], in: folder.path)
    try await git(["config", "receive.advertisePushOptions", "true"], in: remote)
    try await git(["init", "-q", "-b", "main", work], in: folder.path)
    try await git(["commit", "-q", "--allow-empty", "-m", "x"], in: work)
    try await git(["config", "push.default", "current"], in: work)
    try await git(["remote", "add", "origin", remote], in: work)
    try folder.write("work/.git/hooks/pre-push", "#!/bin/sh\ncat /proc/$PPID/cmdline >'\(seen)'\n")
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o755], ofItemAtPath: folder("work/.git/hooks/pre-push"))
    // What "push -d" finds.
    try await git(["push", "-q", "--no-verify", "origin", "main:gone"], in: work)
    let before = try await git(["for-each-ref"], in: remote)
    for line in Self.lines {
      try? FileManager.default.removeItem(atPath: seen)
      let words = line.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
      var joined: [String] = []
      for word in words {
        if let last = joined.last, last.hasSuffix("\\") {
          joined[joined.count - 1] = last.dropLast() + " " + word
        } else {
          joined.append(word)
        }
      }
      // A dry run with push options may end by SIGPIPE, in git itself.
      _ = try? await git(joined, in: work)
      let isDryRun = try await git(["for-each-ref"], in: remote) == before
      if !isDryRun { try await git(["update-ref", "-d", "refs/heads/main"], in: remote) }
      let process = try #require(FileManager.default.contents(atPath: seen), "no hook: git \(line)")
      let read = try #require(PushCommandLine(process: Array(process)), "no push: git \(line)")
      #expect(read.isDryRun == isDryRun, "git \(line)")
    }
  }
}
