// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import FoundationEssentials
import Git
import SourceTree
import TestSupport
import Testing

/// Where one repository ends and another begins, and what is said about that.
@Suite("At the boundary of repositories, the walk")
struct BoundaryTests {
  private let folder: TemporaryFolder
  private var options = WalkOptions()

  init() async throws {
    folder = try TemporaryFolder()
    options.git.systemConfig = nil
    try await git(["init", "-q", "-b", "main", folder("tree")], in: folder.path)
    try folder.write("tree/main.js")
    try await git(["add", "-A"], in: folder("tree"))
    try await git(["commit", "-qm", "x"], in: folder("tree"))
  }

  private func walk(_ path: String = "tree", _ options: WalkOptions? = nil) throws -> (
    names: [String], warnings: [WalkWarning]
  ) {
    let plan = try Walk.plan(Array(folder(path).utf8), options: options ?? self.options)
    return (try names(folder(path), options ?? self.options), plan.warnings)
  }

  private func warning(_ kind: WalkWarning.Kind, _ path: String) -> [WalkWarning] {
    [WalkWarning(kind: kind, path: Array(path.utf8))]
  }

  @Test("leaves out a linked work tree of the same repository, says so, and takes it in when told to")
  func worktree() async throws {
    try await git(["worktree", "add", "-q", folder("tree/.trees/one")], in: folder("tree"))
    let found = try walk()
    #expect(found.names == [".trees/", "main.js"])
    #expect(found.warnings == warning(.linkedWorktree, ".trees/one"))
    var explaining = options
    explaining.recordsExcluded = true
    let plan = try Walk.plan(Array(folder("tree").utf8), options: explaining)
    #expect(plan.excluded.map(\.rule.description).contains("a linked work tree of the same repository"))
    var including = options
    including.includesWorktrees = true
    let all = try walk("tree", including)
    #expect(all.names == [".trees/", ".trees/one/", ".trees/one/main.js", "main.js"] && all.warnings.isEmpty)
    // By itself it is a project like any other, and a line of .actorignore brings it back.
    #expect(try walk("tree/.trees/one").names == ["main.js"])
    try folder.write("tree/.actorignore", "!.trees/one/\n")
    #expect(try walk().names.contains(".trees/one/main.js"))
  }

  @Test(
    "begins at the work tree that the repository names, as git does",
    arguments: [
      ("core.worktree", "../../", ["inner.txt"]), ("core.worktree", "..", ["a.env", "inner.txt"]),
      ("core.worktree", "../../../none", ["a.env", "inner.txt"]),
      ("user.name", "../../", ["a.env", "inner.txt"]),
    ])
  func namedWorktree(key: String, path: String, names: [String]) async throws {
    try folder.write("outer/.gitignore", "*.env\n")
    try await git(["init", "-q", "inside"], in: folder("outer"))
    for name in ["inner.txt", "kept.txt", "a.env"] { try folder.write("outer/inside/\(name)") }
    try folder.write("outer/inside/.git/info/exclude", "kept.txt\n")
    try await git(["config", key, path], in: folder("outer/inside"))
    let found = try walk("outer/inside").names
    #expect(found == names)
    let oracle = try? await git(["ls-files", "-co", "--exclude-standard"], in: folder("outer/inside"))
    // git does not work at all where the work tree is elsewhere.
    if path == "../../../none" {
      #expect(oracle == nil)
      return
    }
    #expect(oracle.map { String(decoding: $0, as: UTF8.self) } == found.map { $0 + "\n" }.joined())
    // A tracked file is found by its path from there.
    try await git(["add", "-f", "kept.txt"], in: folder("outer/inside"))
    #expect(try walk("outer/inside").names.contains("kept.txt"))
  }

  @Test("begins at a linked work tree, whatever the main one names")
  func namedByAnother() async throws {
    try await git(["worktree", "add", "-q", folder("tree/.trees/one")], in: folder("tree"))
    try await git(["config", "core.worktree", folder("tree")], in: folder("tree"))
    try folder.write("tree/.gitignore", "*.env\n")
    for name in [".gitignore", "a.env", "a.log"] {
      try folder.write("tree/.trees/one/\(name)", "*.log\n")
    }
    let oracle = try await git(["ls-files", "-co", "--exclude-standard"], in: folder("tree/.trees/one"))
    let found = try walk("tree/.trees/one").names
    #expect(found == [".gitignore", "a.env", "main.js"])
    #expect(String(decoding: oracle, as: UTF8.self) == found.map { $0 + "\n" }.joined())
  }

  @Test(
    "passes over a .git that git takes for no repository",
    arguments: [
      "ref: foo", "ref: ", "refs/heads/main", "ref:refs/heads/x", "ref:\t\n refs/heads/x", "garbage",
      "ref: 0123456789012345678901234567890123456789", "0123456789012345678901234567890123456789",
    ])
  func otherHead(head: String) async throws {
    try folder.write("tree/.gitignore", "*.env\n")
    for name in ["HEAD", "objects/x", "refs/x"] { try folder.write("tree/sub/.git/\(name)", head + "\n") }
    try folder.write("tree/sub/a.env")
    let top = try await git(["rev-parse", "--show-toplevel"], in: folder("tree/sub"))
    let isRepository = String(decoding: top, as: UTF8.self).hasSuffix("/sub\n")
    #expect(try walk("tree/sub").names.contains("a.env") == isRepository, "\(head)")
  }

  @Test("leaves out the main work tree where it lies in a linked one")
  func inverse() async throws {
    try await git(["worktree", "add", "-q", folder("outer")], in: folder("tree"))
    try FileManager.default.moveItem(atPath: folder("tree"), toPath: folder("outer/inner"))
    try await git(["worktree", "repair", folder("outer")], in: folder("outer/inner"))
    let found = try walk("outer")
    #expect(found.names == ["main.js"] && found.warnings == warning(.linkedWorktree, "inner"))
  }

  @Test("takes in a clone that the repository does not know, and says so; not of a submodule")
  func clone() async throws {
    try await git(["clone", "-q", folder("tree"), folder("tree/copy")], in: folder.path)
    let found = try walk()
    #expect(found.names == ["copy/", "copy/main.js", "main.js"])
    #expect(found.warnings == warning(.nestedRepository, "copy"))
    try await git(
      ["-c", "protocol.file.allow=always", "submodule", "add", "-q", folder("tree"), "sub"],
      in: folder("tree"))
    #expect(try walk().warnings == found.warnings)
    try FileManager.default.removeItem(atPath: folder("tree/.git"))
    #expect(try walk().warnings.filter { $0.path == Array("copy".utf8) }.isEmpty)
  }

  @Test(
    "warns of a submodule that is not checked out, known to .gitmodules or not", arguments: [true, false])
  func submodule(_ isKnown: Bool) async throws {
    try await git(
      ["-c", "protocol.file.allow=always", "submodule", "add", "-q", folder("tree"), "vendor/sub"],
      in: folder("tree"))
    if !isKnown { try await git(["rm", "-q", "-f", "--cached", ".gitmodules"], in: folder("tree")) }
    try await git(["commit", "-qm", "y"], in: folder("tree"))
    try await git(["clone", "-q", folder("tree"), folder("clone")], in: folder.path)
    #expect(try walk("clone").warnings == warning(.missingSubmodule, "vendor/sub"))
    try folder.write("clone/.actorignore", "vendor\n")
    #expect(try walk("clone").warnings.isEmpty)
    #expect(try walk("tree").warnings.isEmpty)
  }

  @Test("refuses a .git that leads nowhere, as git does, and names where it leads")
  func brokenGitFile() async throws {
    try await git(["worktree", "add", "-q", folder("linked")], in: folder("tree"))
    try FileManager.default.moveItem(atPath: folder("tree"), toPath: folder("away"))
    func refusal(_ path: String) -> SourceTreeError? {
      do { _ = try walk(path) } catch { return error as? SourceTreeError }
      return nil
    }
    let dotGit = Array(folder("linked/.git").utf8)
    #expect(
      refusal("linked")
        == SourceTreeError(
          .brokenGitFile, path: dotGit, target: Array(folder("tree/.git/worktrees/linked").utf8)))
    try folder.folder("linked/sub")
    #expect(refusal("linked/sub")?.code == .brokenGitFile)
    try folder.write("linked/.git", "nonsense\n")
    #expect(refusal("linked") == SourceTreeError(.brokenGitFile, path: dotGit))
    try FileManager.default.removeItem(atPath: folder("linked/.git"))
    try folder.link("linked/.git", to: "../gone")
    #expect(refusal("linked") == SourceTreeError(.brokenGitFile, path: dotGit, target: Array("../gone".utf8)))
    // In a tree it is no repository to git either, and its directory is like any other.
    try folder.write("away/sub/.git", "gitdir: ../nowhere\n")
    try folder.write("away/sub/file")
    let found = try walk("away")
    #expect(found.names.contains("sub/file"))
    #expect(found.warnings == warning(.brokenGitFile(target: Array("../nowhere".utf8)), "sub"))
  }

  @Test("looks for a repository no further up than GIT_CEILING_DIRECTORIES allows")
  func ceilings() throws {
    try folder.write("tree/.gitignore", "secret\n")
    try folder.write("tree/a/b/secret")
    try folder.link("alias", to: "tree")
    func isOut(_ ceilings: String) throws -> Bool {
      var options = options
      options.git = GitEnvironment(variables: ["GIT_CEILING_DIRECTORIES": ceilings])
      options.git.systemConfig = nil
      return try walk("tree/a/b", options).names.isEmpty
    }
    #expect(try isOut(""))
    #expect(try isOut(folder("tree/a/b") + ":relative:" + folder.path))
    #expect(try !isOut(folder("tree")))
    #expect(try !isOut("/elsewhere:" + folder("tree/a") + "/"))
    #expect(try !isOut(folder("alias")))
    // Behind an empty entry links are not followed.
    #expect(try isOut(":" + folder("alias")))
  }

  @Test(
    "obeys an ignore file that the index alone holds, in a checkout that is not sparse",
    arguments: [false, true])
  func leftOutByHand(_ usesSplitIndex: Bool) async throws {
    try folder.write("tree/src/.gitignore", "*.tmp\n")
    try await git(["add", "-A"], in: folder("tree"))
    try await git(["update-index", "--skip-worktree", "src/.gitignore"], in: folder("tree"))
    if usesSplitIndex { try await git(["update-index", "--split-index"], in: folder("tree")) }
    try FileManager.default.removeItem(atPath: folder("tree/src/.gitignore"))
    for name in ["src/x.tmp", "src/x.js"] { try folder.write("tree/" + name) }
    let others = try await git(["ls-files", "-o", "--exclude-standard", "src"], in: folder("tree"))
    #expect(String(decoding: others, as: UTF8.self) == "src/x.js\n")
    let found = try await blocking { [self] in try walk().names }
    #expect(found.contains("src/x.js") && !found.contains("src/x.tmp"))
  }

  @Test("obeys the ignore files that a sparse checkout has left out, as git does", arguments: [false, true])
  func sparse(_ usesSparseIndex: Bool) async throws {
    try folder.write("tree/.gitignore", "*.log\n")
    try folder.write("tree/src/.gitignore", "*.tmp\n")
    try folder.write("tree/src/kept/main.js")
    try await git(["add", "-A"], in: folder("tree"))
    try await git(["commit", "-qm", "y"], in: folder("tree"))
    try await git(["sparse-checkout", "set", "--no-cone", "/src/kept/"], in: folder("tree"))
    if usesSparseIndex { try await git(["update-index", "--split-index"], in: folder("tree")) }
    #expect(!FileManager.default.fileExists(atPath: folder("tree/.gitignore")))
    for name in ["x.log", "src/x.tmp", "src/kept/x.tmp", "src/kept/x.js"] { try folder.write("tree/" + name) }
    let others = try await git(["ls-files", "-o", "--exclude-standard"], in: folder("tree"))
    #expect(String(decoding: others, as: UTF8.self) == "src/kept/x.js\n")
    let found = try await blocking { [self] in try walk().names }
    #expect(found == ["src/", "src/kept/", "src/kept/main.js", "src/kept/x.js"])
    let below = try await blocking { [self] in try walk("tree/src").names }
    #expect(!below.contains("kept/x.tmp") && below.contains("kept/x.js"))
  }
}
