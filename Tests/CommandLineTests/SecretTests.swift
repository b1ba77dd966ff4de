// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import EmulatorFaults
import EmulatorTesting
import FoundationEssentials
import PlatformEmulator
import PlatformModel
import TestSupport
import Testing

@Suite("A package with a secret in it")
struct SecretTests {
  private static let value = "correct-horse-battery"

  /// A project with a secret in `config.js`, and a program that knows the secret.
  private struct Fixture {
    let folder: TemporaryFolder
    let home = try? TemporaryFolder()
    var program: Program

    init(_ source: Source, _ address: PlatformEmulator.Address) throws {
      folder = try TemporaryFolder.actor(
        source == .configuration
          ? #"{"name": "my-actor", "version": "0.1", "environmentVariables": {"KEY": "@key"}}"#
          : #"{"name": "my-actor", "version": "0.1"}"#)
      try folder.write("main.js", "1")
      let secret = source == .token ? Program.token : SecretTests.value
      try folder.write("config.js", "// settings\nkey = '\(secret)'\n")
      program = Program(address)
      program.environment["HOME"] = home?.path
      let isKept = source == .configuration || source == .secrets
      try home?.write(".apify/secrets.json", isKept ? "{\"key\": \"\(SecretTests.value)\"}" : "{}")
      if source == .option { program.environment["KEY"] = SecretTests.value }
    }
  }

  enum Source: CaseIterable {
    case configuration, secrets, option, token
  }

  @Test(
    "is not taken for none where the file of the secrets is damaged",
    arguments: [
      "{\"key\": \"\(value)\",}", "// mine\n{\"key\": \"\(value)\"}",
      "{\"key\": \"\(value)\", \"port\": 8080}", "", "[]",
    ])
  func damaged(_ contents: String) async throws {
    try await PlatformEmulator.running(.tests) { emulator, address in
      let fixture = try Fixture(.secrets, address)
      try fixture.home?.write(".apify/secrets.json", contents)
      for command in [
        ["push"], ["push", "--dry-run"], ["check"], ["list"], ["pack", "-o", "-"],
        ["version", "set", "--env", "A=\(Self.value)"],
      ] {
        let output = try await fixture.program.run(command, in: fixture.folder)
        #expect(output.status == 5, "\(command): \(output.talk)")
        #expect(output.talk.contains("~/.apify/secrets.json"), "\(command): \(output.talk)")
        #expect(!output.talk.contains(Self.value) && !output.text.contains(Self.value))
      }
      #expect(emulator.state.actors.isEmpty)
      let doctor = try await fixture.program("doctor", in: fixture.folder)
      #expect(doctor.status != 0 && doctor.text.contains("~/.apify/secrets.json"), "\(doctor.text)")
    }
  }

  @Test(
    "does not become the value of a plain variable",
    arguments: [
      (["--env-file", "env"], "TOKEN=\(Program.token)", "your Apify API token"),
      (["--env", "OTHER=at \(Program.token)"], "", "your Apify API token"),
      (["--env", "OTHER=apify_api_0123456789abcdefghijABCDEFGHIJ"], "", "an Apify API token"),
      (["--env", "OTHER=db:hunter2hunter2", "--secret-env", "DB"], "", "the value of DB"),
    ])
  func plainVariable(_ options: [String], _ file: String, _ secret: String) async throws {
    try await PlatformEmulator.running(.tests) { _, address in
      let folder = try TemporaryFolder.actor()
      let elsewhere = try TemporaryFolder()
      try elsewhere.write("env", file)
      for command in [["push"], ["version", "set"]] {
        let output = try await Program(address).run(
          command + options.map { $0 == "env" ? elsewhere("env") : $0 }, in: folder,
          with: ["DB": "hunter2hunter2"])
        #expect(output.status == 5, "\(output.talk)")
        #expect(output.talk.contains("holds \(secret)\n"), "\(output.talk)")
        #expect(output.talk.contains("--secret-env "), "\(output.talk)")
        #expect(!output.talk.contains(Program.token) && !output.talk.contains("hunter2"))
      }
    }
  }

  @Test(
    "is not sent; the file, the line and the secret's name are told, its value never",
    arguments: Source.allCases)
  func push(source: Source) async throws {
    try await PlatformEmulator.running(.tests) { emulator, address in
      let fixture = try Fixture(source, address)
      let (folder, program) = (fixture.folder, fixture.program)
      var arguments = ["push", "--json"]
      if source == .option { arguments += ["--secret-env", "KEY"] }
      let output = try await shell(
        Program.location(), arguments, in: folder.path, environment: program.environment)
      let name =
        switch source {
        case .configuration, .secrets: "the secret @key"
        case .option: "the value of KEY"
        case .token: "your Apify API token"
        }
      let failure = try JSONFailure(output)
      #expect(output.status == 5 && failure.error.type == "secret-in-package")
      #expect(failure.error.message.hasPrefix("config.js:2: contains \(name)"), "\(failure.error.message)")
      #expect(failure.error.message.contains("--allow-secret-in config.js"))
      let said = output.talk + output.text
      #expect(!said.contains(Self.value) && !said.contains(Program.token))
      #expect(emulator.state.actors.isEmpty)
      let allowed = try await shell(
        Program.location(), arguments + ["--allow-secret-in", "config.js"], in: folder.path,
        environment: program.environment)
      #expect(allowed.status == 0, "\(allowed.talk)")
    }
  }

  @Test("is marked by list and pack, and stops push --dry-run and check as it would stop the push")
  func marks() async throws {
    try await PlatformEmulator.running(.tests) { emulator, address in
      let fixture = try Fixture(.secrets, address)
      let (folder, program) = (fixture.folder, fixture.program)
      let home = try #require(fixture.home)
      let output = home("package")
      let list = try await program("list", in: folder)
      #expect(
        list.status == 0 && list.text.contains("  config.js  (contains the secret @key)\n"), "\(list.text)")
      #expect(list.text.components(separatedBy: "contains").count == 2)
      let json = try await program("list", "--json", in: folder)
      #expect(json.text.contains(#""secrets":["the secret @key"]}"#), "\(json.text)")
      let warning =
        "warning: contains the secret @key, and push sends no package with a secret in it (config.js:2)\n"
      for format in ["json", "zip"] {
        let pack = try await program("pack", "-o", output, "--format", format, in: folder)
        #expect(pack.status == 0 && pack.talk.contains(warning), "\(pack.talk)")
      }
      let dryRun = try await program("push", "--dry-run", in: folder)
      #expect(
        dryRun.status == 5 && dryRun.talk.contains("config.js:2: contains the secret @key"), "\(dryRun.talk)")
      #expect(dryRun.talk.contains("would create Actor"), "\(dryRun.talk)")
      // What the project says of checks does not lower it.
      try folder.write(".actor/actorpush.json", #"{"checks": {"secret-in-package": "off"}}"#)
      for arguments in [["check"], ["check", "--sarif"], ["push", "--dry-run"]] {
        let allowed = arguments + ["--allow-secret-in", "config.js"]
        let (refused, passed) = (
          try await program.run(arguments, in: folder), try await program.run(allowed, in: folder)
        )
        let said = refused.text + refused.talk
        #expect(refused.status == 5, "\(said)")
        let word = arguments[0] == "push" ? "contains the secret @key" : "secret-in-package"
        #expect(said.contains(word), "\(said)")
        #expect(!said.contains(Self.value))
        #expect(passed.status == 0, "\(arguments): \(passed.talk)")
      }
      #expect(emulator.state.actors.isEmpty)
    }
  }

  @Test(
    "is marked by list in a large file and in a binary one, of a commit too",
    arguments: [[], ["--commit", "HEAD"]])
  func listed(arguments: [String]) async throws {
    try await PlatformEmulator.running(.tests) { _, address in
      let fixture = try Fixture(.secrets, address)
      let folder = fixture.folder
      let filler = [UInt8](repeating: 0x20, count: 1 << 18)
      let value = Array(Self.value.utf8)
      // Over the end of the first buffer, behind the first segment, and behind a NUL.
      try folder.write("buffer.txt", filler.dropLast(5) + value + filler)
      try folder.write("segment.txt", filler + filler + filler + filler + value)
      try folder.write("binary", [0] + value)
      try folder.write("none.txt", filler + filler)
      try await git(["init", "-q"], in: folder.path)
      try await git(["add", "-A"], in: folder.path)
      try await git(["commit", "-qm", "x"], in: folder.path)
      let list = try await shell(
        Program.location(), ["list"] + arguments, in: folder.path, environment: fixture.program.environment)
      let marked = list.text.split(separator: "\n").filter { $0.hasSuffix("(contains the secret @key)") }
      let names = marked.map { $0.split(separator: " ")[2] }
      #expect(names == ["binary", "buffer.txt", "config.js", "segment.txt"], "\(list.text)\(list.talk)")
    }
  }

  @Test(
    "is not shown where the platform repeats it in an error",
    arguments: [
      ("POST", "/v2/actors/", ["push"]), ("PUT", "/v2/actors/", ["push"]),
      ("PUT", "/v2/actors/", ["version", "set"]),
    ])
  func repeated(method: String, path: String, command: [String]) async throws {
    try await PlatformEmulator.running(.tests) { emulator, address in
      let folder = try TemporaryFolder.actor()
      var program = Program(address)
      if method == "PUT" {
        program.environment["KEY"] = "another value"
        #expect(try await program.run(["push", "--secret-env", "KEY"], in: folder).status == 0)
      }
      // Of several lines, as a private key: the message is one line.
      program.environment["KEY"] = "line one\nline two"
      let message =
        "value 'line one\nline two' (line one  line two) of KEY is invalid: {\"value\": \"line one\\nline two\"}"
      emulator.inject(
        Fault(.error(status: 400, type: "invalid-value", message: message), method: method, pathPrefix: path),
        times: 20)
      let output = try await program.run(command + ["--secret-env", "KEY", "--json"], in: folder)
      let said = output.text + output.talk
      #expect(output.status == 1 && said.contains("value '[secret]' ([secret]) of KEY is invalid"), "\(said)")
      // A word that is a secret, too, does not change what kind of error it is.
      program.environment["KEY"] = "invalid"
      let word = try await program.run(command + ["--secret-env", "KEY", "--json"], in: folder)
      #expect(word.text.contains(#""type":"invalid-value""#), "\(word.text)")
      #expect(!said.contains("line one"), "\(said)")
    }
  }

  @Test("nor one in the name of a file or of a variable, and the branch of such a name is not told")
  func names() async throws {
    try await PlatformEmulator.running(.tests) { emulator, address in
      let folder = try TemporaryFolder.actor()
      let program = Program(address)
      try folder.write("src/\(Program.token).txt", "1")
      let file = try await shell(
        Program.location(), ["push"], in: folder.path, environment: program.environment)
      #expect(file.status == 5 && emulator.state.actors.isEmpty, "\(file.talk)")
      #expect(
        file.talk.contains("src: the name of something in it contains your Apify API token\n"), "\(file.talk)"
      )
      try folder.write(".actorignore", "src/\n")
      let variable = try await shell(
        Program.location(), ["push", "--env", "\(Program.token)=1"], in: folder.path,
        environment: program.environment)
      #expect(variable.status == 5 && emulator.state.actors.isEmpty, "\(variable.talk)")

      try await git(["init", "-q", "-b", "fix/\(Program.token)"], in: folder.path)
      try await git(["add", "-A"], in: folder.path)
      try await git(["commit", "-qm", "x"], in: folder.path)
      let pushed = try await program("push", in: folder)
      #expect(pushed.status == 0, "\(pushed.talk)")
      let files = try emulator.version("0.1", of: "~my-actor").files ?? []
      let provenance = files.first { $0.name == ".actor/provenance.json" }
      guard case .file(_, let text)? = provenance?.kind else {
        Issue.record("no provenance")
        return
      }
      #expect(text.contains("\"commit\"") && !text.contains("branch") && !text.contains(Program.token))
      try await git(["checkout", "-q", "-b", "fix/hunter2hunter2"], in: folder.path)
      let other = try await program.run(
        ["push", "--force", "--secret-env", "DB"], in: folder, with: ["DB": "hunter2hunter2"])
      #expect(other.status == 0, "\(other.talk)")
      let shown = try await program("version", "--json", in: folder)
      #expect(!shown.text.contains("hunter2"), "\(shown.text)")
    }
  }

  @Test("the offered option is one word to a shell")
  func quoted() async throws {
    try await PlatformEmulator.running(.tests) { _, address in
      let folder = try TemporaryFolder.actor()
      try folder.write("x$(touch ran);`id`", Program.token)
      let file = try await Program(address)("push", in: folder)
      #expect(file.talk.hasSuffix("--allow-secret-in 'x$(touch ran);`id`'\n"), "\(file.talk)")
      let other = try TemporaryFolder.actor(
        #"{"name": "my-actor", "version": "0.1", "environmentVariables": {"A;touch ran": "@m"}}"#)
      let variable = try await Program(address)("push", in: other)
      #expect(variable.talk.contains("--secret-env 'A;touch ran',"), "\(variable.talk)")
    }
  }

  @Test("a name in actor.json steers neither a terminal nor a runner, whatever it holds")
  func steering() async throws {
    try await PlatformEmulator.running(.tests) { _, address in
      let folder = try TemporaryFolder.actor(
        #"{"name": "my-actor", "version": "0.1", "environmentVariables": {"A\n::stop-commands::x\n\u001b[2J": "@N\n::error::y"}}"#
      )
      for more in [[:], ["GITHUB_ACTIONS": "true"]] {
        let output = try await Program(address).run(["push", "--dry-run"], in: folder, with: more)
        #expect(output.status == 5, "\(output.talk)")
        let lines = output.talk.split(separator: "\n")
        #expect(!lines.contains { $0.hasPrefix("::stop") || $0.hasPrefix("::error::y") }, "\(output.talk)")
        #expect(!output.talk.contains("\u{1B}"), "\(output.talk)")
      }
    }
  }
}
