// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import EmulatorTesting
import FoundationEssentials
import PlatformEmulator
import PlatformModel
import TestSupport
import Testing

/// What runs is what is here: a push of an unchanged tree does what is missing, and no more.
@Suite("A push of a version that is up to date")
struct BuildStateTests {
  private static let configuration = #"{"name": "my-actor", "version": "0.1", "buildTag": "latest"}"#

  /// What became of the first build, and what the next push says about it.
  struct Past: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let script: BuildScript
    var arguments: [String] = []
    let says: String
  }

  static let pasts: [Past] = [
    Past(testDescription: "failed", script: BuildScript(.fail), says: "its last build 0.1.1 failed"),
    Past(testDescription: "timed out", script: BuildScript(.timeOut), says: "its last build 0.1.1 timed out"),
    Past(
      testDescription: "never started", script: BuildScript(), arguments: ["--no-build"],
      says: "was never built"),
  ]

  @Test("builds it where the last build of it did not succeed, here and on another machine", arguments: pasts)
  func buildsAgain(_ past: Past) async throws {
    for isElsewhere in [false, true] {
      try await PlatformEmulator.running(.tests) { emulator, address in
        let folder = try TemporaryFolder.actor(Self.configuration)
        let program = Program(address)
        emulator.script(past.script)
        _ = try await shell(
          Program.location(), ["push"] + past.arguments, in: folder.path, environment: program.environment)
        emulator.clearRequests()
        let dryRun = try await program("push", "--dry-run", in: folder)
        #expect(dryRun.talk.contains(past.says) && dryRun.talk.contains("would be built"), "\(dryRun.talk)")
        let next = try await (isElsewhere ? Program(address) : program)("push", "--json", in: folder)
        let report = try PushedReport(next)
        #expect(next.status == 0 && report.action == "none" && report.build?.status == "SUCCEEDED")
        #expect(next.talk.contains(past.says), "\(next.talk)")
        #expect(emulator.requestCount("PUT", "/v2/actors/{ref}/versions/{version}") == 0)
        let last = try await program("push", "--json", in: folder)
        #expect(try PushedReport(last).build?.number == report.build?.number)
        #expect(
          last.talk.contains("up to date (latest = build \(report.build?.number ?? "?"))"), "\(last.talk)")
      }
    }
  }

  @Test("does not undo a rollback, and names the command that would")
  func rollback() async throws {
    try await PlatformEmulator.running(.tests) { emulator, address in
      let folder = try TemporaryFolder.actor(Self.configuration)
      let program = Program(address)
      _ = try await program("push", in: folder)
      try folder.write("main.js", "2")
      _ = try await program("push", in: folder)
      #expect(try await program("tag", "latest", "--build", "previous", in: folder).status == 0)
      let push = try await program("push", in: folder)
      #expect(push.status == 0 && push.talk.contains("latest points at build 0.1.1, not at its build 0.1.2"))
      #expect(push.talk.contains("actorpush tag latest --build 0.1.2"), "\(push.talk)")
      let json = try await program("push", "--json", in: folder)
      #expect(json.text.contains(#""buildDecision":"tag-elsewhere""#), "\(json.text)")
      #expect(json.text.contains(#""taggedBuild":{"number":"0.1.1"}"#), "\(json.text)")
      #expect(emulator.state.builds.count == 2)
    }
  }

  @Test("is up to date by its files alone, in words and in JSON, where no push has told of its variables")
  func byFilesAlone() async throws {
    try await PlatformEmulator.running(.tests) { emulator, address in
      let folder = try TemporaryFolder.actor(Self.configuration)
      let program = Program(address)
      _ = try await program("push", in: folder)
      let known = try await program("push", "--json", in: folder)
      #expect(known.text.contains(#""buildVariablesKnown":true"#), "\(known.text)")
      let console = try emulator.console()
      for store in emulator.state.stores.keys {
        try emulator.edit { state throws(PlatformError) in _ = try state.deleteStore(store, for: console) }
      }
      let unknown = try await Program(address)("push", "--json", in: folder)
      #expect(unknown.status == 0 && unknown.talk.contains("by its files alone"), "\(unknown.talk)")
      #expect(unknown.text.contains(#""buildVariablesKnown":false"#), "\(unknown.text)")
      #expect(unknown.text.contains(#""buildDecision":"up-to-date""#), "\(unknown.text)")
    }
  }

  @Test("follows a build of it that is running, and starts no second one")
  func running() async throws {
    try await PlatformEmulator.running(.tests) { emulator, address in
      let folder = try TemporaryFolder.actor(Self.configuration)
      let program = Program(address)
      emulator.script(BuildScript(holdingAt: [.end]))
      #expect(try await program("push", "--wait", "0", in: folder).status == 6)
      let build = try #require(emulator.state.builds.values.first)
      emulator.clearRequests()
      async let pushed = program("push", "--json", in: folder)
      _ = try await waitUntil("the log is followed", instead: { "\(emulator.requests.map(\.request.path))" })
      {
        emulator.requests.contains { $0.request.path.contains("/v2/logs/") } ? true : nil
      }
      emulator.release(.end, of: build.id)
      let next = try await pushed
      let report = try PushedReport(next)
      #expect(next.status == 0 && report.build?.number == "0.1.1" && report.build?.status == "SUCCEEDED")
      #expect(next.talk.contains("following build 0.1.1"), "\(next.talk)")
      #expect(emulator.state.builds.count == 1)
    }
  }

  @Test("builds it where it was changed after its last build: a file, or a variable that no build shows")
  func outdated() async throws {
    try await PlatformEmulator.running(.tests) { emulator, address in
      let folder = try TemporaryFolder.actor(Self.configuration)
      let program = Program(address)
      _ = try await program("push", in: folder)
      try folder.write("main.js", "2")
      _ = try await program("push", "--no-build", in: folder)
      // Another machine knows by the build's own snapshot.
      let elsewhere = try await Program(address)("push", in: folder)
      #expect(elsewhere.status == 0 && elsewhere.talk.contains("changed since its last build 0.1.1"))
      #expect(emulator.state.builds.count == 2)
      #expect(try await program("push", "--no-build", "--env", "A=1", in: folder).status == 0)
      let next = try await program("push", "--env", "A=1", in: folder)
      #expect(next.status == 0 && next.talk.contains("changed since its last build 0.1.2"), "\(next.talk)")
      #expect(emulator.state.builds.count == 3)
    }
  }

  /// Changes of a version beside its files after its build.
  static let edits: [[String]] = [
    ["--env", "A=2"], ["--secret-env", "KEY"], ["--unset-env", "A"], ["--apply-env-vars-to-build", "true"],
  ]

  @Test(
    "builds it where a variable was set after its build, here or on another machine",
    arguments: edits, [false, true])
  func edited(_ arguments: [String], isElsewhere: Bool) async throws {
    try await PlatformEmulator.running(.tests) { emulator, address in
      let folder = try TemporaryFolder.actor(Self.configuration)
      let program = Program(address)
      #expect(try await program("push", "--env", "A=1", in: folder).status == 0)
      // Another machine leaves no trace in the memory of this one: what the version has now tells.
      let other = isElsewhere ? Program(address) : program
      let environment = other.environment.merging(["KEY": "a-secret-value"]) { $1 }
      let edit = try await shell(
        Program.location(), ["version", "set"] + arguments, in: folder.path, environment: environment)
      #expect(edit.status == 0, "\(edit.talk)")
      let next = try await program("push", in: folder)
      #expect(next.status == 0 && next.talk.contains("changed since its last build 0.1.1"), "\(next.talk)")
      #expect(emulator.state.builds.count == 2)
      let last = try await program("push", in: folder)
      #expect(last.talk.contains("up to date (latest = build 0.1.2)"), "\(last.talk)")
    }
  }

  @Test("says of a dry run that it would be built where that is asked for, and that no candidate is run")
  func asked() async throws {
    try await PlatformEmulator.running(.tests) { emulator, address in
      let folder = try TemporaryFolder.actor(Self.configuration)
      let program = Program(address)
      #expect(try await program("push", in: folder).status == 0)
      let dry = try await program("push", "--dry-run", "--build", "--json", in: folder)
      #expect(dry.text.contains(#""buildDecision":"build""#), "\(dry.text)")
      #expect(dry.talk.contains("holds this package; it would be built (--build)"), "\(dry.talk)")
      #expect(emulator.state.builds.count == 1)
      let input = try TemporaryFolder()
      try input.write("input.json", "{}")
      let idle = try await program("push", "--candidate", "--input", input("input.json"), in: folder)
      #expect(idle.status == 0 && idle.talk.contains("nothing is run: there is no new build since 0.1.1"))
      #expect(try await program("push", "--build", in: folder).status == 0)
      #expect(emulator.state.builds.count == 2)
    }
  }

  @Test("says that the tag of its builds was changed in Console, and takes it back only by force")
  func tag() async throws {
    try await PlatformEmulator.running(.tests) { emulator, address in
      let folder = try TemporaryFolder.actor(Self.configuration)
      let program = Program(address)
      #expect(try await program("push", in: folder).status == 0)
      // By another machine: this one knows nothing of it.
      #expect(try await Program(address)("version", "set", "--build-tag", "beta", in: folder).status == 0)
      let refused = try await program("push", in: folder)
      #expect(
        refused.status == 7 && refused.talk.contains("the tag of its builds, now beta"), "\(refused.talk)")
      #expect(try await program("push", "--force", in: folder).status == 0)
      #expect(try emulator.version("0.1", of: "~my-actor").buildTag == "latest")
    }
  }
}
