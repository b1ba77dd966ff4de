// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import EmulatorFaults
import EmulatorTesting
import FoundationEssentials
import PlatformEmulator
import PlatformModel
import TestSupport
import Testing

/// What others have set stays, however a project is pushed.
@Suite("Variables on the platform")
struct VariableTests {
  private static func configuration(_ variables: String) -> String {
    #"{"name": "my-actor", "version": "0.1", "environmentVariables": \#(variables)}"#
  }

  /// Sets a variable as a user does in the Console.
  private static func setElsewhere(
    _ name: String, _ value: String, isSecret: Bool = false, _ emulator: PlatformEmulator
  ) throws {
    let user = try emulator.console()
    let change = EnvironmentVariableChange(name: name, value: value, isSecret: isSecret)
    let actor = PlatformModel.ActorReference("~my-actor")
    try emulator.edit { state throws(PlatformError) in
      if (try? state.variable(name, of: "0.1", actor, for: user)) == nil {
        try state.createVariable(change, of: "0.1", actor, for: user, at: emulator.now)
      } else {
        try state.updateVariable(name, of: "0.1", actor, with: change, for: user, at: emulator.now)
      }
    }
  }

  private static func variables(_ emulator: PlatformEmulator) throws -> [String: String] {
    let variables = try emulator.version("0.1", of: "~my-actor").envVars
    return Dictionary(uniqueKeysWithValues: variables.map { ($0.name, $0.value) })
  }

  @Test(
    "that were set in Console stay, secrets too",
    arguments: [
      ["push"], ["push", "-q"], ["push", "--allow-missing-secrets"], ["push", "--force"],
      ["push", "--env", "B=2"], ["version", "set", "--env", "B=2"],
      ["version", "set", "--build-tag", "beta"],
    ])
  func others(arguments: [String]) async throws {
    try await PlatformEmulator.running(.tests) { emulator, address in
      let folder = try TemporaryFolder.actor(Self.configuration(#"{"A": "1"}"#))
      let program = Program(address)
      #expect(try await program("push", in: folder).status == 0)
      try Self.setElsewhere("CONSOLE", "theirs", emulator)
      try Self.setElsewhere("TOKEN", "hidden", isSecret: true, emulator)
      try folder.write("main.js", "2")
      try folder.write(".actor/actor.json", Self.configuration(#"{"A": "2"}"#))
      let output = try await shell(
        Program.location(), arguments, in: folder.path, environment: program.environment)
      #expect(output.status == 0, "\(output.talk)")
      let variables = try Self.variables(emulator)
      #expect(variables["CONSOLE"] == "theirs" && variables["TOKEN"] == "hidden")
      #expect(variables["A"] == (arguments[0] == "push" ? "2" : "1"))
      #expect(variables["B"] == (arguments.contains("B=2") ? "2" : nil))
      if arguments == ["push"] {
        #expect(
          output.talk.contains(
            "variables kept (not of this project; --prune-env removes them): CONSOLE, TOKEN"),
          "\(output.talk)")
      }
    }
  }

  @Test("that were changed in Console are a conflict, which names them; --force overwrites them")
  func conflict() async throws {
    try await PlatformEmulator.running(.tests) { emulator, address in
      let folder = try TemporaryFolder.actor(Self.configuration(#"{"A": "1", "B": "1"}"#))
      let program = Program(address)
      #expect(try await program("push", in: folder).status == 0)
      try Self.setElsewhere("A", "theirs", emulator)
      for arguments in [["push", "--json"], ["push", "--json", "--dry-run"]] {
        let output = try await shell(
          Program.location(), arguments, in: folder.path, environment: program.environment)
        let failure = try JSONFailure(output)
        #expect(output.status == 7 && failure.error.type == "conflict")
        #expect(failure.error.message.contains("environment variable A; "), "\(failure.error.message)")
        #expect(try Self.variables(emulator) == ["A": "theirs", "B": "1"])
      }
      #expect(try await program("push", "--force", in: folder).status == 0)
      #expect(try Self.variables(emulator) == ["A": "1", "B": "1"])
      #expect(try await program("push", in: folder).talk.contains("up to date"))
    }
  }

  @Test(
    "keep the value of a secret that is not here; one that is nowhere is an error before anything is sent")
  func missingSecrets() async throws {
    try await PlatformEmulator.running(.tests) { emulator, address in
      let folder = try TemporaryFolder.actor(Self.configuration(#"{"A": "1", "KEY": "@key"}"#))
      let home = try TemporaryFolder()
      var program = Program(address)
      program.environment["HOME"] = home.path
      let refused = try await program("push", in: folder)
      #expect(
        refused.status == 5 && refused.talk.contains("KEY: secret @key is not in ~/.apify/secrets.json"))
      #expect(emulator.state.actors.isEmpty)
      // What was never given is not missed.
      #expect(try await program("push", "--allow-missing-secrets", in: folder).status == 0)
      let pulled = try await program("pull", "--dry-run", "--write-config", in: folder)
      #expect(pulled.status == 0 && !pulled.talk.contains("KEY"), "\(pulled.talk)")
      try home.write(".apify/secrets.json", #"{"key": "hidden value"}"#)
      #expect(try await program("push", in: folder).status == 0)
      var elsewhere = program
      elsewhere.environment["HOME"] = folder("nothing")
      try folder.write(".actor/actor.json", Self.configuration(#"{"A": "2", "KEY": "@key"}"#))
      let output = try await elsewhere("push", in: folder)
      #expect(
        output.status == 0 && output.talk.contains("variables kept (their secrets are not here): KEY"),
        "\(output.talk)")
      #expect(try Self.variables(emulator) == ["A": "2", "KEY": "hidden value"])
    }
  }

  @Test("last, all of them, where two change them at the same time")
  func together() async throws {
    try await PlatformEmulator.running(.tests) { emulator, address in
      let folder = try TemporaryFolder.actor()
      _ = try await Program(address)("push", "--no-build", "--env", "Z=0", in: folder)
      try await withThrowingTaskGroup(of: Int32?.self) { group in
        for index in 0..<4 {
          group.addTask {
            try await Program(address)("version", "set", "--env", "V\(index)=\(index)", in: folder).status
          }
        }
        for try await status in group { #expect(status == 0) }
      }
      #expect(try Self.variables(emulator) == ["Z": "0", "V0": "0", "V1": "1", "V2": "2", "V3": "3"])
    }
  }

  @Test("that were set before a push failed are named, and the next push ends it")
  func halfWay() async throws {
    try await PlatformEmulator.running(.tests) { emulator, address in
      let folder = try TemporaryFolder.actor(Self.configuration(#"{"A": "1"}"#))
      let program = Program(address)
      #expect(try await program("push", in: folder).status == 0)
      try folder.write("main.js", "2")
      try folder.write(".actor/actor.json", Self.configuration(#"{"A": "2"}"#))
      emulator.inject(
        Fault(
          .error(status: 403, type: "insufficient-permissions", message: "no"),
          method: "PUT", route: "/v2/actors/{ref}/versions/{version}"))
      let failed = try await program("push", "--json", in: folder)
      #expect(failed.status == 1)
      #expect(failed.talk.contains("already set: A; the files are not changed"), "\(failed.talk)")
      #expect(failed.text.contains(#""versionState":"updated""#), "\(failed.text)")
      #expect(try Self.variables(emulator) == ["A": "2"])
      let next = try await program("push", in: folder)
      #expect(next.status == 0 && emulator.state.builds.count == 2, "\(next.talk)")
      #expect(try await program("push", in: folder).talk.contains("up to date"))
    }
  }

  @Test("that were under way when the push was interrupted are told of, beside those that are set")
  func underWay() async throws {
    try await PlatformEmulator.running(.tests) { emulator, address in
      let folder = try TemporaryFolder.actor(Self.configuration(#"{"A": "1", "B": "1"}"#))
      let program = Program(address)
      #expect(try await program("push", in: folder).status == 0)
      let route = "/v2/actors/{ref}/versions/{version}/env-vars/{variable}"
      for (variables, answered, says) in [
        (
          #"{"A": "2", "B": "2"}"#, 1,
          "already set: A; B may be set; the files are not changed"
        ),
        (#"{"A": "2", "B": "3"}"#, 0, "B may be set; the files are not changed"),
      ] {
        try folder.write(".actor/actor.json", Self.configuration(variables))
        for _ in 0..<answered { emulator.inject(Fault(.handled, method: "PUT", route: route)) }
        emulator.inject(Fault(.hung(isDone: true), method: "PUT", route: route))
        let failed = try await program("push", "--json", "--timeout", "3s", in: folder)
        #expect(failed.status != 0 && failed.talk.contains(says), "\(failed.talk)")
        #expect(failed.text.contains(#""versionState":"unknown""#), "\(failed.text)")
      }
    }
  }

  @Test("come from a dotenv file, under those of the command line")
  func envFile() async throws {
    try await PlatformEmulator.running(.tests) { emulator, address in
      let folder = try TemporaryFolder.actor()
      let home = try TemporaryFolder()
      try home.write("one.env", "A=1\nB='two words'\n")
      try home.write("two.env", "A=2\nC=3\n")
      try home.write("bad.env", "A=1\nnonsense\n")
      let program = Program(address)
      let push = try await program(
        "push", "--no-build", "--env-file", home("one.env"), "--env-file", home("two.env"), "--env", "C=4",
        in: folder)
      #expect(push.status == 0, "\(push.talk)")
      #expect(try Self.variables(emulator) == ["A": "2", "B": "two words", "C": "4"])
      let set = try await program("version", "set", "--env-file", home("one.env"), in: folder)
      #expect(set.status == 0)
      #expect(try Self.variables(emulator) == ["A": "1", "B": "two words", "C": "4"])
      let bad = try await program("push", "--env-file", home("bad.env"), in: folder)
      #expect(bad.status == 5 && bad.talk.contains("bad.env:2)"), "\(bad.talk)")
      let none = try await program("push", "--env-file", home("none"), in: folder)
      #expect(none.status == 5 && none.talk.contains("none cannot be read"), "\(none.talk)")
    }
  }

  @Test(
    "are refused before anything is sent where the platform has no such, however they are given",
    arguments: [
      ["--env", "\(String(repeating: "N", count: 101))=1"],
      ["--secret-env", "A\(String(repeating: "N", count: 100))"],
      ["--env-file", "long.env"], ["--secret-env", "A=@long.env"], [],
    ])
  func invalid(_ options: [String]) async throws {
    try await PlatformEmulator.running(.tests) { emulator, address in
      let folder = try TemporaryFolder.actor(
        options.isEmpty
          ? #"{"name": "my-actor", "environmentVariables": {"A": "@long"}}"# : #"{"name": "my-actor"}"#)
      let home = try TemporaryFolder()
      let long = String(repeating: "v", count: 50_001)
      try home.write(".apify/secrets.json", "{\"long\": \"\(long)\"}")
      try folder.write("long.env", "A=\(long)\n")
      let variables = ["HOME": home.path, "A\(String(repeating: "N", count: 100))": "1"]
      let program = Program(address)
      for command in [["push"], ["version", "set", "--build-tag", "beta"]]
      where !options.isEmpty || command == ["push"] {
        let output = try await program.run(command + options, in: folder, with: variables)
        #expect(output.status == 5, "\(output.talk)")
        #expect(
          output.talk.contains("must be 1 to 100 characters")
            || output.talk.contains("must be at most 50,000"),
          "\(output.talk)")
        #expect(output.talk.utf8.count < 300)
      }
      #expect(emulator.state.actors.isEmpty)
    }
  }

  @Test("that were removed there, and that actor.json says nothing about any longer, are named in --json")
  func named() async throws {
    try await PlatformEmulator.running(.tests) { _, address in
      let folder = try TemporaryFolder.actor(Self.configuration(#"{"A": "1", "B": "2"}"#))
      let program = Program(address)
      #expect(try await program("push", "--no-build", in: folder).status == 0)
      let elsewhere = try await Program(address)("version", "set", "--unset-env", "A", in: folder)
      #expect(elsewhere.status == 0, "\(elsewhere.talk)")
      func changes(_ key: String) async throws -> JSONValue? {
        let output = try await program("push", "--no-build", "--json", in: folder)
        return try JSONDecoder().decode(JSONValue.self, from: Data(output.bytes))["variableChanges"]?[key]
      }
      #expect(try await changes("restored") == .array([.string("A")]))
      #expect(try await changes("restored") == .array([]))
      try folder.write(".actor/actor.json", #"{"name": "my-actor", "version": "0.1"}"#)
      #expect(try await changes("undeclared") == .array([.string("A"), .string("B")]))
    }
  }

  @Test("that another directory of the machine has set are the work of others")
  func otherDirectory() async throws {
    try await PlatformEmulator.running(.tests) { emulator, address in
      let configuration =
        #"{"name": "my-actor", "version": "0.1", "environmentVariables": {"P": "plain"}}"#
      let (mine, theirs) = (
        try TemporaryFolder.actor(configuration), try TemporaryFolder.actor(configuration)
      )
      let program = Program(address)
      #expect(try await program("push", in: mine).status == 0)
      #expect(try await program("version", "set", "--env", "P=theirs", in: theirs).status == 0)
      let push = try await program("push", in: mine)
      #expect(push.status == 7 && push.talk.contains("environment variable P"), "\(push.talk)")
      #expect(try emulator.version("0.1", of: "~my-actor").envVars.map(\.value) == ["theirs"])
      // What the directory itself has set it may change.
      #expect(try await program("push", "--force", in: mine).status == 0)
      #expect(try await program("version", "set", "--env", "P=own", in: mine).status == 0)
      let again = try await program("push", in: mine)
      #expect(again.status == 0, "\(again.talk)")
    }
  }
}
