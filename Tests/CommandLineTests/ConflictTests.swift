// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import EmulatorTesting
import FoundationEssentials
import PlatformEmulator
import PlatformModel
import Synchronization
import TestSupport
import Testing

@Suite("The work of others")
struct ConflictTests {
  private static func file(_ name: String, _ text: String) -> SourceFile {
    SourceFile(name: name, kind: .file(.text, content: text))
  }

  /// What is done in the Console: another file, and the others as they are.
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
      let dry = try await program("push", "--force", "--dry-run", "-q", in: folder)
      #expect(
        dry.status == 0 && dry.talk.contains("would overwrite (--force): version 0.1 of")
          && dry.talk.contains(": both, there"),
        "\(dry.talk)")
      let forced = try await program("push", "--force", "--json", in: folder)
      #expect(
        forced.status == 0 && forced.talk.contains("warning: overwriting (--force): "), "\(forced.talk)")
      #expect(forced.talk.contains("since it was last pushed: both, there\n"), "\(forced.talk)")
      #expect(try PushedReport(forced).sides == ["both both", "here here", "there platform"])
      #expect(try await program("push", in: folder).talk.contains("up to date"))
      let again = try await program("push", "--force", in: folder)
      #expect(again.status == 0 && !again.talk.contains("overwriting"), "\(again.talk)")
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

  @Test("is not overwritten from a directory that nothing is remembered of, whatever the dates of its files")
  func freshCopy() async throws {
    try await PlatformEmulator.running(.tests) { emulator, address in
      let folder = try TemporaryFolder.actor()
      _ = try await Program(address)("push", "--no-provenance", in: folder)
      try Self.edit(emulator, "there", "2")
      for seconds in [1_600_000_000, Date().timeIntervalSince1970 + 86_400] {
        try FileManager.default.setAttributes(
          [.modificationDate: Date(timeIntervalSince1970: seconds)], ofItemAtPath: folder(".actor/actor.json")
        )
        let refused = try await Program(address)("push", in: folder)
        #expect(
          refused.status == 7 && refused.talk.contains("nothing shows that they were pushed from here"),
          "\(refused.talk)")
        #expect(refused.talk.contains("there: only on the platform"))
      }
      // What a build was made of says who has changed what, on any machine.
      #expect(try await Program(address)("push", "--force", in: folder).status == 0)
      try Self.edit(emulator, "there", "2")
      try folder.write("here", "1")
      let refused = try await Program(address)("push", "--json", in: folder)
      #expect(
        refused.status == 7 && refused.talk.contains("there: only on the platform, changed on the platform"),
        "\(refused.talk)")
      #expect(
        refused.text.contains(#"{"change":"added","newBytes":1,"path":"here","side":"here"}"#),
        "\(refused.text)")
      #expect(refused.text.contains(#""side":"platform""#), "\(refused.text)")
    }
  }

  @Test("is told from that of a commit that led here, in a fresh clone too", arguments: ["files", "zip"])
  func freshClone(form: String) async throws {
    try await PlatformEmulator.running(.tests) { emulator, address in
      let folder = try TemporaryFolder.actor()
      func commit(_ text: String) async throws {
        try folder.write("main.js", text)
        try await git(["add", "-A"], in: folder.path)
        try await git(["commit", "-qm", text], in: folder.path)
      }
      /// A push from a clone that nothing is remembered of.
      func push(_ options: [String] = [], _ arguments: String...) async throws -> Output {
        let clone = try TemporaryFolder()
        try await git(["clone", "-q"] + options + ["file://" + folder.path, clone("x")], in: folder.path)
        return try await shell(
          Program.location(), ["push", "--source-type", form, "--no-build", clone("x")] + arguments,
          environment: Program(address).environment)
      }
      try await git(["init", "-q", "-b", "main"], in: folder.path)
      try await commit("1")
      #expect(try await push().status == 0)
      for text in ["2", "3"] { try await commit(text) }
      let shallow = try await push(["--depth", "1"])
      #expect(shallow.status == 7 && shallow.talk.contains("git fetch --unshallow"), "\(shallow.talk)")
      let later = try await push()
      #expect(later.status == 0, "\(later.talk)")
      guard form == "files" else { return }
      try Self.edit(emulator, "there", "2")
      try await commit("4")
      let refused = try await push()
      #expect(
        refused.status == 7 && refused.talk.contains("changed on the platform since it was last pushed"),
        "\(refused.talk)")
      // What says which commit it comes from is known to a shallow clone, if that is the one before.
      #expect(try await push([], "--force", "--provenance").status == 0)
      try await commit("5")
      let next = try await push(["--depth", "1"])
      #expect(next.status == 0, "\(next.talk)")
    }
  }

  @Test("is told from turns that two take, each pulling before", arguments: [[], ["--provenance"]])
  func turns(options: [String]) async throws {
    try await PlatformEmulator.running(.tests) { emulator, address in
      let origin = try TemporaryFolder()
      try await git(["init", "-q", "--bare", "-b", "main"], in: origin.path)
      let people = [Program(address), Program(address)]
      let clones = [try TemporaryFolder(), try TemporaryFolder()]
      for round in 0..<4 {
        let (folder, person) = (clones[round % 2], people[round % 2])
        if round < 2 {
          try await git(["clone", "-q", origin.path, folder("x")], in: folder.path)
        } else {
          try await git(["pull", "-q"], in: folder("x"))
        }
        try folder.write("x/.actor/actor.json", #"{"name": "my-actor", "version": "0.1"}"#)
        try folder.write("x/main.js", "\(round)")
        try await git(["add", "-A"], in: folder("x"))
        try await git(["commit", "-qm", "\(round)"], in: folder("x"))
        try await git(["push", "-q", "origin", "HEAD:main"], in: folder("x"))
        let output = try await shell(
          Program.location(), ["push", "--no-build"] + options, in: folder("x"),
          environment: person.environment)
        #expect(output.status == 0, "\(round): \(output.talk)")
      }
      // Who has not pulled is in the way of the other.
      try clones[0].write("x/main.js", "not pulled")
      let refused = try await shell(
        Program.location(), ["push", "--no-build"], in: clones[0]("x"), environment: people[0].environment)
      #expect(refused.status == 7, "\(refused.talk)")
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

  @Test("in one of two pushes at once is never lost without a word", arguments: 1...4)
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
