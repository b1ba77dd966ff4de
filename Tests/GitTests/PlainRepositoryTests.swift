// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import Git
import SystemIO
import TestSupport
import Testing

/// What is found without git, beside what git answers.
@Suite("A repository that is found without git")
struct PlainRepositoryTests {
  private let folder: TemporaryFolder

  init() async throws {
    folder = try TemporaryFolder()
    try await git(["init", "-q", "-b", "main", folder("main")], in: folder.path)
    try folder.write("main/sub/file")
    try await git(["add", "-A"], in: folder("main"))
    try await git(["commit", "-qm", "x"], in: folder("main"))
  }

  private func find(_ path: String, _ variables: [String: String] = [:]) -> PlainRepository? {
    PlainRepository(of: Array(folder(path).utf8), variables: plainVariables.merging(variables) { $1 })
  }

  private func answer(_ question: [String], _ path: String) async throws -> String? {
    let answer = try await shell(
      "git", ["rev-parse"] + question, in: folder(path), environment: plainVariables)
    return answer.status == 0 ? String(decoding: answer.bytes.dropLast(), as: UTF8.self) : nil
  }

  /// Expects that the repository of `path` is found, and that git says the same.
  private func expectSame(
    _ path: String, head: Bool = true, _ sourceLocation: SourceLocation = #_sourceLocation
  ) async throws {
    let found = try #require(find(path), sourceLocation: sourceLocation)
    let (own, top, prefix) = (
      try await answer(["--absolute-git-dir"], path), try await answer(["--show-toplevel"], path),
      try await answer(["--show-prefix"], path)
    )
    #expect(String(decoding: found.directory, as: UTF8.self) == own, sourceLocation: sourceLocation)
    #expect(String(decoding: found.worktree, as: UTF8.self) == top, sourceLocation: sourceLocation)
    let shown = String(decoding: found.prefix, as: UTF8.self)
    #expect(shown + (shown.isEmpty ? "" : "/") == prefix, sourceLocation: sourceLocation)
    let commit = try await answer(["--verify", "-q", "HEAD^{commit}"], path)
    #expect(found.head == (head ? commit : nil), sourceLocation: sourceLocation)
    #expect(!head || commit != nil, sourceLocation: sourceLocation)
  }

  @Test("is the one that git finds, from its top, from below and through a link")
  func places() async throws {
    try await expectSame("main")
    try await expectSame("main/sub")
    try folder.link("linked", to: "main/sub")
    try await expectSame("linked")
    try folder.write("main/.gitmodules/x/HEADS")
    try await expectSame("main/.gitmodules/x")
  }

  @Test(
    "is at the commit that git names, wherever that stands",
    arguments: [
      [], ["checkout", "-q", "--detach"], ["pack-refs", "--all"], ["checkout", "-q", "-b", "a/b.c-d_1"],
      ["update-ref", "refs/heads/HEAD", "HEAD~"], ["tag", "main"], ["branch", "--force", "heads/main"],
    ])
  func commits(_ command: [String]) async throws {
    try await git(["commit", "-q", "--allow-empty", "-m", "y"], in: folder("main"))
    if !command.isEmpty { try await git(command, in: folder("main")) }
    try await expectSame("main")
    // The file wins over what is packed.
    try await git(["pack-refs", "--all"], in: folder("main"))
    try await git(["commit", "-q", "--allow-empty", "-m", "z"], in: folder("main"))
    try await expectSame("main")
  }

  @Test("leaves to git which commit an odd HEAD names")
  func oddHeads() async throws {
    let main = folder("main")
    try await git(["checkout", "-q", "--orphan", "unborn"], in: main)
    try await expectSame("main", head: false)
    try await git(["symbolic-ref", "refs/heads/other", "refs/heads/main"], in: main)
    for head in ["refs/heads/other", "refs/remotes/x", "refs/heads/ü", "refs/heads/a..b"] {
      try folder.write("main/.git/HEAD", "ref: \(head)\n")
      #expect(find("main")?.head == nil)
    }
    try folder.write("main/.git/HEAD", "ref: refs/heads/main \n")
    #expect(find("main")?.head == nil)
    try folder.write("main/.git/HEAD", "ref: refs/heads/main\n")
    #expect(find("main")?.head != nil)
    try folder.write("main/.git/refs/heads/main", "0123\n")
    #expect(find("main")?.head == nil)
  }

  @Test(
    "is left to git where the configuration says what form it has",
    arguments: [
      ["core.worktree", "/"], ["core.bare", "true"], ["core.repositoryformatversion", "1"],
      ["extensions.worktreeConfig", "true"], ["extensions.refStorage", "files"],
      ["core.ignoreCase", "perhaps"], ["includeIf.hasconfig:remote.*.url:x.path", "/none"],
    ])
  func forms(_ setting: [String]) async throws {
    #expect(find("main") != nil)
    try await git(["config"] + setting, in: folder("main"))
    #expect(find("main") == nil)
  }

  @Test("is left to git where it is broken, lies elsewhere, or may be another one")
  func others() async throws {
    let main = folder("main")
    try await git(["worktree", "add", "-q", folder("worktree"), "-b", "other"], in: main)
    #expect(find("worktree") == nil)
    try await git(["clone", "-q", "--bare", main, folder("main/bare.git")], in: folder.path)
    #expect(find("main/bare.git") == nil)
    #expect(find("main/bare.git/refs") == nil)
    #expect(find("main/.git") == nil)
    #expect(find("main/.git/refs/heads") == nil)
    try await git(["init", "-q", "--separate-git-dir", folder("elsewhere"), folder("separate")], in: main)
    #expect(find("separate") == nil)
    try await git(["init", "-q", folder("through")], in: main)
    try folder.folder("through/moved")
    try folder.link("through/moved/.git", to: folder("through/.git"))
    #expect(find("through/moved") == nil)
    #expect(find("") == nil)
    #expect(find("main/sub", ["GIT_CEILING_DIRECTORIES": main]) == nil)
    try folder.write("main/.git/config", "[core\n")
    #expect(find("main") == nil)
  }

  @Test(
    "is left to git where the environment says which one is meant", arguments: Git.localVariables.sorted())
  func variables(_ name: String) {
    #expect(find("main") != nil)
    #expect(find("main", [name: "1"]) == nil)
  }

  @Test("is left to git where another user owns it, or its work tree", .enabled(if: Paths.currentUser == 0))
  func owners() async throws {
    for path in ["main/.git", "main"] {
      #expect(find("main/sub") != nil)
      let changed = try await shell("chown", ["4242", folder(path)], in: folder.path)
      #expect(changed.status == 0 && find("main/sub") == nil)
      _ = try await shell("chown", ["0", folder(path)], in: folder.path)
    }
  }
}
