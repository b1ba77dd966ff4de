// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import Git
import SourceTree
import SystemIO
import TestSupport
import Testing

/// What an Actor's own directory holds as a package, by its .actorignore and by the names that are left out
/// at its top, it holds in a package of a directory above, too: a walk of it alone is the oracle.
@Suite("An Actor's directory in a shared context", .timeLimit(.minutes(2)))
struct ActorDirectoryTests {
  private static let actor = "actors/shop"

  private static var alone: WalkOptions {
    var options = WalkOptions()
    options.git.systemConfig = nil
    return options
  }

  private static var shared: WalkOptions {
    var options = alone
    options.scope = PackageScope(actor: Array("\(actor)/.actor".utf8)) { _ in .all }
    return options
  }

  /// A random repository with an Actor in it.
  private static func repository(_ random: inout SeededGenerator) async throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    let names = ["a", "b", "data", "dist", "x.log", "keep.log", "storage", "node_modules"]
    var lines = [
      "/data/", "data", "!/dist/", "*.log", "!keep.log", "!storage/", "!/storage/a", "!node_modules", "a/b",
      "!a/b",
      "/*", "!/a", "**/dist", "a/**", "!a/data/", "# none", "!.actor/x.log", "*.key",
    ]
    for _ in 0..<30 {
      let depth = Int.random(in: 1...3, using: &random)
      let path = (0..<depth).map { _ in names.randomElement(using: &random) ?? "a" }.joined(separator: "/")
      let place = Int.random(in: 0..<4, using: &random) == 0 ? "" : actor + "/"
      try? folder.write(place + path, "1")
    }
    try folder.write("\(actor)/.actor/actor.json", "{}")
    try folder.write("\(actor)/.actor/x.log", "1")
    try folder.write("\(actor)/.actor/x.key", "1")
    func write(_ place: String, _ count: Int) throws {
      let chosen = (0..<count).map { _ in lines.randomElement(using: &random) ?? "data" }
      try folder.write(place, chosen.joined(separator: "\n") + "\n")
    }
    try write("\(actor)/.actorignore", 4)
    // Where git ignores the directory itself, a package of it alone passes over that.
    lines.removeAll { $0 == "/*" }
    if Bool.random(using: &random) { try write(".gitignore", 2) }
    if Bool.random(using: &random) { try write("\(actor)/.gitignore", 2) }
    try await git(["init", "-q"], in: folder.path)
    return folder
  }

  private static func names(_ plan: Plan, below base: String = "") -> [String] {
    plan.entries.indices.compactMap { index in
      let path = String(decoding: plan.path(of: index), as: UTF8.self)
      guard path.hasPrefix(base) else { return nil }
      return path.dropFirst(base.count) + (plan.entries[index].isDirectory ? "/" : "")
    }
  }

  @Test("holds what it holds alone, and explain says so", arguments: 1...80)
  func same(_ seed: Int) async throws {
    var random = SeededGenerator(seed)
    let folder = try await Self.repository(&random)
    let (expected, found) = try await Threads.run { () throws -> ([String], [String]) in
      let alone = try Walk.plan(Array(folder(Self.actor).utf8), options: Self.alone)
      let shared = try Walk.plan(Array(folder.path.utf8), options: Self.shared)
      return (Self.names(alone), Self.names(shared, below: Self.actor + "/"))
    }
    #expect(found == expected, "seed \(seed)")
    let files = Set(found.filter { !$0.hasSuffix("/") })
    let all = try await shell("find", [Self.actor, "-type", "f"], in: folder.path).text.split(separator: "\n")
    try await Threads.run {
      var walk = try PathWalk(Array(folder.path.utf8), options: Self.shared)
      for path in all {
        let verdict = try walk.verdict(on: Array(path.utf8), isDirectory: false)
        #expect(
          verdict.isIncluded == files.contains(String(path.dropFirst(Self.actor.count + 1))),
          "seed \(seed), \(path)")
      }
    }
  }

  private static func plan(ofCommitIn directory: String, _ options: WalkOptions) throws -> Plan {
    try CommitSource(
      "HEAD", directory: Array(directory.utf8), followsExternalLinks: false,
      variables: ["PATH": "/usr/local/bin:/usr/bin:/bin"],
      spoolDirectories: [Array("/tmp".utf8)]
    ).plan(options)
  }

  @Test("holds in a commit what it holds alone", arguments: 1...30)
  func sameCommit(_ seed: Int) async throws {
    var random = SeededGenerator(seed)
    let folder = try await Self.repository(&random)
    try await git(["add", "-A", "-f"], in: folder.path)
    try await git(["commit", "-q", "-m", "x"], in: folder.path)
    let (expected, found) = try await Threads.run { () throws -> ([String], [String]) in
      (
        Self.names(try Self.plan(ofCommitIn: folder(Self.actor), Self.alone)),
        Self.names(try Self.plan(ofCommitIn: folder.path, Self.shared), below: Self.actor + "/")
      )
    }
    #expect(found == expected, "seed \(seed)")
  }

  @Test("names its own file as what leaves something out, and as what brings it back")
  func rules() throws {
    let folder = try TemporaryFolder()
    for name in ["data/x", "dist/x", "storage/x", "src/x", ".actor/actor.json"] {
      try folder.write("\(Self.actor)/\(name)", "1")
    }
    try folder.write("storage/x", "1")
    try folder.write("data/x", "1")
    try folder.write(".gitignore", "dist/\n")
    try folder.write("\(Self.actor)/node_modules/x", "1")
    try folder.write(".actorignore", "src/\n!\(Self.actor)/data/\n!/\(Self.actor)/node_modules/\n")
    try folder.write("\(Self.actor)/.actorignore", "/data/\n!/dist/\n!src/\n")
    try folder.write(".git/HEAD", "ref: refs/heads/main\n")
    try folder.write(".git/config", "[core]\n\tbare = false\n")
    try folder.folder(".git/objects")
    try folder.folder(".git/refs")
    var options = Self.shared
    options.recordsExcluded = true
    let plan = try Walk.plan(Array(folder.path.utf8), options: options)
    let rules = Dictionary(
      plan.excluded.map { (String(decoding: $0.path, as: UTF8.self), $0.rule.description) }
    ) { $1 }
    #expect(
      rules == [
        "\(Self.actor)/data": "\(Self.actor)/.actorignore:1: /data/",
        "\(Self.actor)/storage": "by its name, unless .actorignore brings it back",
        "storage": "by its name, unless .actorignore brings it back",
        ".git": "always",
      ], "\(rules)")
    let kept = Self.names(plan, below: Self.actor + "/")
    #expect(kept.contains("dist/x") && kept.contains("src/x") && kept.contains("node_modules/x"), "\(kept)")
  }
}
