// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import EmulatorFaults
import EmulatorTesting
import FoundationEssentials
import PlatformEmulator
import PlatformModel
import TestSupport
import Testing

@Suite("version")
struct VersionTests {
  private struct Report: Decodable {
    struct Variable: Decodable, Equatable {
      let name: String
      let value: String?
      let secret: Bool
    }
    let ok: Bool
    let version: String
    let sourceType: String
    let sourceUrl: String?
    let files: Int?
    let tag: String?
    let environmentVariables: [Variable]
    let applyEnvVarsToBuild: Bool
  }

  @Test("set looks before it repeats a request whose answer was lost: an edit of others in between stays")
  func repeated() async throws {
    try await PlatformEmulator.running(.tests) { emulator, address in
      let folder = try TemporaryFolder.actor(#"{"name": "my-actor", "version": "0.1", "buildTag": "latest"}"#)
      let program = Program(address)
      _ = try await program("push", "--no-build", in: folder)
      let route = "/v2/actors/{ref}/versions/{version}"
      emulator.inject(Fault(.lostAnswer, method: "PUT", route: route))
      emulator.setHook { request in
        guard request.method == "GET", request.route == route, emulator.pendingFaults == 0 else { return }
        var change = VersionChange()
        change.buildTag = .value("theirs")
        _ = try? emulator.setVersion("0.1", of: "~my-actor", change)
      }
      let output = try await program("version", "set", "--build-tag", "ours", in: folder)
      #expect(output.status == 7, "\(output.talk)")
      #expect(output.talk.contains("version 0.1 was changed on the platform meanwhile"), "\(output.talk)")
      #expect(try emulator.version("0.1", of: "~my-actor").buildTag == "theirs")
      #expect(emulator.requestCount("PUT", route) == 1)
      // Without an edit in between the look finds what was lost.
      emulator.setHook(nil)
      emulator.inject(Fault(.lostAnswer, method: "PUT", route: route))
      #expect(try await program("version", "set", "--build-tag", "ours", in: folder).status == 0)
      #expect(emulator.requestCount("PUT", route) == 2)
    }
  }

  @Test("set sends what is named, and nothing else")
  func set() async throws {
    try await PlatformEmulator.running(.tests) { emulator, address in
      let folder = try TemporaryFolder.actor(#"{"name": "my-actor", "version": "0.1", "buildTag": "latest"}"#)
      let program = Program(address)
      _ = try await program(
        "push", "--no-build", "--env", "A=1", "--secret-env", "KEY", in: folder, with: ["KEY": "hidden"])
      func set(_ arguments: String...) async throws -> Report {
        let output = try await program.run(["version", "set", "--json"] + arguments, in: folder)
        #expect(output.status == 0 && !output.text.contains("hidden"), "\(output.talk)")
        return try JSONDecoder().decode(Report.self, from: Data(output.bytes))
      }
      #expect(try await set("--build-tag", "beta").tag == "beta")
      #expect(try await set("--build-tag", "none").tag == nil)
      #expect(try await set("--apply-env-vars-to-build", "true").applyEnvVarsToBuild)
      let more = try await set("--env", "B=2", "--unset-env", "A")
      #expect(
        more.environmentVariables == [
          .init(name: "KEY", value: nil, secret: true), .init(name: "B", value: "2", secret: false),
        ])
      #expect(more.sourceType == "SOURCE_FILES" && more.files == 1 && more.applyEnvVarsToBuild)
      // What nobody could send is still there.
      #expect(try emulator.version("0.1", of: "~my-actor").envVars.map(\.value) == ["hidden", "2"])
      let git = try await set("--git-repo", "https://example.com/x.git#main:sub")
      #expect(git.sourceType == "GIT_REPO" && git.sourceUrl == "https://example.com/x.git#main:sub")
      #expect(try await set("--gist", "https://gist.github.com/x/1").sourceType == "GITHUB_GIST")
      #expect(try await set("--tarball", "https://example.com/x.zip").sourceType == "TARBALL")
      let names = emulator.requests.filter {
        $0.request.method == "PUT" && $0.request.path.contains("/versions/")
      }
      #expect(!names.isEmpty && names.allSatisfy { $0.payloadBytes < 200 })
    }
  }

  @Test("show hides secrets, and the signature that would open the zip")
  func show() async throws {
    try await PlatformEmulator.running(.tests) { _, address in
      let folder = try TemporaryFolder.actor()
      let program = Program(address)
      _ = try await program(
        "push", "--source-type", "zip", "--secret-env", "KEY", in: folder, with: ["KEY": "hidden"])
      for arguments in [["version"], ["version", "show", "--json"]] {
        let output = try await program.run(arguments, in: folder)
        #expect(
          output.status == 0 && output.text.contains("TARBALL") && output.text.contains("KEY"),
          "\(output.talk)")
        #expect(output.text.contains("?signature=…") && !output.text.contains("hidden"))
      }
    }
  }

  @Test("set without anything to set is wrong usage; without such a version it says so")
  func failures() async throws {
    try await PlatformEmulator.running(.tests) { _, address in
      let folder = try TemporaryFolder.actor()
      let program = Program(address)
      #expect(try await program("version", "set", in: folder).status == 64)
      #expect(try await program("version", "set", "--git-repo", "a", "--gist", "b", in: folder).status == 64)
      #expect(try await program("version", "set", "--tarball", "", in: folder).status == 64)
      for option in ["--tarball", "--gist"] {
        let output = try await program("version", "set", option, "x.zip", in: folder)
        #expect(output.status == 64 && output.talk.contains("\(option) takes an address"), "\(output.talk)")
      }
      for address in ["x", "file:///etc", "u:s3cret@h/a", "https:/u:s3cret@h/a", "a b:c", ":a", "a:"] {
        let output = try await program("version", "set", "--git-repo", address, in: folder)
        #expect(output.status == 64 && output.talk.contains("--git-repo takes an address"), "\(output.talk)")
        #expect(!output.talk.contains("s3cret"), "\(output.talk)")
      }
      for (option, address) in [
        ("--git-repo", "https://a/\(Program.token)/b.git"),
        ("--tarball", "https://a/b.zip?token=\(Program.token)"),
        ("--gist", "https://a/\(Program.token)"),
      ] {
        let output = try await program("version", "set", option, address, in: folder)
        #expect(
          output.status == 5 && output.talk.contains("\(option): the address holds your"), "\(output.talk)")
      }
      let both = try await program("version", "set", "--env", "A=1", "--unset-env", "A", in: folder)
      #expect(both.status == 64 && both.talk.contains("A is both set and removed"), "\(both.talk)")
      #expect(try await program("version", in: folder).status == 4)
      _ = try await program("push", "--no-build", in: folder)
      let unknown = try await program("version", "set", "--unset-env", "NONE", in: folder)
      #expect(unknown.status == 5 && unknown.talk.contains("no such variable"))
    }
  }
}
