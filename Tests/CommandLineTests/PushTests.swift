// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import EmulatorFaults
import EmulatorTesting
import FoundationEssentials
import PlatformEmulator
import PlatformModel
import TestSupport
import Testing

@Suite("push")
struct PushTests {
  private struct Report: Decodable {
    struct Actor: Decodable {
      let id: String?
      let name: String
    }
    struct Package: Decodable {
      let files: Int
      let folders: Int
      let textFiles: Int
      let base64Files: Int
      let bytes: Int
      let digest: String
    }
    let ok: Bool
    let actor: Actor
    let version: String
    let action: String
    let package: Package
  }

  @Test("creates the Actor, then a version, then updates it")
  func threeWays() async throws {
    try await PlatformEmulator.running(.tests) { emulator, address in
      let folder = try TemporaryFolder.actor()
      try folder.write("pixel.png", [0x89, 0x50, 0])
      var actions: [String] = []
      let program = Program(address)
      for (version, text) in [("0.1", "1"), ("0.2", "1"), ("0.2", "2")] {
        try folder.write("main.js", text)
        let output = try await program("push", "--json", "--version", version, in: folder)
        let report = try JSONDecoder().decode(Report.self, from: Data(output.bytes))
        #expect(output.status == 0 && report.ok && report.version == version)
        #expect(report.actor.name == "local-dev/my-actor")
        #expect(report.package.files == 3 && report.package.folders == 1)
        #expect(report.package.textFiles == 2 && report.package.base64Files == 1)
        #expect(report.package.bytes == 1 + 3 + 38)
        actions.append(report.action)
      }
      #expect(actions == ["create-actor", "create-version", "update"])
      #expect(try emulator.actor("~my-actor").versions.map(\.versionNumber.description) == ["0.1", "0.2"])
    }
  }

  @Test("sends variables with their secrets, and leaves the platform's alone where there are none")
  func variables() async throws {
    try await PlatformEmulator.running(.tests) { emulator, address in
      let folder = try TemporaryFolder.actor(
        #"{"name": "my-actor", "version": "0.1", "environmentVariables": {"A": "1", "KEY": "@key"}}"#)
      let home = try TemporaryFolder()
      var program = Program(address)
      program.environment["HOME"] = home.path
      let refused = try await program("push", in: folder)
      #expect(refused.status == 5 && refused.talk.contains("secret @key"))
      try home.write(".apify/secrets.json", #"{"key": "hidden value"}"#)
      let output = try await program("push", "-v", in: folder)
      #expect(output.status == 0 && !output.talk.contains("hidden value"))
      let sent = try emulator.version("0.1", of: "~my-actor").envVars
      #expect(sent.map(\.name) == ["A", "KEY"] && sent.map(\.isSecret) == [false, true])
      #expect(sent.map(\.value) == ["1", "hidden value"])
      try folder.write(".actor/actor.json", #"{"name": "my-actor", "version": "0.1"}"#)
      _ = try await program("push", in: folder)
      #expect(try emulator.version("0.1", of: "~my-actor").envVars.count == 2)
    }
  }

  @Test(
    "tries again what may be tried again",
    arguments: [Fault(.gatewayPage), Fault(.rateLimited()), Fault(.truncatedJSON), Fault(.droppedConnection)])
  func retries(_ fault: Fault) async throws {
    try await PlatformEmulator.running(.tests) { emulator, address in
      let folder = try TemporaryFolder.actor()
      emulator.inject(fault)
      let output = try await Program(address)("push", in: folder)
      #expect(output.status == 0, "\(output.talk)")
      #expect(emulator.pendingFaults == 0)
    }
  }

  @Test("does not make a second Actor when the answer about the first is lost")
  func lostAnswer() async throws {
    try await PlatformEmulator.running(.tests) { emulator, address in
      let folder = try TemporaryFolder.actor()
      emulator.inject(Fault(.lostAnswer, method: "POST", pathPrefix: "/v2/actors"))
      let output = try await Program(address)("push", in: folder)
      #expect(output.status == 0, "\(output.talk)")
      #expect(try emulator.actor("~my-actor").versions.count == 1)
    }
  }

  @Test("takes the token from a file before the environment")
  func tokenFile() async throws {
    try await PlatformEmulator.running(.tests) { _, address in
      let folder = try TemporaryFolder.actor()
      let home = try TemporaryFolder()
      try home.write("token", Program.token + "\n")
      try home.write(".apify/auth.json", #"{"token": "\#(Program.token)"}"#)
      var program = Program(address)
      program.environment["APIFY_TOKEN"] = "wrong"
      #expect(try await program("push", "--token-file", home("token"), in: folder).status == 0)
      #expect(try await program("push", in: folder).status == 1)
      program.environment["APIFY_TOKEN"] = nil
      program.environment["HOME"] = home.path
      #expect(try await program("push", in: folder).status == 0)
    }
  }
}
