// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import EmulatorTesting
import FoundationEssentials
import PlatformEmulator
import PlatformModel
import TestSupport
import Testing

@Suite("A deploy")
struct DeployTests {
  /// How many requests there were before the first build was asked for.
  private static func requestsBeforeBuild(_ emulator: PlatformEmulator) -> Int {
    let requests = emulator.requests
    return requests.firstIndex { $0.request.method == "POST" && $0.request.path.hasSuffix("/builds") }
      ?? requests.count
  }

  /// Whether a request changes the version; what a build was started with is left beside it.
  private static func isUpdate(_ record: RequestRecord) -> Bool {
    record.request.method == "PUT" && !record.request.path.contains("/records/")
  }

  @Test(
    "of what is there already does nothing, in four requests, and in five for a zip",
    arguments: ["files", "zip"])
  func unchanged(_ sourceType: String) async throws {
    try await PlatformEmulator.running(.tests) { emulator, address in
      let folder = try TemporaryFolder.actor()
      try folder.write("src/main.js", "1")
      try folder.write("pixel.png", [0x89, 0x50, 0])
      let program = Program(address)
      let first = try await program("push", "--source-type", sourceType, in: folder)
      #expect(first.status == 0, "\(first.talk)")
      emulator.clearRequests()
      let second = try await program("push", "--source-type", sourceType, "--json", in: folder)
      let report = try PushedReport(second)
      #expect(second.status == 0 && report.ok && report.package?.unchanged == true && report.action == "none")
      #expect(report.build?.number == "0.1.1" && report.build?.status == "SUCCEEDED")
      let methods = emulator.requests.map(\.request.method)
      #expect(methods == Array(repeating: "GET", count: sourceType == "zip" ? 5 : 4))
      // Without what the first push has left here: in CI, say.
      let elsewhere = try await Program(address)("push", "--source-type", sourceType, in: folder)
      #expect(elsewhere.status == 0 && elsewhere.talk.contains("up to date"), "\(elsewhere.talk)")
      #expect(emulator.state.builds.count == 1)
    }
  }

  @Test("of a change takes at most seven requests up to the build")
  func changed() async throws {
    try await PlatformEmulator.running(.tests) { emulator, address in
      let folder = try TemporaryFolder.actor()
      let program = Program(address)
      _ = try await program("push", in: folder)
      emulator.clearRequests()
      try folder.write("main.js", "2")
      let second = try await program("push", "--json", in: folder)
      let report = try PushedReport(second)
      #expect(report.ok && report.action == "update" && report.changes == ["added main.js"])
      #expect(report.build?.status == "SUCCEEDED" && report.build?.number == "0.1.2")
      #expect(Self.requestsBeforeBuild(emulator) == 6)
      let update = try #require(emulator.requests.first { $0.request.method == "PUT" })
      #expect(update.request.headers["content-encoding"] == "gzip")
      #expect(update.request.headers["x-apify-request-origin"] == "CLI")
      #expect(try emulator.actor("~my-actor").taggedBuilds == nil)
    }
  }

  @Test("builds what has not changed where it is told to, and pushes it again where it is forced to")
  func again() async throws {
    try await PlatformEmulator.running(.tests) { emulator, address in
      let folder = try TemporaryFolder.actor()
      let program = Program(address)
      _ = try await program("push", "--no-build", in: folder)
      #expect(emulator.state.builds.isEmpty)
      emulator.clearRequests()
      #expect(try await program("push", "--build", in: folder).status == 0)
      #expect(emulator.state.builds.count == 1 && !emulator.requests.contains(where: Self.isUpdate))
      #expect(try await program("push", "--force", in: folder).status == 0)
      #expect(emulator.state.builds.count == 2 && emulator.requests.contains(where: Self.isUpdate))
    }
  }

  @Test("sends only what stands beside the files where they are the same")
  func settings() async throws {
    try await PlatformEmulator.running(.tests) { emulator, address in
      let folder = try TemporaryFolder.actor()
      try folder.write("large.txt", String(repeating: "some text ", count: 100_000))
      let program = Program(address)
      _ = try await program("push", "--no-provenance", in: folder)
      emulator.clearRequests()
      let second = try await program("push", "--env", "A=1", "--tag", "beta", "--json", in: folder)
      let report = try PushedReport(second)
      #expect(report.ok && report.package?.unchanged == true && report.variableChanges?.added == ["A"])
      let update = try #require(emulator.requests.first { $0.request.method == "PUT" })
      #expect(update.payloadBytes < 200)
      let version = try emulator.version("0.1", of: "~my-actor")
      #expect(
        version.buildTag == "beta" && version.envVars.map(\.value) == ["1"] && version.files?.count == 3)
    }
  }

  @Test("says with --dry-run what it would do, file by file, and does nothing")
  func dryRun() async throws {
    try await PlatformEmulator.running(.tests) { emulator, address in
      let folder = try TemporaryFolder.actor()
      for name in ["a", "b", "c"] { try folder.write(name, name) }
      let program = Program(address)
      _ = try await program("push", "--env", "OLD=1", in: folder)
      try FileManager.default.removeItem(atPath: folder("a"))
      try folder.write("b", "bb")
      try folder.write("d", "ddd")
      emulator.clearRequests()
      let output = try await program(
        "push", "--dry-run", "--secret-env", "KEY", "--env", "OLD=2", in: folder,
        with: ["KEY": "hidden value"])
      #expect(output.status == 0, "\(output.talk)")
      #expect(output.text == "D           1  a\nM           2  b\nA           3  d\n")
      #expect(output.talk.contains("environment variables added: KEY"))
      #expect(
        output.talk.contains("environment variables changed: OLD") && !output.talk.contains("hidden value"))
      #expect(Set(emulator.requests.map(\.request.method)) == ["GET"])
    }
  }

  @Test("knows whether a secret is another one by what it gave before")
  func secrets() async throws {
    try await PlatformEmulator.running(.tests) { emulator, address in
      let folder = try TemporaryFolder.actor()
      let program = Program(address)
      func push(_ value: String, _ program: Program) async throws -> PushedReport {
        try PushedReport(
          try await program("push", "--json", "--secret-env", "KEY", in: folder, with: ["KEY": value]))
      }
      #expect(try await push("one", program).variableChanges?.added == ["KEY"])
      #expect(try await push("one", program).action == "none")
      #expect(try await push("two", program).variableChanges?.changed == ["KEY"])
      // Another machine knows by what was left in the Actor's store; without that it sends it again.
      #expect(try await push("two", Program(address)).action == "none")
      #expect(try await push("three", Program(address)).variableChanges?.unknown == ["KEY"])
      #expect(try emulator.version("0.1", of: "~my-actor").envVars.map(\.value) == ["three"])
    }
  }

  @Test("names the variables that go, and keeps those that it does not know")
  func variables() async throws {
    try await PlatformEmulator.running(.tests) { emulator, address in
      let folder = try TemporaryFolder.actor()
      let program = Program(address)
      _ = try await program(
        "push", "--env", "A=1", "--secret-env", "KEY", in: folder, with: ["KEY": "hidden"])
      let added = try await program("push", "--env", "B=2", in: folder)
      #expect(added.status == 0, "\(added.talk)")
      let three = try emulator.version("0.1", of: "~my-actor").envVars
      #expect(three.map(\.name) == ["A", "KEY", "B"] && three.map(\.value) == ["1", "hidden", "2"])
      try folder.write(
        ".actor/actor.json", #"{"name": "my-actor", "version": "0.1", "environmentVariables": {"A": "1"}}"#)
      #expect(try await program("push", in: folder).status == 0)
      try folder.write(
        ".actor/actor.json", #"{"name": "my-actor", "version": "0.1", "environmentVariables": {"C": "3"}}"#)
      let fewer = try await program("push", "-q", in: folder)
      #expect(
        fewer.talk.contains("removing the environment variable A: declared by an earlier push"),
        "\(fewer.talk)")
      #expect(try emulator.version("0.1", of: "~my-actor").envVars.map(\.name) == ["KEY", "B", "C"])
      let pruned = try await program("push", "--prune-env", in: folder)
      #expect(
        pruned.talk.contains("removing the environment variables B, KEY: not declared in actor.json"),
        "\(pruned.talk)")
      #expect(try emulator.version("0.1", of: "~my-actor").envVars.map(\.name) == ["C"])
    }
  }
}

/// What `push --json` printed.
struct PushedReport: Decodable {
  struct Package: Decodable {
    let unchanged: Bool?
    let sourceType: String
    let digest: String
    let payloadBytes: Int
    let bytes: Int
    let savedBytes: Int?
  }
  private struct Change: Decodable {
    let path: String
    let change: String
    let side: String?
  }
  struct Variables: Decodable {
    let added: [String]
    let changed: [String]
    let removed: [String]
    let unknown: [String]
  }
  struct Build: Decodable {
    let id: String
    let number: String?
    let status: String
  }
  struct Cause: Decodable {
    let type: String
    let phase: String
    let logTail: [String]?
  }
  let ok: Bool
  let action: String?
  let package: Package?
  private let changedFiles: [Change]?
  let variableChanges: Variables?
  let build: Build?
  let error: Cause?
  let exitCode: Int32

  private enum CodingKeys: String, CodingKey {
    case ok, action, package, variableChanges, build, error, exitCode
    case changedFiles = "changes"
  }

  /// Each changed file: "added main.js".
  var changes: [String]? { changedFiles?.map { "\($0.change) \($0.path)" } }

  /// Each changed file, with the side that changed it: "main.js here".
  var sides: [String]? { changedFiles?.map { "\($0.path) \($0.side ?? "")" } }

  init(_ output: Output) throws {
    self = try JSONDecoder().decode(Self.self, from: Data(output.bytes))
    #expect(exitCode == output.status && ok == (output.status == 0))
  }
}
