// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import EmulatorTesting
import FoundationEssentials
import PlatformEmulator
import TestSupport
import Testing

/// actor.json and the Dockerfile of such an Actor are sent otherwise than they lie on disk.
@Suite("A pull of an Actor over a shared directory, changed on both sides", .serialized)
struct MonorepoConflictTests {
  private static let actor = "actors/javascript-actor"
  private static let configuration = "actors/javascript-actor/.actor/actor.json"

  private static func text(_ name: String, in folder: TemporaryFolder) throws -> String {
    try String(contentsOf: URL(fileURLWithPath: folder(name)), encoding: .utf8)
  }

  /// The Actor, pushed; then with the title "Theirs" on the platform, and "Mine" on disk.
  private static func changed(_ emulator: PlatformEmulator, _ program: Program) async throws -> Monorepo {
    let repository = try await Monorepo()
    let folder = repository.folder
    #expect(try await program("push", "--no-build", actor, in: folder).status == 0)
    try Monorepo.edit(emulator) { text, name in
      switch name {
      case ".actor/actor.json": text.replacing("\"0.1\",", with: "\"0.1\",\n  \"title\": \"Theirs\",")
      case "Dockerfile": text.replacing("CMD npm start", with: "CMD npm run theirs")
      default: text
      }
    }
    let own = try text(configuration, in: folder)
    try folder.write(
      configuration, own.replacing("\"0.1\",", with: "\"0.1\",\n  \"title\": \"Mine\","))
    try folder.write("Dockerfile", Monorepo.dockerfile.replacing("CMD npm start", with: "CMD npm run mine"))
    return repository
  }

  @Test("shows both sides with the paths that the files on disk have")
  func markers() async throws {
    try await PlatformEmulator.running(.tests) { emulator, address in
      let program = Program(address)
      let folder = try await Self.changed(emulator, program).folder
      let pull = try await program("pull", Self.actor, in: folder)
      #expect(pull.status == 7, "\(pull.talk)")
      let merged = try Self.text(Self.configuration, in: folder)
      let lines = merged.split(separator: "\n").filter { !$0.hasPrefix("<<<") && !$0.hasPrefix(">>>") }
      // With the common base, which is in no commit as it was sent.
      #expect(lines.count > 5 && lines[5].hasPrefix("|||||||"), "\(merged)")
      #expect(
        lines.count > 5
          && lines == [
            "{", #"  "actorSpecification": 1,"#, #"  "name": "javascript-actor","#, #"  "version": "0.1","#,
            #"  "title": "Mine","#, lines[5], "=======", #"  "title": "Theirs","#,
            #"  "dockerContextDir": "../../..","#, #"  "dockerfile": "../../../Dockerfile","#,
            #"  "input": "./input_schema.json""#, "}",
          ], "\(merged)")
      let dockerfile = try Self.text("Dockerfile", in: folder)
      #expect(dockerfile.contains("CMD npm run mine") && dockerfile.contains("CMD npm run theirs"))
      #expect(!dockerfile.contains("ENV ACTOR_PATH"), "\(dockerfile)")
      let refused = try await program("push", "--no-build", Self.actor, in: folder)
      #expect(refused.status == 7 && refused.talk.contains(".actor/actor.json"), "\(refused.talk)")
      // As one would resolve it.
      let own = merged.split(separator: "\n", omittingEmptySubsequences: false)
      let start = try #require(own.firstIndex { $0.hasPrefix("<<<") })
      let end = try #require(own.firstIndex { $0.hasPrefix(">>>") })
      try folder.write(
        Self.configuration, (own[..<start] + [own[start + 1]] + own[(end + 1)...]).joined(separator: "\n"))
      try folder.write("Dockerfile", Monorepo.dockerfile.replacing("CMD npm start", with: "CMD npm run both"))
      let push = try await program("push", "--no-build", Self.actor, in: folder)
      #expect(push.status == 0, "\(push.talk)")
      #expect(try emulator.texts("0.1", of: "~javascript-actor")["Dockerfile"]?.contains("both") == true)
      let same = try await program("pull", Self.actor, in: folder)
      #expect(same.status == 0 && same.talk.contains("nothing to pull"), "\(same.talk)")
    }
  }

  @Test("takes their side in the form of the files on disk", arguments: ["--theirs", "--ours"])
  func preferred(_ side: String) async throws {
    try await PlatformEmulator.running(.tests) { emulator, address in
      let program = Program(address)
      let folder = try await Self.changed(emulator, program).folder
      let pull = try await program("pull", side, Self.actor, in: folder)
      #expect(pull.status == 0, "\(pull.talk)")
      let title = side == "--theirs" ? "Theirs" : "Mine"
      let configuration = try Self.text(Self.configuration, in: folder)
      #expect(configuration.contains(#""title": "\#(title)","#), "\(configuration)")
      #expect(configuration.contains(#""dockerContextDir": "../../..""#) && !configuration.contains("readme"))
      let dockerfile = try Self.text("Dockerfile", in: folder)
      #expect(dockerfile.contains("npm run \(title.lowercased())") && !dockerfile.contains("ENV ACTOR_PATH"))
      #expect(try await program("list", "-0", Self.actor, in: folder).status == 0)
    }
  }

  @Test("puts their file beside yours in the same form where there is no git to merge")
  func beside() async throws {
    try await PlatformEmulator.running(.tests) { emulator, address in
      var program = Program(address)
      let folder = try await Self.changed(emulator, program).folder
      program.environment["PATH"] = folder.path
      let pull = try await program("pull", Self.actor, in: folder)
      #expect(pull.status == 7, "\(pull.talk)")
      let theirs = try Self.text(Self.configuration + ".platform", in: folder)
      let mine = try Self.text(Self.configuration, in: folder)
      #expect(theirs == mine.replacing("Mine", with: "Theirs"), "\(theirs)")
      #expect(try !Self.text("Dockerfile.platform", in: folder).contains("ENV ACTOR_PATH"))
      let abort = try await program("pull", "--abort", Self.actor, in: folder)
      #expect(abort.status == 0, "\(abort.talk)")
      #expect(!FileManager.default.fileExists(atPath: folder(Self.configuration + ".platform")))
    }
  }
}
