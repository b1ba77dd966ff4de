// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import EmulatorTesting
import FoundationEssentials
import PlatformEmulator
import PlatformModel
import TestSupport
import Testing

/// Two machines with a clone each: a turn taken by a colleague whose commit is here is no conflict.
@Suite("Two who take turns")
struct TurnTests {
  /// How they deploy, and what they know.
  struct Habit: Sendable, CustomTestStringConvertible {
    let isByHook: Bool
    let hasProvenance: Bool
    let losesState: Bool
    var testDescription: String {
      "by \(isByHook ? "the hook" : "hand"), provenance \(hasProvenance ? "on" : "off"), state "
        + (losesState ? "lost" : "kept")
    }
  }

  static let habits = [false, true].flatMap { hook in
    [true, false].flatMap { provenance in
      [false, true].map { Habit(isByHook: hook, hasProvenance: provenance, losesState: $0) }
    }
  }

  /// Deploys what `repository` has committed; returns what was said.
  private static func deploy(
    _ repository: HookRepository, _ habit: Habit, with variables: [String: String] = [:]
  ) async throws -> (isGood: Bool, text: String) {
    let pushed = try await repository.push(
      "origin", "HEAD:main", with: habit.isByHook ? [:] : ["ACTORPUSH": "0"])
    guard pushed.status == 0 else { return (false, pushed.talk) }
    if habit.isByHook {
      let isGood = try await repository.endings().first == "deployed"
      return (isGood, try await repository.messages())
    }
    let output = try await repository.program("push", "--version", "1.0", in: repository.work)
    return (output.status == 0, output.talk)
  }

  private static func loseState(_ repository: HookRepository) throws {
    let state = try #require(repository.program.environment["XDG_STATE_HOME"])
    try FileManager.default.removeItem(atPath: state)
  }

  @Test("are never told of a conflict, each pulling before", arguments: habits)
  func turns(_ habit: Habit) async throws {
    try await PlatformEmulator.running(.tests) { emulator, address in
      let map = #"{"push": {"main": {"version": "1.0"}}, "provenance": \#(habit.hasProvenance)}"#
      let first = try await HookRepository(address, map: map)
      #expect(try await Self.deploy(first, habit).isGood)
      let second = try await HookRepository(cloneOf: first, address)
      for (round, repository) in [second, first, second, first].enumerated() {
        if habit.losesState { try Self.loseState(repository) }
        try await git(["pull", "-q", "--ff-only", "origin", "main"], in: repository.work.path)
        try repository.work.write("main.js", "round \(round)\n")
        try await repository.commit()
        let (isGood, text) = try await Self.deploy(repository, habit)
        #expect(isGood, "round \(round): \(text)")
        #expect(try emulator.texts()["main.js"] == "round \(round)\n", "\(text)")
      }
      let builds = try emulator.builds(of: "~my-actor")
      #expect(builds.map(\.status) == Array(repeating: .succeeded, count: 5))
    }
  }

  @Test("are told of an edit in Console, also where nothing is remembered", arguments: habits)
  func edit(_ habit: Habit) async throws {
    try await PlatformEmulator.running(.tests) { emulator, address in
      let map = #"{"push": {"main": {"version": "1.0"}}, "provenance": \#(habit.hasProvenance)}"#
      let repository = try await HookRepository(address, map: map)
      #expect(try await Self.deploy(repository, habit).isGood)
      if habit.losesState { try Self.loseState(repository) }
      let files = try emulator.version("1.0", of: "~my-actor").files ?? []
      let theirs = SourceFile(name: "theirs.js", kind: .file(.text, content: "theirs"))
      try emulator.setFiles(files + [theirs], of: "1.0", "~my-actor")
      try repository.work.write("main.js", "2\n")
      try await repository.commit()
      let (isGood, text) = try await Self.deploy(repository, habit)
      #expect(!isGood && text.contains("--force"), "\(text)")
      #expect(try emulator.version("1.0", of: "~my-actor").files == files + [theirs])
    }
  }

  @Test("deploy a commit that a fast-forward brings, however old it and its files are", arguments: habits)
  func olderCommit(_ habit: Habit) async throws {
    try await PlatformEmulator.running(.tests) { emulator, address in
      let map = #"{"push": {"main": {"version": "1.0"}}, "provenance": \#(habit.hasProvenance)}"#
      let repository = try await HookRepository(address, map: map)
      #expect(try await Self.deploy(repository, habit).isGood)
      if habit.losesState { try Self.loseState(repository) }
      // A branch that was made long ago by the clock of its author, and is merged only now.
      let script = """
        git checkout -q -b old && echo old >main.js && git add -A
        GIT_AUTHOR_DATE='2001-02-03 04:05:06' GIT_COMMITTER_DATE='2001-02-03 04:05:06' \
          git -c user.name=x -c user.email=x@example.com commit -q -m old
        git checkout -q main && git merge -q --ff-only old && touch -d '2001-02-03 04:05:06' main.js
        """
      let merged = try await shell("sh", ["-euc", script], in: repository.work.path)
      #expect(merged.status == 0, "\(merged.talk)")
      #expect(try await repository.program("hook", "allow", "-q", in: repository.work).status == 0)
      let (isGood, text) = try await Self.deploy(repository, habit)
      #expect(isGood, "\(text)")
      #expect(try emulator.texts()["main.js"] == "old\n", "\(text)")
    }
  }
}
