// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

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
}
