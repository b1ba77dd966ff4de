// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import Glibc
import SourceTree
import SystemIO
import TestSupport
import Testing

@testable import Deploy

@Suite("Directories that several Actors share", .timeLimit(.minutes(2)))
struct SharedTreesTests {
  private static let actors = ["actors/one", "actors/two", "actors/two/nested"]

  /// A random repository with Actors that copy what they like of it.
  private static func repository(_ random: inout SeededGenerator) async throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    let names = [
      "a", "b", "src", "src-old", "src.txt", "build", "x.log", "keep.log", ".hidden", "node_modules",
    ]
    let lines = [
      "*.log", "!keep.log", "build/", "/a", "src/*", "!src/b", "**/b/", ".actor/secret*", "actors/two/src",
      "x.log", "!x.log", "/.actor",
    ]
    func path() -> String {
      let depth = Int.random(in: 1...3, using: &random)
      return (0..<depth).map { _ in names.randomElement(using: &random) ?? "a" }.joined(separator: "/")
    }
    func write(_ path: String, _ text: String) { try? folder.write(path, text) }
    for actor in actors {
      write(
        "\(actor)/.actor/actor.json",
        #"{"actorSpecification": 1, "name": "shop", "version": "0.1", "dockerContextDir": "\#(actor == "actors/two/nested" ? "../../../.." : "../../..")"}"#
      )
      write("\(actor)/.actor/secret.json", "{}")
      write("\(actor)/.actor/x.log", "1")
      var dockerfile = "FROM scratch\n"
      for _ in 0..<Int.random(in: 1...3, using: &random) {
        let source = Bool.random(using: &random) ? path() : actors.randomElement(using: &random) ?? "."
        dockerfile +=
          "COPY \([source, source, source + "/*", "*.txt", "."].randomElement(using: &random) ?? ".") ./\n"
      }
      write("\(actor)/.actor/Dockerfile", dockerfile)
      for _ in 0..<3 { write("\(actor)/\(path())", "1") }
    }
    for _ in 0..<25 { write(path(), "1") }
    write(".actor/actor.json", #"{"name": "top", "version": "0.1"}"#)
    for place in [".gitignore", "src/.gitignore", "actors/.gitignore", "actors/two/.gitignore"]
    where Bool.random(using: &random) {
      let chosen = (0..<3).map { _ in lines.randomElement(using: &random) ?? "*.log" }
      write(place, chosen.joined(separator: "\n") + "\n")
    }
    if Int.random(in: 0..<4, using: &random) == 0 { write(".actorignore", "!build/\nsrc-old\n") }
    try await git(["init", "-q"], in: folder.path)
    // What git tracks is in, whatever an ignore file says.
    for _ in 0..<3 { _ = try? await git(["add", "-f", path()], in: folder.path) }
    // What an Actor has for itself alone.
    if Int.random(in: 0..<3, using: &random) == 0 { write("actors/two/.actorignore", "/src\n!build/\n") }
    return folder
  }

  private static func lines(
    of actor: String, in folder: TemporaryFolder, sharing trees: SharedTrees?
  ) throws -> [String] {
    var context = OperationContext(
      variables: ["PATH": "/usr/local/bin:/usr/bin:/bin", "HOME": folder.path], home: nil,
      stateDirectory: nil, spoolDirectories: [Array(folder.path.utf8)], cancellation: CancellationFlag())
    context.trees = trees
    let project = try Project(ProjectLocation(Array(folder(actor).utf8)), context)
    do throws(DeployError) {
      let plan = try project.plan(findsPointers: false) { _ in }
      return plan.entries.indices.map { index in
        let path = String(decoding: plan.path(of: index), as: UTF8.self)
        return
          "\(path)\(plan.entries[index].isDirectory ? "/" : "") \(plan.rule(of: index)?.description ?? "-")"
      }
    } catch {
      return [Diagnosis(error).message]
    }
  }

  @Test("give each Actor what a walk of its own gives", arguments: 1...60)
  func same(_ seed: UInt64) async throws {
    var random = SeededGenerator(seed: seed)
    let folder = try await Self.repository(&random)
    let trees = SharedTrees()
    for actor in Self.actors {
      let (own, shared) = try await Threads.run { () throws -> ([String], [String]) in
        (
          try Self.lines(of: actor, in: folder, sharing: nil),
          try Self.lines(of: actor, in: folder, sharing: trees)
        )
      }
      #expect(own == shared, "seed \(seed), \(actor)")
    }
  }

  @Test("are walked once, and each by itself where something is worth a warning")
  func once() async throws {
    var random = SeededGenerator(seed: 7)
    let folder = try await Self.repository(&random)
    let trees = SharedTrees()
    let actor = Self.actors[0]
    let before = try await Threads.run { try Self.lines(of: actor, in: folder, sharing: trees) }
    try folder.write("actors/one/.actor/late.json", "{}")
    try folder.write("late.txt", "1")
    let after = try await Threads.run { try Self.lines(of: actor, in: folder, sharing: trees) }
    // The Actor's own directory is walked each time, the rest is as it was.
    #expect(Set(after).subtracting(before).allSatisfy { $0.hasPrefix(".actor/late.json") }, "\(after)")
    let other = SharedTrees()
    #expect(unsafe mkfifo(folder("pipe"), 0o600) == 0)
    let alone = try await Threads.run { try Self.lines(of: actor, in: folder, sharing: other) }
    let own = try await Threads.run { try Self.lines(of: actor, in: folder, sharing: nil) }
    #expect(alone == own)
  }
}
