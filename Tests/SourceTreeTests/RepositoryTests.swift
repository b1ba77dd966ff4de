// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import FoundationEssentials
import Git
import SourceTree
import SystemIO
import TestSupport
import Testing

/// Everything around a work tree that bears on what is in: who else may say so, and what git knows.
@Suite("In a repository, the walk")
struct RepositoryTests {
  private let folder: TemporaryFolder
  private var options = WalkOptions()

  init() async throws {
    folder = try TemporaryFolder()
    options.git.systemConfig = nil
    try await git(["init", "-q"], in: folder.path)
  }

  /// The names in the package, where git is asked: no thread of the cooperative pool may wait for it.
  private func namesByGit(_ options: WalkOptions) async throws -> [String] {
    let path = folder.path
    return try await Threads.run { Result { try names(path, options) } }.get()
  }

  private func listed(_ path: String = "") throws -> [String] {
    try names(folder(path), options).filter { !$0.hasSuffix("/") && !$0.hasSuffix(".gitignore") }
  }

  @Test(
    "keeps what git tracks, also in an ignored folder, by every version of the index",
    arguments: ["2", "3", "4"])
  func tracked(_ version: String) async throws {
    try folder.write(".gitignore", "out/\n*.log\n")
    try folder.write("out/kept.js")
    try folder.write("out/left.js")
    try folder.write("kept.log")
    try folder.write("left.log")
    try folder.write("later")
    try await git(["add", "-f", "out/kept.js", "kept.log"], in: folder.path)
    if version == "3" { try await git(["add", "-N", "later"], in: folder.path) }
    try await git(["update-index", "--index-version", version], in: folder.path)
    #expect(try listed() == ["kept.log", "later", "out/kept.js"])
  }

  @Test("asks git where the index is split")
  func splitIndex() async throws {
    try folder.write(".gitignore", "*.log\n")
    try folder.write("kept.log")
    try folder.write("left.log")
    try await git(["add", "-f", "kept.log"], in: folder.path)
    try await git(["update-index", "--split-index"], in: folder.path)
    #expect(try await namesByGit(options) == [".gitignore", "kept.log"])
  }

  @Test("asks git about a nested repository, whatever git has set for a hook of another one")
  func splitIndexInHook() async throws {
    try await git(["init", "-q", "nested"], in: folder.path)
    try folder.write("nested/.gitignore", "*.log\n")
    try folder.write("nested/kept.log")
    try folder.write("nested/left.log")
    try await git(["add", "-f", "kept.log"], in: folder("nested"))
    try await git(["update-index", "--split-index"], in: folder("nested"))
    var inHook = options
    inHook.git = GitEnvironment(variables: [
      "PATH": "/usr/local/bin:/usr/bin:/bin", "GIT_CONFIG_NOSYSTEM": "1", "GIT_DIR": folder(".git"),
      "GIT_INDEX_FILE": folder(".git/index"),
    ])
    #expect(try await namesByGit(inHook) == ["nested/", "nested/.gitignore", "nested/kept.log"])
  }

  @Test("reads an index with SHA-256 names")
  func sha256() async throws {
    let other = try TemporaryFolder()
    try await git(["init", "-q", "--object-format=sha256"], in: other.path)
    try other.write(".gitignore", "*.log\n")
    try other.write("kept.log")
    try other.write("left.log")
    try await git(["add", "-f", "kept.log"], in: other.path)
    #expect(try names(other.path, options) == [".gitignore", "kept.log"])
  }

  @Test("obeys the parents' ignore files when a folder below is pushed, and info/exclude from the top")
  func parents() throws {
    try folder.write(".gitignore", "*.log\n/actors/mine/anchored\n")
    try folder.write("actors/.gitignore", "!keep.log\nmine/deep/x\n")
    try folder.write(".git/info/exclude", "/actors/mine/excluded\n/excluded\n")
    for name in ["a.log", "keep.log", "anchored", "deep/x", "deep/anchored", "excluded", "sub/excluded"] {
      try folder.write("actors/mine/" + name)
    }
    #expect(try listed("actors/mine") == ["deep/anchored", "keep.log", "sub/excluded"])
  }

  @Test("is not stopped by a rule that leaves out the pushed folder itself, but says so")
  func ignoredRoot() throws {
    try folder.write(".gitignore", "actors/\n")
    try folder.write("actors/mine/main.js")
    let plan = try Walk.plan(Array(folder("actors/mine").utf8), options: options)
    #expect(plan.entries.count == 1)
    #expect(plan.warnings.map(\.kind) == [.rootIgnored(rule: "../../.gitignore:1: actors/")])
  }

  @Test("reads core.excludesFile from the configuration and its includes, or from its default place")
  func globalFile() throws {
    let home = try TemporaryFolder()
    try home.write(".config/git/ignore", "a\n")
    try home.write("mine", "b\n")
    try home.write("included", "[core]\n\texcludesFile = \"~/mi\\\nne\" # here\n")
    for name in ["a", "b", "c"] { try folder.write(name) }
    var with = options
    with.git.home = Array(home.path.utf8)
    #expect(try names(folder.path, with) == ["b", "c"])
    try home.write(".gitconfig", "[include]\n\tpath = included\n")
    #expect(try names(folder.path, with) == ["a", "c"])
    try home.write(".gitconfig", "[includeIf \"gitdir:\(folder.path)/\"]\n\tpath = included\n")
    #expect(try names(folder.path, with) == ["a", "c"])
    try home.write(".gitconfig", "[includeIf \"gitdir:/elsewhere/\"]\n\tpath = included\n")
    #expect(try names(folder.path, with) == ["b", "c"])
    with.git.overrides = [("core.excludesfile", [])]
    #expect(try names(folder.path, with) == ["a", "b", "c"])
  }

  @Test("takes the rules of a linked work tree from where git keeps them")
  func worktree() async throws {
    try folder.write("main.js")
    try folder.write(".git/info/exclude", "*.log\n")
    try await git(["add", "."], in: folder.path)
    try await git(["commit", "-qm", "first"], in: folder.path)
    let linked = try TemporaryFolder()
    try await git(["worktree", "add", "-q", linked("tree")], in: folder.path)
    try folder.write("x.log")
    try linked.write("tree/x.log")
    try linked.write("tree/new.js")
    #expect(try names(linked("tree"), options) == ["main.js", "new.js"])
  }

  @Test("walks a submodule and a nested repository by their own rules")
  func nested() async throws {
    let library = try TemporaryFolder()
    try await git(["init", "-q"], in: library.path)
    try library.write("lib.js")
    try await git(["add", "."], in: library.path)
    try await git(["commit", "-qm", "first"], in: library.path)
    try await git(
      ["-c", "protocol.file.allow=always", "submodule", "add", "-q", library.path, "vendor/sub"],
      in: folder.path)
    try await git(["init", "-q", "nested"], in: folder.path)
    try folder.write(".gitignore", "*.o\nsecret\n")
    try folder.write("nested/.gitignore", "*.log\n")
    for name in ["x.o", "x.log", "secret"] {
      try folder.write("nested/" + name)
      try folder.write("vendor/sub/" + name)
      try folder.write(name)
    }
    #expect(
      try listed() == [
        ".gitmodules", "nested/secret", "nested/x.o", "vendor/sub/lib.js", "vendor/sub/secret",
        "vendor/sub/x.log",
        "vendor/sub/x.o", "x.log",
      ])
  }

  @Test("does not take a folder for a repository that only looks like one")
  func bogus() throws {
    try folder.write(".gitignore", "*.o\n")
    try folder.write("fake/.git/config")
    try folder.write("fake/x.o")
    try folder.write("fake/y")
    #expect(try listed() == ["fake/y"])
  }

  @Test("does not read an ignore file that is a symbolic link, as git")
  func linkedIgnoreFile() throws {
    try folder.write("rules", "a\n")
    try folder.write("sub/a")
    try folder.write("sub/rules", "a\n")
    try folder.link("sub/.gitignore", to: "rules")
    #expect(try listed() == ["rules", "sub/a", "sub/rules"])
  }
}
