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
