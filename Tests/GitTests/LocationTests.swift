// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import Git
import TestSupport
import Testing

@Suite("A directory's repository")
struct LocationTests {
  private let folder: TemporaryFolder

  init() async throws {
    folder = try TemporaryFolder()
    try await git(["init", "-q", "-b", "main", folder("main")], in: folder.path)
    try folder.write("main/sub/file")
    try await git(["add", "-A"], in: folder("main"))
    try await git(["commit", "-qm", "x"], in: folder("main"))
  }

  private func locate(_ path: String, _ variables: [String: String] = [:]) async throws -> RepositoryLocation
  {
    let path = Array(folder(path).utf8)
    return try await blocking {
      try RepositoryLocation(of: path, variables: plainVariables.merging(variables) { $1 })
    }
  }

  private func expect(
    _ location: RepositoryLocation, _ directory: String, worktree: String?, prefix: String,
    _ sourceLocation: SourceLocation = #_sourceLocation
  ) {
    #expect(location.directory == Array(folder(directory).utf8), sourceLocation: sourceLocation)
    #expect(location.worktree == worktree.map { Array(folder($0).utf8) }, sourceLocation: sourceLocation)
    #expect(location.prefix == Array(prefix.utf8), sourceLocation: sourceLocation)
  }

  @Test("is found from its top, from below, and from a directory that only another commit has")
  func plain() async throws {
    expect(try await locate("main"), "main/.git", worktree: "main", prefix: "")
    expect(try await locate("main/sub/"), "main/.git", worktree: "main", prefix: "sub")
    expect(
      try await locate("main/sub/./gone/deeper"), "main/.git", worktree: "main", prefix: "sub/gone/deeper")
    await #expect(
      throws: RepositoryLocation.Failure.directoryNotFound(Array(folder("main/gone/../sub").utf8))
    ) {
      try await locate("main/gone/../sub")
    }
  }

  @Test(
    "is found where its path has newlines, also what could be another answer of git",
    arguments: ["x\ny", "\n", "x\nfalse", "x\ntrue", "x\nfalse\n\n", "x\r\ny", "end\n"])
  func newlines(_ name: String) async throws {
    let main = name + "/main"
    try await git(["clone", "-q", folder("main"), folder(main)], in: folder.path)
    try folder.write(main + "/a\nb/file")
    expect(try await locate(main), main + "/.git", worktree: main, prefix: "")
    expect(try await locate(main + "/a\nb"), main + "/.git", worktree: main, prefix: "a\nb")
    expect(try await locate(main + "/.git"), main + "/.git", worktree: main + "/.git", prefix: "")
    let (path, head) = (
      Array(folder(main + "/sub").utf8), try await git(["rev-parse", "HEAD"], in: folder(main))
    )
    let found = try await blocking {
      try RepositoryLocation(of: path, andCommit: "HEAD", variables: plainVariables)
    }
    expect(found, main + "/.git", worktree: main, prefix: "sub")
    #expect(found.commit.map { Array(($0 + "\n").utf8) } == Array(head))
    // A bare one of that name, and one in the directory of that name.
    for bare in [name + "/bare.git", name + "/" + name] {
      try await git(["clone", "-q", "--bare", folder("main"), folder(bare)], in: folder.path)
      expect(try await locate(bare), bare, worktree: nil, prefix: "")
    }
    try await git(["worktree", "add", "-q", folder(name + "/wt"), "-b", "other"], in: folder(main))
    let own = try await git(["rev-parse", "--absolute-git-dir"], in: folder(name + "/wt"))
    let linked = try await locate(name + "/wt/sub")
    #expect(linked.directory + [10] == Array(own) && linked.prefix == Array("sub".utf8))
  }

  @Test("is a linked work tree's own, or a bare one")
  func others() async throws {
    try await git(["worktree", "add", "-q", folder("linked"), "-b", "other"], in: folder("main"))
    expect(try await locate("linked/sub"), "main/.git/worktrees/linked", worktree: "linked", prefix: "sub")
    try await git(["clone", "-q", "--bare", folder("main"), folder("bare.git")], in: folder.path)
    expect(try await locate("bare.git"), "bare.git", worktree: nil, prefix: "")
    // A bare repository with work trees beside it, which the directory's .git points to.
    try await git(["clone", "-q", "--bare", folder("main"), folder("project/.bare")], in: folder.path)
    try folder.write("project/.git", "gitdir: ./.bare\n")
    expect(try await locate("project"), "project/.bare", worktree: nil, prefix: "")
    try await git(["worktree", "add", "-q", folder("project/wt"), "main"], in: folder("project"))
    expect(try await locate("project/wt"), "project/.bare/worktrees/wt", worktree: "project/wt", prefix: "")
  }

  @Test("is the one that the variables name, as in a hook")
  func hook() async throws {
    try await git(["init", "-q", folder("second")], in: folder.path)
    let found = try await locate(
      "second", ["GIT_DIR": folder("main/.git"), "GIT_WORK_TREE": folder("second")])
    expect(found, "main/.git", worktree: "second", prefix: "")
  }

  @Test("is not a bare one that lies in a work tree, as it may have come with the files there")
  func embedded() async throws {
    try await git(["clone", "-q", "--bare", folder("main"), folder("main/fixtures/bare")], in: folder.path)
    do {
      _ = try await locate("main/fixtures/bare")
      Issue.record("it is taken for a repository")
    } catch RepositoryLocation.Failure.noRepository(_, let message) {
      #expect(message.contains("bare repository"))
    }
  }

  @Test("is none outside of one")
  func none() async throws {
    do {
      _ = try await locate("")
      Issue.record("there is one")
    } catch RepositoryLocation.Failure.noRepository(_, let message) {
      #expect(message.hasPrefix("not a git repository"))
    }
  }
}
