// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import EmulatorTesting
import FoundationEssentials
import PlatformEmulator
import PlatformModel
import Synchronization
import TestSupport
import Testing

@Suite("Somebody else's work")
struct ConflictTests {
  private static func file(_ name: String, _ text: String) -> SourceFile {
    SourceFile(name: name, kind: .file(.text, content: text))
  }

  /// What somebody does in the Console: another file, and the others as they are.
  private static func edit(_ emulator: PlatformEmulator, _ name: String, _ text: String) throws {
    let files = try emulator.version("0.1", of: "~my-actor").files ?? []
    try emulator.setFiles(files.filter { $0.name != name } + [file(name, text)], of: "0.1", "~my-actor")
  }

  @Test("is not overwritten; who changed what is said")
  func changed() async throws {
    try await PlatformEmulator.running(.tests) { emulator, address in
      let folder = try TemporaryFolder.actor()
      for name in ["both", "here", "same", "there"] { try folder.write(name, "1") }
      let program = Program(address)
      #expect(try await program("push", in: folder).status == 0)
      try Self.edit(emulator, "there", "2")
      try Self.edit(emulator, "both", "2")
      for name in ["both", "here"] { try folder.write(name, "3") }
      let refused = try await program("push", "--json", in: folder)
      let report = try PushedReport(refused)
      #expect(refused.status == 7 && report.error?.type == "conflict")
      #expect(refused.talk.contains("both: differs, changed in both places"), "\(refused.talk)")
      #expect(refused.talk.contains("here: differs, changed here"))
      #expect(refused.talk.contains("there: differs, changed on the platform"))
      #expect(!refused.talk.contains("same:"))
      #expect(refused.talk.contains("--force") && refused.talk.contains("actorpush diff"))
      #expect(try await program("push", "--dry-run", in: folder).status == 7)
      #expect(emulator.state.builds.count == 1)
      #expect(try await program("push", "--force", in: folder).status == 0)
      #expect(try await program("push", in: folder).talk.contains("up to date"))
    }
  }

  @Test("that is what is here by now is no conflict")
  func converged() async throws {
    try await PlatformEmulator.running(.tests) { emulator, address in
      let folder = try TemporaryFolder.actor()
      let program = Program(address)
      _ = try await program("push", in: folder)
      try Self.edit(emulator, "new", "2")
      try folder.write("new", "2")
      let output = try await program("push", in: folder)
      #expect(output.status == 0 && output.talk.contains("holds this package"), "\(output.talk)")
      try folder.write("new", "3")
      #expect(try await program("push", in: folder).status == 0)
    }
  }

  @Test("is not overwritten by a fresh clone whose files are older; newer ones go, as in CI")
  func freshClone() async throws {
    try await PlatformEmulator.running(.tests) { emulator, address in
      let folder = try TemporaryFolder.actor()
      _ = try await Program(address)("push", in: folder)
      try Self.edit(emulator, "there", "2")
      let old = Date(timeIntervalSince1970: 1_600_000_000)
      try FileManager.default.setAttributes(
        [.modificationDate: old], ofItemAtPath: folder(".actor/actor.json"))
      let refused = try await Program(address)("push", in: folder)
      #expect(refused.status == 7 && refused.talk.contains("after the newest file here"), "\(refused.talk)")
      #expect(refused.talk.contains("there: only on the platform"))
      let new = Date(timeIntervalSinceNow: 60)
      try FileManager.default.setAttributes(
        [.modificationDate: new], ofItemAtPath: folder(".actor/actor.json"))
      #expect(try await Program(address)("push", in: folder).status == 0)
    }
  }

  @Test("that comes while a push is under way is noticed right before it would be lost")
  func meanwhile() async throws {
    try await PlatformEmulator.running(.tests) { emulator, address in
      let folder = try TemporaryFolder.actor()
      let program = Program(address)
      _ = try await program("push", in: folder)
      try folder.write("here", "1")
      let looks = Mutex(0)
      emulator.setHook { request in
        guard request.method == "GET", request.path.hasSuffix("/versions/0.1") else { return }
        let count = looks.withLock { looks in
          looks += 1
          return looks
        }
        if count == 2 { try? Self.edit(emulator, "there", "2") }
      }
      let refused = try await program("push", in: folder)
      #expect(
        refused.status == 7 && refused.talk.contains("during this push"), "\(refused.talk)")
      #expect(try emulator.version("0.1", of: "~my-actor").files?.contains { $0.name == "here" } == false)
    }
  }

  @Test("that was pushed in the moment in between is reported after the build")
  func overtaken() async throws {
    try await PlatformEmulator.running(.tests) { emulator, address in
      let folder = try TemporaryFolder.actor()
      let program = Program(address)
      _ = try await program("push", in: folder)
      for (suffix, method) in [("/builds", "POST"), ("/tail", "")] {
        try folder.write("here", suffix)
        emulator.setHook { request in
          let isBuild = request.method == method && request.path.hasSuffix(suffix)
          let isLog = method.isEmpty && request.path.hasPrefix("/v2/logs/")
          if isBuild || isLog { try? Self.edit(emulator, "there", suffix) }
        }
        let output = try await program("push", "--json", "--force", in: folder)
        #expect(output.status == 7 && output.talk.contains("another push came in between"), "\(output.talk)")
        #expect(try PushedReport(output).error?.phase == "verification")
        emulator.setHook(nil)
      }
    }
  }

  @Test("of two pushes at once is never lost without a word", arguments: 1...4)
  func race(_ round: Int) async throws {
    try await PlatformEmulator.running(.tests) { emulator, address in
      let (one, other) = (try TemporaryFolder.actor(), try TemporaryFolder.actor())
      let program = Program(address)
      #expect(try await program("push", in: one).status == 0)
      try one.write("main.js", "one")
      try other.write("main.js", "other")
      // Half of the rounds on one machine, half on two that know nothing of each other.
      let second = round % 2 == 0 ? program : Program(address)
      async let first = program("push", in: one)
      async let last = second("push", in: other)
      let outputs = try await [first, last]
      let winner = try emulator.version("0.1", of: "~my-actor").files?.first { $0.name == "main.js" }
      let texts = ["one", "other"]
      for (text, output) in zip(texts, outputs) {
        let isThere = winner?.kind == .file(.text, content: text)
        // Whoever ended well before the other one had begun to look has not been lost without a word: that
        // one knew.
        let knew = outputs.contains { $0.talk.contains("files: 1 changed") }
        #expect(output.status == 0 || output.status == 7, "\(output.talk)")
        #expect(isThere || output.status == 7 || knew, "\(outputs.map(\.talk))")
      }
      #expect(outputs.contains { $0.status == 0 })
    }
  }

  @Test("in a version that takes its source from a git repository stays, unless forced")
  func foreignSource() async throws {
    try await PlatformEmulator.running(.tests) { emulator, address in
      let folder = try TemporaryFolder.actor()
      _ = try await Program(address)("push", in: folder)
      var change = VersionChange()
      change.sourceType = .gitRepo
      change.gitRepoUrl = .value("https://example.com/x.git")
      _ = try emulator.setVersion("0.1", of: "~my-actor", change)
      let refused = try await Program(address)("push", in: folder)
      #expect(refused.status == 7 && refused.talk.contains("--force"))
      #expect(try emulator.version("0.1", of: "~my-actor").source.type == .gitRepo)
      let forced = try await Program(address)("push", "--force", in: folder)
      #expect(forced.status == 0)
      #expect(try emulator.version("0.1", of: "~my-actor").source.type == .sourceFiles)
    }
  }
}
