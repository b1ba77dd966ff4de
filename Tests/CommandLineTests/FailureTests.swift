// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import EmulatorFaults
import EmulatorTesting
import FoundationEssentials
import PlatformEmulator
import PlatformModel
import TestSupport
import Testing

/// Each thing that can be wrong has one line, an exit status, and one JSON object.
@Suite("A failure")
struct FailureTests {
  /// Something wrong with a project, what the line says about it, and how the program ends.
  struct Mishap: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let status: Int32
    let type: String
    let says: [String]
    var arguments: [String] = []
    var environment: [String: String] = [:]
    var configuration: String?
    var prepare: @Sendable (TemporaryFolder) throws -> Void = { _ in }
    var faults: [Fault] = []

    init(
      _ description: String, _ status: Int32, _ type: String, says: String..., arguments: [String] = [],
      environment: [String: String] = [:], configuration: String? = #"{"name": "my-actor"}"#,
      faults: [Fault] = [],
      prepare: @escaping @Sendable (TemporaryFolder) throws -> Void = { _ in }
    ) {
      testDescription = description
      (self.status, self.type, self.says, self.arguments) = (status, type, says, arguments)
      (self.environment, self.configuration, self.faults, self.prepare) = (
        environment, configuration, faults, prepare
      )
    }
  }

  static let mishaps: [Mishap] = [
    Mishap(
      "no such folder", 5, "folder-not-found", says: "no such directory (/nope/at/all)",
      arguments: ["/nope/at/all"]),
    Mishap(
      "a file for a folder", 5, "not-a-folder", says: "not a directory", arguments: [".actor/actor.json"]),
    Mishap(
      "no Actor", 4, "no-actor", says: "no Actor here: .actor/actor.json is missing", "actorpush init",
      configuration: nil),
    Mishap("no name", 5, "invalid-actor-json", says: "--actor", configuration: "{}"),
    Mishap(
      "broken JSON", 5, "invalid-actor-json", says: "not valid JSON", "(.actor/actor.json:3:1)",
      configuration: "{\n  \"name\": \"x\",\n}"),
    Mishap(
      "a number for a name", 5, "invalid-actor-json", says: "(.actor/actor.json:2:9)",
      "must be a string, not a number",
      configuration: "{\n\"name\": 5}"),
    Mishap(
      "a name with capitals", 5, "invalid-actor-json", says: ":1:10)", "\"My Actor\"",
      configuration: #"{"name": "My Actor"}"#),
    Mishap(
      "a bad version", 5, "invalid-actor-json", says: ":1:33)", "0.1",
      configuration: #"{"name": "my-actor", "version": "1.2.3"}"#),
    Mishap(
      "variables in an array", 5, "invalid-actor-json", says: "an object of strings, not an array",
      configuration: #"{"name": "my-actor", "environmentVariables": []}"#),
    Mishap(
      "a variable that is a number", 5, "invalid-actor-json",
      says: "\"environmentVariables.A\" must be a string",
      configuration: #"{"name": "my-actor", "environmentVariables": {"A": 1}}"#),
    Mishap(
      "a number for a path", 5, "invalid-actor-json", says: "(.actor/actor.json:1:36)",
      "\"dockerfile\" must be a path (a string), not a number",
      configuration: #"{"name": "my-actor", "dockerfile": 5}"#),
    Mishap(
      "a schema in a list", 5, "invalid-actor-json",
      says: "\"storages.dataset\" must be a path (a string) or an object",
      configuration: #"{"name": "my-actor", "storages": {"dataset": []}}"#),
    Mishap(
      "a tag with a blank", 5, "invalid-actor-json", says: "not \"my tag\"",
      configuration: #"{"name": "my-actor", "buildTag": "my tag"}"#),
    Mishap(
      "a bad version option", 64, "usage", says: "--version 1.100", arguments: ["--version", "1.100"]),
    Mishap("a bad Actor option", 64, "usage", says: "--actor a~b~c", arguments: ["--actor", "a~b~c"]),
    Mishap(
      "an Actor that is not there", 4, "no-such-actor", says: "another account",
      arguments: ["--actor", "abcdefghijklmnopq"]),
    Mishap(
      "a name that no Actor can have", 5, "invalid-input", says: "3 to 63 characters",
      arguments: ["--actor", "~ab"]),
    Mishap("no token", 1, "no-token", says: "set APIFY_TOKEN", environment: ["APIFY_TOKEN": ""]),
    Mishap(
      "a wrong token", 1, "user-or-token-not-found", says: "check the token",
      environment: ["APIFY_TOKEN": "apify_api_wrong"]),
    Mishap(
      "a missing token file", 1, "no-token",
      says: "the token file cannot be read: No such file or directory (/nope)",
      arguments: ["--token-file", "/nope"]),
    Mishap(
      "a bad address", 64, "usage", says: "--api-url: ", arguments: ["--api-url", "ftp://example.com"]),
    Mishap(
      "http to another machine", 64, "usage", says: "unprotected",
      arguments: ["--api-url", "http://example.com"]),
    Mishap("an unknown option", 64, "usage", says: "--bogus", arguments: ["--bogus"]),
    Mishap(
      "a body that is too large", 1, "request-too-large", says: "413",
      faults: [
        Fault(
          .error(status: 413, type: "request-too-large", message: "The POST payload is too large"),
          method: "POST")
      ]),
    Mishap(
      "a refused request", 1, "invalid-value", says: "sourceFiles is invalid", "400",
      faults: [
        Fault(.error(status: 400, type: "invalid-value", message: "sourceFiles is invalid"), method: "POST")
      ]),
    Mishap(
      "a token that may not write", 1, "insufficient-permissions", says: "write access", "403",
      faults: [Fault(.error(status: 403, type: "insufficient-permissions", message: "No."), method: "POST")]),
    Mishap(
      "a page that is not there", 1, "page-not-found", says: "404",
      faults: [
        Fault(
          .error(status: 404, type: "page-not-found", message: "There is no such page."),
          pathPrefix: "/v2/users")
      ]),
    Mishap(
      "HTML instead of JSON", 1, "invalid-response", says: "is the address that of the Apify API?",
      faults: [
        Fault(
          .raw(status: 404, headers: ["Content-Type": "text/html"], body: "<html><h1>Hello</h1></html>"),
          pathPrefix: "/v2/users")
      ]),
    Mishap(
      "a link out of the tree", 5, "link-outside",
      says: "a symbolic link to /etc/passwd, out of the project (out)"
    ) {
      try $0.link("out", to: "/etc/passwd")
    },
    Mishap("a link to nothing", 5, "link-broken", says: "a broken symbolic link to nowhere (gone)") {
      try $0.link("gone", to: "nowhere")
    },
    Mishap("a link in a circle", 5, "link-cycle", says: "a symbolic link to .. that forms a cycle (a/up)") {
      try $0.folder("a")
      try $0.link("a/up", to: "..")
    },
    Mishap("a link to itself", 5, "link-cycle", says: "self") { try $0.link("self", to: "self") },
    Mishap("a link into .git", 5, "link-into-git", says: "never packaged") {
      try $0.write(".git/config", "[core]")
      try $0.link("config", to: ".git/config")
    },
    Mishap(
      "files over the inline limit", 5, "package-too-large", says: "at least 3,200,000 bytes", "3,145,728",
      "big.txt (3.2 MB)", ".actorignore", arguments: ["--source-type", "files"]
    ) {
      try $0.write("big.txt", String(repeating: "x", count: 3_200_000))
    },
  ]

  @Test("is none in a field that only a build reads, for what sends no files")
  func unsent() async throws {
    try await PlatformEmulator.running(.tests) { _, address in
      let folder = try TemporaryFolder.actor(#"{"name": "my-actor"}"#)
      let program = Program(address)
      #expect(try await program("push", "--no-build", in: folder).status == 0)
      try folder.write(".actor/actor.json", #"{"name": "my-actor", "readme": 5}"#)
      for (arguments, status) in [
        (["builds"], 0), (["version"], 0), (["version", "set", "--env", "A=1"], 0), (["diff"], 0),
        (["check"], 5), (["push"], 5), (["push", "--dry-run"], 5), (["pack", "-o", "-"], 5),
      ] as [([String], Int32)] {
        let output = try await program.run(arguments, in: folder)
        #expect(output.status == status, "\(arguments): \(output.talk)")
        let says = (output.talk + output.text).contains("\"readme\" must be a path (a string), not a number")
        #expect(says == (status != 0), "\(arguments): \(output.talk)")
      }
    }
  }

  @Test("of push says what is wrong, in one line and as JSON", arguments: mishaps)
  func push(_ mishap: Mishap) async throws {
    try await PlatformEmulator.running(.tests) { emulator, address in
      let folder = try TemporaryFolder()
      if let configuration = mishap.configuration { try folder.write(".actor/actor.json", configuration) }
      try mishap.prepare(folder)
      var program = Program(address)
      program.environment.merge(mishap.environment) { $1 }
      for asJSON in [false, true] {
        emulator.clearFaults()
        for fault in mishap.faults { emulator.inject(fault) }
        let output = try await program.run(
          ["push"] + mishap.arguments + (asJSON ? ["--json"] : []), in: folder)
        #expect(output.status == mishap.status, "\(output.talk)")
        for words in mishap.says { #expect(output.talk.contains(words), "\(output.talk)") }
        #expect(!output.talk.contains(Program.token))
        if asJSON {
          let failure = try JSONFailure(output)
          #expect(!failure.ok && failure.error.type == mishap.type && failure.exitCode == mishap.status)
        } else {
          #expect(output.bytes.isEmpty)
          // What was about to happen may stand before it; the error is one line, and what to do another, the
          // last.
          var lines = output.talk.split(separator: "\n")
          if lines.last?.hasPrefix("help: ") == true { lines.removeLast() }
          #expect(lines.last?.hasPrefix("error: ") == true, "\(output.talk)")
          #expect(!lines.dropLast().contains { $0.hasPrefix("error: ") })
          // Notes have their help below them, too.
          for (line, next) in zip(lines, lines.dropFirst()) where next.hasPrefix("help: ") {
            #expect(line.hasPrefix("note: ") || line.hasPrefix("warning: "), "\(output.talk)")
          }
          MessageTable.add(output.talk, of: mishap.testDescription, to: "failures of push")
        }
      }
      #expect(emulator.state.actors.isEmpty || mishap.status == 1)
    }
  }

  @Test("to reach the host names it")
  func unreachable() async throws {
    let folder = try TemporaryFolder.actor()
    // A port that was free a moment ago.
    let address = try await PlatformEmulator.running(.tests) { _, address in address }
    let output = try await Program(address)("push", in: folder)
    #expect(
      output.status == 1 && output.talk.contains(address.baseURL)
        && output.talk.contains("connection refused"))
  }

  @Test("to write says where, and leaves nothing behind")
  func output() async throws {
    let folder = try TemporaryFolder.actor()
    for (path, words) in [
      ("/dev/full", "No space left on device"), ("/nope/x.json", "No such file"),
      (folder.path, "Is a directory"),
    ] {
      let output = try await Program()("pack", "-o", path, in: folder)
      #expect(output.status == 1 && output.talk.contains(words), "\(output.talk)")
    }
    try folder.link("out", to: "/etc/passwd")
    let failed = try await Program()("pack", "-o", "package.json", in: folder)
    #expect(failed.status == 5)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() == [".actor", "out"])
  }

  @Test(
    "does not cost a file that is no output of before",
    arguments: [["pack"], ["pack", "--format", "zip"], ["report"]])
  func replaced(_ command: [String]) async throws {
    let folder = try TemporaryFolder.actor()
    let contents = ["{\"a\": 1}", "#!/bin/sh\n", "<!doctype html>\n<title>shop</title>\n", "P"]
    for content in contents {
      try folder.write("main.js", content)
      let output = try await Program().run(command + ["-o", "main.js"], in: folder)
      #expect(
        output.status == 5 && output.talk.contains(", and is not replaced (main.js)"), "\(output.talk)")
      #expect(try String(contentsOfFile: folder("main.js"), encoding: .utf8) == content)
    }
    // What is empty, and what it wrote itself, whichever the format.
    try folder.write("out", "")
    let formats = command == ["report"] ? [[], []] : ["json", "zip", "json"].map { ["--format", $0] }
    for format in formats {
      let output = try await Program().run(command.prefix(1) + format + ["-o", "out"], in: folder)
      #expect(output.status == 0, "\(output.talk)")
    }
  }

  @Test("for a name that is not UTF-8 shows its bytes")
  func name() async throws {
    let folder = try TemporaryFolder.actor()
    _ = try await shell(
      "python3", ["-c", "import os, sys; open(os.fsencode(sys.argv[1]) + b'/x\\xff\\n', 'w')", folder.path])
    let output = try await Program()("pack", "-o", "/dev/null", in: folder)
    #expect(
      output.status == 5
        && output.talk.contains("the name is not valid UTF-8, which the platform requires (x\\xFF\\n)"),
      "\(output.talk)")
  }

  @Test("does not come of a FIFO, which is passed over with a warning")
  func fifo() async throws {
    let folder = try TemporaryFolder.actor()
    _ = try await shell("mkfifo", [folder("pipe")])
    let output = try await Program()("list", "-0", in: folder)
    #expect(output.status == 0 && output.text == ".actor/\0.actor/actor.json\0")
    let warning = "warning: a FIFO, socket or device has no content to send; left out (pipe)\n"
    #expect(output.talk.contains(warning), "\(output.talk)")
  }

  @Test("of nobody reading is quiet")
  func brokenPipe() async throws {
    let folder = try TemporaryFolder.actor()
    try folder.write("large", Array(repeating: 0x61, count: 4_000_000))
    let output = try await shell(
      "sh", ["-c", "\"$0\" pack -o - . 2>talk | head -c 1 >/dev/null; cat talk", Program.location()],
      in: folder.path)
    #expect(output.text.isEmpty && output.status == 0)
  }
}
