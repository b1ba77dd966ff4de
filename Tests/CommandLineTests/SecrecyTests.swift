// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import EmulatorFaults
import EmulatorTesting
import FoundationEssentials
import PlatformEmulator
import PlatformModel
import TestSupport
import Testing

@Suite("A variable that is a secret")
struct SecrecyTests {
  private static let value = "correct-horse-battery"

  /// A machine: its own home and memory, and a directory with an Actor that declares TOK as a secret.
  private struct Machine {
    let folder: TemporaryFolder
    let home: TemporaryFolder
    var program: Program

    init(_ address: PlatformEmulator.Address, secret: String?) throws {
      folder = try TemporaryFolder.actor(
        #"{"name": "my-actor", "version": "0.1", "buildTag": "latest", "environmentVariables": {"TOK": "@tok"}}"#
      )
      try folder.write("main.js", "1")
      home = try TemporaryFolder()
      program = Program(address)
      program.environment["HOME"] = home.path
      try keep(secret)
    }

    func keep(_ secret: String?) throws {
      try home.write(".apify/secrets.json", secret.map { "{\"tok\": \"\($0)\"}" } ?? "{}")
    }

    func callAsFunction(_ arguments: String..., with variables: [String: String] = [:]) async throws -> Output
    {
      try await program.run(arguments, in: folder, with: variables)
    }
  }

  private static func secrets(_ emulator: PlatformEmulator) throws -> [String: Bool] {
    let variables = try emulator.version("0.1", of: "~my-actor").envVars
    return Dictionary(uniqueKeysWithValues: variables.map { ($0.name, $0.isSecret) })
  }

  @Test("and got another value without a build is built by a machine that does not know it, too")
  func rotated() async throws {
    try await PlatformEmulator.running(.tests) { emulator, address in
      let owner = try Machine(address, secret: Self.value)
      let other = try Machine(address, secret: nil)
      #expect(try await owner("push").status == 0)
      #expect(try await other("push").talk.contains("up to date"))
      try owner.keep("another-horse")
      #expect(try await owner("push", "--no-build").status == 0)
      #expect(emulator.state.builds.count == 1)
      let next = try await other("push")
      #expect(
        next.status == 0 && next.talk.contains("was changed since its last build 0.1.1"), "\(next.talk)")
      #expect(emulator.state.builds.count == 2)
      // And the secret is what the one gave it who has it.
      #expect(try emulator.version("0.1", of: "~my-actor").envVars.map(\.value) == ["another-horse"])
      #expect(try await other("push").talk.contains("up to date"))
    }
  }

  @Test("in actor.json stays one where the command line gives its value", arguments: ["--env", "--env-file"])
  func declared(_ option: String) async throws {
    try await PlatformEmulator.running(.tests) { emulator, address in
      let machine = try Machine(address, secret: nil)
      try machine.home.write("env", "TOK=\(Self.value)\n")
      let value = option == "--env" ? "TOK=\(Self.value)" : machine.home("env")
      let output = try await machine("push", option, value)
      #expect(output.status == 0 && !output.talk.contains(Self.value), "\(output.talk)")
      #expect(try Self.secrets(emulator) == ["TOK": true])
      #expect(try emulator.version("0.1", of: "~my-actor").envVars.map(\.value) == [Self.value])
    }
  }

  @Test("in actor.json takes the value that is known as a secret, and no plain variable gets that")
  func known() async throws {
    try await PlatformEmulator.running(.tests) { emulator, address in
      let machine = try Machine(address, secret: Self.value)
      let own = try await machine("push", "--env", "TOK=\(Self.value)")
      #expect(own.status == 0, "\(own.talk)")
      #expect(try Self.secrets(emulator) == ["TOK": true])
      for value in [Self.value, "another-long-secret"] {
        let leak = try await machine("push", "--env", "TOK=\(value)", "--env", "URL=https://u:\(value)@h")
        #expect(
          leak.status == 5 && leak.talk.contains("URL: the value of a plain variable holds"), "\(leak.talk)")
      }
      #expect(try Self.secrets(emulator) == ["TOK": true])
    }
  }

  @Test("becomes none by --env of version set, nor of a push that does not know it")
  func exposed() async throws {
    try await PlatformEmulator.running(.tests) { emulator, address in
      let machine = try Machine(address, secret: Self.value)
      #expect(try await machine("push").status == 0)
      let set = try await machine("version", "set", "--env", "TOK=plain")
      #expect(set.status == 5 && set.talk.contains("use --secret-env TOK"), "\(set.talk)")
      let elsewhere = try Machine(address, secret: nil)
      try elsewhere.folder.write(".actor/actor.json", #"{"name": "my-actor", "version": "0.1"}"#)
      let refused = try await elsewhere("push", "--env", "TOK=plain")
      #expect(refused.status == 7 && refused.talk.contains("TOK"), "\(refused.talk)")
      #expect(try Self.secrets(emulator) == ["TOK": true])
      // Who says so has it, and it is said.
      try machine.folder.write(
        ".actor/actor.json", #"{"name": "my-actor", "version": "0.1", "environmentVariables": {"TOK": "x"}}"#)
      let plain = try await machine("push")
      #expect(
        plain.status == 0
          && plain.talk.contains("no secret any longer, and shown to all who see the version: TOK"),
        "\(plain.talk)")
    }
  }

  @Test("and is set where others cannot be told is set with a warning")
  func untold() async throws {
    try await PlatformEmulator.running(.tests) { emulator, address in
      let machine = try Machine(address, secret: Self.value)
      #expect(try await machine("push").status == 0)
      emulator.inject(
        Fault(
          .error(status: 403, type: "insufficient-permissions", message: "No."), method: "DELETE",
          pathPrefix: "/v2/key-value-stores"), times: 1)
      let output = try await machine("version", "set", "--secret-env", "TOK", with: ["TOK": "by-hand-given"])
      #expect(output.status == 0 && output.talk.contains("cannot be told"), "\(output.talk)")
      // One that no value is here for is not sent, and so nothing is said of it.
      emulator.inject(
        Fault(
          .error(status: 403, type: "insufficient-permissions", message: "No."), method: "GET",
          pathPrefix: "/v2/key-value-stores"), times: 2)
      let other = try Machine(address, secret: nil)
      #expect(try await !other("push", "--dry-run").talk.contains("fingerprint"))
      let dots = try await machine("version", "set", "--unset-env", "..")
      #expect(dots.status == 5 && dots.talk.contains("no address names it"), "\(dots.talk)")
      let told = try await machine("version", "set", "--secret-env", "TOK", with: ["TOK": "by-hand-again"])
      #expect(told.status == 0 && !told.talk.contains("cannot be told"), "\(told.talk)")
    }
  }

  @Test("whose name the file of the secrets has already is said to be set to that by the next push")
  func pulled() async throws {
    try await PlatformEmulator.running(.tests) { emulator, address in
      let machine = try Machine(address, secret: Self.value)
      #expect(try await machine("push").status == 0)
      let set = try await machine("version", "set", "--secret-env", "tok", with: ["tok": "by-hand-given"])
      #expect(set.status == 0, "\(set.talk)")
      let output = try await machine("pull", "--write-config")
      #expect(
        output.status == 0 && output.talk.contains("may be another project's: tok\n"), "\(output.talk)")
      #expect(!output.talk.contains("add tok"), "\(output.talk)")
    }
  }

  @Test("is not shown by an error that repeats it, though it was not sent")
  func repeated() async throws {
    try await PlatformEmulator.running(.tests) { emulator, address in
      let machine = try Machine(address, secret: "correct/horse")
      #expect(try await machine("push").status == 0)
      emulator.inject(
        Fault(
          .error(status: 400, type: "invalid-value", message: #"TOK=correct/horse, "correct\/horse""#),
          method: "POST", pathPrefix: "/v2/actors"), times: 1)
      let output = try await machine("push", "--build")
      #expect(output.status != 0 && output.talk.contains(#"TOK=[secret], "[secret]""#), "\(output.talk)")
    }
  }
}
