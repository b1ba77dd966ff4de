// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import Git
import SourceTree
import TestSupport
import Testing

@Suite("The verdict on one path")
struct PathWalkTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// "in", or "out"; then each reason: "-dist .gitignore:1: dist/", "+dist .actorignore:1: !dist/".
  private func verdict(_ path: String) throws -> [String] {
    var walk = try PathWalk(Array(folder.path.utf8), options: WalkOptions())
    let isDirectory = path.hasSuffix("/")
    let verdict = try walk.verdict(
      on: Array((isDirectory ? String(path.dropLast()) : path).utf8), isDirectory: isDirectory)
    return [verdict.isIncluded ? "in" : "out"]
      + verdict.reasons.map { reason in
        let rule =
          switch reason.cause {
          case .rule(let rule): rule.description
          case .contents(let path): "holds " + String(decoding: path, as: UTF8.self)
          default: "\(reason.cause)"
          }
        return (reason.excludes ? "-" : "+") + String(decoding: reason.path, as: UTF8.self) + " " + rule
      }
  }

  @Test("names the line that leaves out a directory and the one that brings it back")
  func both() throws {
    try folder.write(".gitignore", "dist/\n*.log\n!keep.log\n")
    try folder.write(".actorignore", "!dist/\nsecret*\n!secret.md\n")
    for name in ["dist/app.js", "dist/a/b.log", "keep.log", "secret.md", "secret.key", "src/a.log"] {
      try folder.write(name)
    }
    let dist = ["-dist .gitignore:1: dist/", "+dist .actorignore:1: !dist/"]
    #expect(try verdict("dist") == ["in"] + dist)
    #expect(try verdict("dist/app.js") == ["in"] + dist)
    #expect(try verdict("dist/a/b.log") == ["in"] + dist)
    #expect(try verdict("dist/a/nope.log") == ["in"] + dist)
    #expect(
      try verdict("keep.log") == ["in", "-keep.log .gitignore:2: *.log", "+keep.log .gitignore:3: !keep.log"])
    #expect(
      try verdict("secret.md")
        == ["in", "-secret.md .actorignore:2: secret*", "+secret.md .actorignore:3: !secret.md"])
    #expect(try verdict("secret.key") == ["out", "-secret.key .actorignore:2: secret*"])
    #expect(try verdict("dist/secret.key") == ["out", dist[0], "-dist/secret.key .actorignore:2: secret*"])
    #expect(try verdict("src/a.log") == ["out", "-src/a.log .gitignore:2: *.log"])
    #expect(try verdict("src") == ["in"])
    #expect(try verdict("") == ["in"])
  }

  @Test("is in for what it holds, where a line brings back something in an excluded directory")
  func contents() throws {
    try folder.write(".gitignore", "build/\n")
    try folder.write(".actorignore", "!build/keep/*.js\n")
    try folder.write("build/keep/a.js")
    try folder.write("build/other/b.js")
    let out = "-build .gitignore:1: build/"
    #expect(try verdict("build") == ["in", out, "+build holds build/keep/a.js"])
    #expect(
      try verdict("build/keep/a.js") == ["in", out, "+build/keep/a.js .actorignore:1: !build/keep/*.js"])
    #expect(try verdict("build/other/b.js") == ["out", out])
    #expect(try verdict("build/keep/nope.txt") == ["out", out])
    #expect(try verdict("build/keep/nope.js").first == "in")
  }

  @Test("says of what does not exist what it would be, as a file or as a directory")
  func absent() throws {
    try folder.write(".gitignore", "out/\n")
    try folder.write("src/main.js")
    #expect(try verdict("out") == ["in"])
    #expect(try verdict("out/") == ["out", "-out .gitignore:1: out/"])
    #expect(try verdict("out/x/y") == ["out", "-out .gitignore:1: out/"])
    #expect(try verdict("src/main.js/out/x") == ["out", "-src/main.js/out .gitignore:1: out/"])
    var walk = try PathWalk(Array(folder.path.utf8), options: WalkOptions())
    for (path, kind, nearest) in [
      ("src/lib/deep/x.js", PathVerdict.Kind.absent, "src"), ("nope", .absent, ""),
      ("src/main.js/x", .absent, "src/main.js"), ("src/main.js", .file, nil), ("src", .directory, nil),
    ] {
      let verdict = try walk.verdict(on: Array(path.utf8), isDirectory: false)
      #expect(verdict.kind == kind && verdict.nearest == nearest.map { Array($0.utf8) }, "\(path)")
    }
  }

  @Test("knows the fixed names, .actor, and what a line takes back of them")
  func fixedNames() throws {
    try folder.write(".gitignore", "*.log\n.*\n")
    for name in [
      "node_modules/a/x.js", "node_modules/a/x.log", "storage/b", ".actor/actor.json", ".actor/a.key",
    ] {
      try folder.write(name)
    }
    let byName = "by its name, unless .actorignore brings it back"
    #expect(try verdict("node_modules/a/x.js") == ["out", "-node_modules \(byName)"])
    #expect(try verdict(".git/config") == ["out", "-.git always"])
    #expect(try verdict(".actor/actor.json") == ["in", "+.actor always"])
    #expect(
      try verdict(".actor/provenance.json") == ["out", "+.actor always", "-.actor/provenance.json always"])
    try folder.write(".actorignore", "!node_modules/\n/.actor/*.key\n")
    let back = ["-node_modules \(byName)", "+node_modules .actorignore:1: !node_modules/"]
    #expect(try verdict("node_modules/a/x.js") == ["in"] + back)
    #expect(
      try verdict("node_modules/a/x.log") == ["out"] + back + ["-node_modules/a/x.log .gitignore:1: *.log"])
    #expect(try verdict("storage/b") == ["out", "-storage \(byName)"])
    #expect(
      try verdict(".actor/a.key") == ["out", "+.actor always", "-.actor/a.key .actorignore:2: /.actor/*.key"])
  }

  @Test("says of a tracked file which line would have left it out, also where a checkout is sparse")
  func tracked() async throws {
    try folder.write(".gitignore", "build/\n*.log\n")
    for name in ["build/kept.js", "build/new.js", "a.log", "far/.gitignore"] { try folder.write(name) }
    try folder.write("far/.gitignore", "*.tmp\n")
    try await git(["init", "-q"], in: folder.path)
    try await git(["add", "-f", "build/kept.js", "a.log", "far/.gitignore"], in: folder.path)
    let out = "-build .gitignore:1: build/"
    #expect(
      try verdict("build/kept.js")
        == ["in", out, "+build/kept.js tracked by git, although .gitignore:1: build/"])
    #expect(try verdict("build/new.js") == ["out", out])
    #expect(try verdict("build") == ["in", out, "+build holds build/kept.js"])
    #expect(
      try verdict("a.log")
        == ["in", "-a.log .gitignore:2: *.log", "+a.log tracked by git, although .gitignore:2: *.log"])
    #expect(try verdict("b.log") == ["out", "-b.log .gitignore:2: *.log"])

    try await git(
      ["-c", "user.name=t", "-c", "user.email=t@example.com", "commit", "-qm", "x"], in: folder.path)
    try await git(["sparse-checkout", "set", "--no-cone", "/build"], in: folder.path)
    #expect(try verdict("far/x.tmp") == ["out", "-far/x.tmp far/.gitignore:1: *.tmp"])
  }

  @Test("follows links in the project, and refuses those that the package cannot have")
  func links() throws {
    try folder.write(".gitignore", "real/*.log\n*.tmp\n")
    try folder.write("real/a.log")
    try folder.write("real/a.js")
    try folder.link("link", to: "real")
    try folder.link("file", to: "real/a.js")
    try folder.link("gone", to: "nowhere")
    try folder.link("gone.tmp", to: "nowhere")
    #expect(try verdict("real/a.log") == ["out", "-real/a.log .gitignore:1: real/*.log"])
    #expect(try verdict("link/a.log") == ["in"])
    #expect(try verdict("link/b.tmp") == ["out", "-link/b.tmp .gitignore:2: *.tmp"])
    #expect(try verdict("file") == ["in"])
    #expect(try verdict("gone.tmp") == ["out", "-gone.tmp .gitignore:2: *.tmp"])
    #expect { try verdict("gone") } throws: { ($0 as? SourceTreeError)?.code == .linkBroken }
  }

  @Test("leaves a nested repository to its own rules, and a work tree of the same one out")
  func nested() async throws {
    try await git(["init", "-q"], in: folder.path)
    try folder.write(".gitignore", "*.log\n")
    try folder.write("sub/.gitignore", "*.js\n")
    try await git(["init", "-q"], in: folder("sub"))
    #expect(try verdict("sub/a.log") == ["in"])
    #expect(try verdict("sub/a.js") == ["out", "-sub/a.js sub/.gitignore:1: *.js"])
    try await git(
      ["-c", "user.name=t", "-c", "user.email=t@example.com", "commit", "-q", "--allow-empty", "-m", "x"],
      in: folder.path)
    try await git(["worktree", "add", "-q", "tree"], in: folder.path)
    #expect(try verdict("tree/x") == ["out", "-tree a linked work tree of the same repository"])
  }

  @Test("opens no directory but those on the way")
  func reads() throws {
    try folder.write("a/b/c.js")
    // A walk of the whole tree would stop at this.
    try folder.folder("other")
    try folder.link("other/gone", to: "nowhere")
    #expect(try verdict("a/b/c.js") == ["in"])
    #expect(throws: SourceTreeError.self) { try names(folder.path) }
  }

  @Test("keeps apart neighbours and deep paths that share directories")
  func order() throws {
    let deep = (0..<90).map { "d\($0)" }.joined(separator: "/")
    try folder.write(".gitignore", "*.log\n")
    try folder.write(deep + "/.gitignore", "*.js\n")
    try folder.write("d0/d1/.gitignore", "!a.log\n")
    var walk = try PathWalk(Array(folder.path.utf8), options: WalkOptions())
    for _ in 0..<2 {
      for (path, isIn) in [
        (deep + "/a.js", false), (deep + "/a.log", true), ("d0/a.log", false), ("d0/d1/x/a.log", true),
        (deep + "/b.js", false), ("a.js", true), ("d0/d1/a.js", true),
      ] {
        #expect(try walk.verdict(on: Array(path.utf8), isDirectory: false).isIncluded == isIn, "\(path)")
      }
    }
  }
}
