// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import FoundationEssentials
import SourceTree
import SystemIO
import TestSupport
import Testing

@Suite("A package that is limited to a part of its directory")
struct ScopeTests {
  private static let wanted = ["actors/shop/.actor", "actors/shop/src", "shared/util.js", "empty"]

  private static var options: WalkOptions {
    var options = WalkOptions()
    options.scope = PackageScope(actor: Array("actors/shop/.actor".utf8)) { path in
      let paths = wanted.map { Array($0.utf8) }
      if paths.contains(where: { Paths.isInside(path, $0) }) { return .all }
      return paths.contains { Paths.isInside($0, path) } ? .below : .none
    }
    return options
  }

  private static func repository() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    for name in [
      ".actor/actor.json", "actors/shop/.actor/actor.json", "actors/shop/.actor/provenance.json",
      "actors/shop/.actor/note.key", "actors/shop/src/main.js", "actors/shop/src/out/x",
      "actors/cart/main.js",
      "shared/util.js", "shared/other.js", "top.txt",
    ] {
      try folder.write(name, name)
    }
    try folder.folder("empty")
    try folder.write(".gitignore", "out/\n.*\n*.key\n")
    // Nothing of what is not wanted is an error.
    try folder.link("shared/broken", to: "nowhere")
    return folder
  }

  @Test("has what is wanted, the directories above it, and the project's own .actor as one at the top is")
  func limited() throws {
    let folder = try Self.repository()
    #expect(
      try names(folder.path, Self.options) == [
        "actors/", "actors/shop/", "actors/shop/.actor/", "actors/shop/.actor/actor.json", "actors/shop/src/",
        "actors/shop/src/main.js", "empty/", "shared/", "shared/util.js",
      ])
    var options = Self.options
    options.recordsExcluded = true
    let plan = try Walk.plan(Array(folder.path.utf8), options: options)
    let rules = Dictionary(
      uniqueKeysWithValues: plan.excluded.map { out in
        (String(decoding: out.path, as: UTF8.self), out.rule.description)
      })
    #expect(rules["actors/cart"] == "no COPY or ADD of the Dockerfile reaches it")
    #expect(rules["shared/broken"] == rules["actors/cart"] && rules["top.txt"] == rules["actors/cart"])
    #expect(rules[".actor"] == "the .actor of the Actor that is pushed takes its place")
    #expect(rules["actors/shop/src/out"] == ".gitignore:1: out/")
    #expect(rules["actors/shop/.actor/note.key"] == ".gitignore:3: *.key")
    #expect(rules["actors/shop/.actor/provenance.json"] == "always")
  }

  @Test("moves the .actor to the top in name alone, and sends other contents of a file")
  func moved() throws {
    let folder = try Self.repository()
    let whole = try Walk.plan(Array(folder.path.utf8), options: Self.options)
    let plan = whole.movingToTop(
      Array("actors/shop/.actor".utf8), replacing: [Array("shared/util.js".utf8): Array("other".utf8)])
    let paths = plan.entries.indices.map { String(decoding: plan.path(of: $0), as: UTF8.self) }
    #expect(
      paths == [
        ".actor", ".actor/actor.json", "actors", "actors/shop", "actors/shop/src", "actors/shop/src/main.js",
        "empty", "shared", "shared/util.js",
      ])
    var reader = try PlanReader(plan)
    var contents: [String: String] = [:]
    for (index, path) in paths.enumerated() where !plan.entries[index].isDirectory {
      contents[path] = String(decoding: try reader.open(index).contents(), as: UTF8.self)
      let file = try reader.open(index)
      var buffer = ReadBuffer(capacity: 64)
      try file.readAll(into: &buffer)
      #expect(buffer.count == contents[path]?.utf8.count)
      try file.checkUnchanged(afterReading: buffer.count)
      try file.read(into: &buffer, at: 2, limit: 2)
      #expect(buffer.count == 2)
    }
    #expect(contents[".actor/actor.json"] == "actors/shop/.actor/actor.json")
    #expect(contents["shared/util.js"] == "other")
    #expect(plan.packagePath(of: Array("actors/shop/.actor/x".utf8)) == Array(".actor/x".utf8))
    #expect(plan.sourcePath(of: Array(".actor/x".utf8)) == Array("actors/shop/.actor/x".utf8))
    #expect(plan.sourcePath(of: Array(".actors".utf8)) == Array(".actors".utf8))
  }

  @Test("a survey passes over links, names that are not UTF-8 and .actorignore")
  func survey() throws {
    let folder = try TemporaryFolder()
    try folder.write("a/.actor/actor.json")
    try folder.write(".actorignore", "*\n")
    try folder.link("b", to: "a")
    try folder.link("c", to: "nowhere")
    _ = try OutputFile.write([], to: Array(folder("x\u{FF}").utf8) + [0xFF])
    var options = WalkOptions()
    options.isSurvey = true
    options.opensFiles = false
    let plan = try Walk.plan(Array(folder.path.utf8), options: options)
    let paths = plan.entries.indices.map { plan.path(of: $0) }
    #expect(paths.contains(Array("a/.actor/actor.json".utf8)))
    #expect(!paths.contains(Array("b".utf8)) && plan.warnings.isEmpty)
  }
}
