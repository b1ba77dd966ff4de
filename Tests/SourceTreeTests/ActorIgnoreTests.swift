// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import FoundationEssentials
import SourceTree
import TestSupport
import Testing

@Suite(".actorignore and the fixed names")
struct ActorIgnoreTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try folder.write(".gitignore", "dist/\n*.log\n")
    for name in [
      "dist/bundle.js", "dist/maps/bundle.map", "dist/x.log", "src/main.js", "src/test/t.js", "top.log",
    ] {
      try folder.write(name)
    }
  }

  private func listed(_ rules: String) throws -> [String] {
    try folder.write(".actorignore", rules)
    return try names(folder.path).filter { !$0.hasPrefix(".") }
  }

  @Test("a plain pattern leaves out what git would keep")
  func leavesOut() throws {
    #expect(try listed("test/\n") == ["src/", "src/main.js"])
    #expect(try listed("/src/*.js\n") == ["src/", "src/test/", "src/test/t.js"])
  }

  @Test("a ! pattern brings back an ignored folder with all that is in it")
  func bringsBackFolder() throws {
    #expect(
      try listed("!dist/\nsrc\n") == [
        "dist/", "dist/bundle.js", "dist/maps/", "dist/maps/bundle.map", "dist/x.log",
      ])
  }

  @Test("a ! pattern brings back one file out of an ignored folder, and only that")
  func bringsBackFile() throws {
    #expect(try listed("!dist/bundle.js\nsrc\n") == ["dist/", "dist/bundle.js"])
    #expect(try listed("!dist/**/*.map\nsrc\n") == ["dist/", "dist/maps/", "dist/maps/bundle.map"])
    #expect(try listed("!*.map\nsrc\n") == ["dist/", "dist/maps/", "dist/maps/bundle.map"])
  }

  @Test("the last pattern that matches the path or a folder above it decides")
  func lastDecides() throws {
    #expect(try listed("!dist/\ndist/maps\n*.log\nsrc\n") == ["dist/", "dist/bundle.js"])
    #expect(try listed("!dist/maps/bundle.map\ndist/\nsrc\n") == [])
    #expect(try listed("src/\n!src/main.js\n") == ["src/", "src/main.js"])
  }

  @Test("a folder that is looked into and gives nothing is out as a whole, by its rule")
  func emptyHanded() throws {
    try folder.write(".actorignore", "!dist/nothing.js\n")
    let plan = try Walk.plan(Array(folder.path.utf8), options: WalkOptions(recordsExcluded: true))
    #expect(plan.excluded.map { String(decoding: $0.path, as: UTF8.self) } == ["dist", "top.log"])
    #expect(plan.excluded.map(\.rule.description) == [".gitignore:1: dist/", ".gitignore:2: *.log"])
  }

  @Test("what is never packaged stays out, and a ! that names it is warned about")
  func never() throws {
    for name in [
      "node_modules/a", "storage/b", "apify_storage/c", "crawlee_storage/d", "sub/node_modules/e", "sub/.git",
    ] {
      try folder.write(name)
    }
    try folder.write(".actorignore", "!.git/\n!node_modules\nsrc\n")
    let plan = try Walk.plan(Array(folder.path.utf8), options: WalkOptions())
    #expect(
      try listed("!.git/\nsrc\n") == ["sub/", "sub/node_modules/", "sub/node_modules/e"])
    #expect(
      try listed("!.git/\n!node_modules\nsrc\n") == [
        "node_modules/", "node_modules/a", "sub/", "sub/node_modules/", "sub/node_modules/e",
      ])
    #expect(plan.warnings.map { String(decoding: $0.path, as: UTF8.self) } == [".git", "sub"])
  }

  @Test(".actor is always in")
  func always() throws {
    try folder.write(".actor/.gitignore", "*\n")
    try folder.write(".actor/actor.json")
    try folder.write(".actor/schemas/in.log")
    try folder.write(".actorignore", ".actor\n*\n")
    #expect(
      try names(folder.path) == [
        ".actor/", ".actor/.gitignore", ".actor/actor.json", ".actor/schemas/", ".actor/schemas/in.log",
      ])
  }

  /// A line of an ignore file, and which of `a.key`, `b.md`, `c/d.key` and `actor.json` in .actor it leaves
  /// out.
  struct Named: CustomTestStringConvertible {
    let line: String
    var isActorIgnore = false
    let out: String
    var testDescription: String { (isActorIgnore ? ".actorignore: " : ".gitignore: ") + line }
  }

  static let naming: [Named] = [
    Named(line: "*.key", out: "a.key c/d.key"),
    Named(line: "*.key", isActorIgnore: true, out: "a.key c/d.key"),
    Named(line: ".actor/b.md", out: "b.md"), Named(line: "/.actor/*.md", out: "b.md"),
    Named(line: "c/", out: "c c/d.key"), Named(line: ".actor/c", out: "c c/d.key"),
    Named(line: "**/d.key", isActorIgnore: true, out: "c/d.key"), Named(line: "*", out: ""),
    Named(line: "*", isActorIgnore: true, out: ""), Named(line: ".*", out: ""),
    Named(line: ".actor/", out: ""),
    Named(line: ".actor/*", out: ""), Named(line: ".actor/**", isActorIgnore: true, out: ""),
    Named(line: "actor.json", out: ""), Named(line: ".actor/actor.json", isActorIgnore: true, out: ""),
    Named(line: "*.key\n!a.key", out: "c/d.key"), Named(line: "!*.key", isActorIgnore: true, out: ""),
  ]

  @Test("what a line names is left out of .actor, unless git tracks it", arguments: naming)
  func leavesOut(_ row: Named) async throws {
    for file in ["a.key", "b.md", "c/d.key", "actor.json"] { try folder.write(".actor/\(file)", "x") }
    try folder.write(row.isActorIgnore ? ".actorignore" : ".gitignore", row.line + "\n")
    let out = row.out.split(separator: " ").map { ".actor/\($0)" }
    let all = [".actor/", ".actor/a.key", ".actor/actor.json", ".actor/b.md", ".actor/c/", ".actor/c/d.key"]
    func inside() throws -> [String] { try names(folder.path).filter { $0.hasPrefix(".actor/") } }
    let expected = all.filter { !out.contains($0.hasSuffix("/") ? String($0.dropLast()) : $0) }
    #expect(try inside() == expected)
    // The same line in .actor itself.
    if !row.isActorIgnore, !row.line.contains("/") {
      try FileManager.default.removeItem(atPath: folder(".gitignore"))
      try folder.write(".actor/.gitignore", row.line + "\n")
      #expect(try inside().filter { $0 != ".actor/.gitignore" } == expected)
      return
    }
    try await git(["init", "-q"], in: folder.path)
    try await git(["add", "-f", ".actor"], in: folder.path)
    #expect(try inside() == (row.isActorIgnore ? expected : all))
  }
}
