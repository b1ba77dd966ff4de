// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import EmulatorTesting
import FoundationEssentials
import PlatformEmulator
import PlatformModel
import TestSupport
import Testing

@Suite("In a job of GitHub Actions")
struct GitHubTests {
  private func variables(_ folder: TemporaryFolder, _ runner: TemporaryFolder) -> [String: String] {
    [
      "GITHUB_ACTIONS": "true", "CI": "true", "GITHUB_WORKSPACE": folder.path,
      "GITHUB_OUTPUT": runner("output"), "GITHUB_STEP_SUMMARY": runner("summary"),
    ]
  }

  private func text(_ path: String) -> String {
    FileManager.default.contents(atPath: path).map { String(decoding: $0, as: UTF8.self) } ?? ""
  }

  @Test("a warning of a directory below marks no file of the same name here")
  func warningBelow() async throws {
    let folder = try TemporaryFolder()
    try folder.write("sub/.actor/actor.json", #"{"name": "my-actor", "version": "0.1"}"#)
    try folder.write("gone", "")
    try folder.link("sub/gone", to: "nowhere")
    let output = try await Program()(
      "list", "sub", "--skip-broken-links", in: folder,
      with: ["GITHUB_ACTIONS": "true", "GITHUB_WORKSPACE": folder.path])
    #expect(output.status == 0 && output.talk.contains("::warning title=actorpush::"), "\(output.talk)")
  }

  @Test("a push gives outputs and a summary")
  func outputs() async throws {
    try await PlatformEmulator.running(.tests) { emulator, address in
      let (folder, runner) = (try TemporaryFolder.actor(), try TemporaryFolder())
      // What an earlier program of the step has left without a line's end stays what it is.
      try runner.write("output", "old=1")
      let output = try await Program(address)("push", in: folder, with: variables(folder, runner))
      #expect(output.status == 0, "\(output.talk)")
      let lines = text(runner("output")).split(separator: "\n").map(String.init)
      #expect(lines.first == "old=1")
      let outputs = Dictionary(
        uniqueKeysWithValues: lines.map { line in
          (String(line.prefix { $0 != "=" }), String(line.drop { $0 != "=" }.dropFirst()))
        })
      let build = try #require(try emulator.builds(of: "~my-actor").last)
      #expect(outputs["build-number"] == "0.1.1" && outputs["build-id"] == build.id)
      #expect(outputs["digest"]?.count == 64 && outputs["action"] == "create-actor")
      #expect(outputs["url"]?.contains("/builds/") == true, "\(outputs)")
      let summary = text(runner("summary"))
      #expect(
        summary.hasPrefix("### actorpush: done\n") && summary.contains("| build | `0.1.1` |"), "\(summary)")
      var nowhere = variables(folder, runner)
      nowhere["GITHUB_OUTPUT"] = runner("none/output")
      let unwritten = try await Program(address)("push", in: folder, with: nowhere)
      #expect(
        unwritten.status == 0
          && unwritten.talk.contains("the outputs of the step cannot be written to \(runner("none/output"))"),
        "\(unwritten.talk)")
    }
  }

  @Test("what fails is an annotation, of its file and line where there is one")
  func annotations() async throws {
    try await PlatformEmulator.running(.tests) { emulator, address in
      let (folder, runner) = (try TemporaryFolder.actor(), try TemporaryFolder())
      let program = Program(address)
      try folder.write(".actor/actor.json", "{\n  \"name\": \"x\",\n}")
      let broken = try await program("push", in: folder, with: variables(folder, runner))
      #expect(broken.status == 5)
      #expect(
        broken.talk.contains("\n::error title=actorpush,file=.actor/actor.json,line=3,col=1::not valid JSON"),
        "\(broken.talk)")
      try folder.write(".actor/actor.json", #"{"name": "my-actor"}"#)
      emulator.script(BuildScript(.fail, logLines: ["100% of it\u{0D}::set-output name=x::y"]))
      let failed = try await program("push", in: folder, with: variables(folder, runner))
      #expect(failed.status == 1 && failed.talk.contains("\n::error title=actorpush::build 0.0.1 failed"))
      #expect(text(runner("summary")).contains("### actorpush: failed\n"), "\(text(runner("summary")))")
      let usage = try await program("push", "--bogus", in: folder, with: variables(folder, runner))
      #expect(usage.status == 64 && usage.talk.contains("\n::error title=actorpush::unknown option --bogus"))
    }
  }

  @Test("no line of a build's log, and no name, gives the runner a command")
  func commands() async throws {
    try await PlatformEmulator.running(.tests) { emulator, address in
      let (folder, runner) = (try TemporaryFolder.actor(), try TemporaryFolder())
      try folder.write("::add-mask::a", "x")
      try folder.link("::warning::gone", to: "nowhere")
      let lines = ["::add-mask::secret", "  ::stop-commands::x", "##[add-path]/tmp", "a\u{0D}::debug::b"]
      for outcome in [BuildScript.Outcome.succeed, .fail] {
        emulator.script(BuildScript(outcome, logLines: lines))
        for arguments in [
          ["push", "--skip-broken-links", "--build"], ["push", "--skip-broken-links", "--build", "-q"],
        ] {
          let output = try await shell(
            Program.location(), arguments, in: folder.path,
            environment: Program(address).environment.merging(variables(folder, runner)) { $1 })
          for line in (output.talk + output.text).split(whereSeparator: {
            $0 == "\n" || $0 == "\r" || $0 == "\r\n"
          }) {
            let start = line.drop { $0 == " " }
            #expect(
              !start.hasPrefix("::") || start.hasPrefix("::error title=actorpush")
                || start.hasPrefix("::warning title=actorpush"), "\(line)")
            #expect(!line.contains("##["), "\(line)")
          }
        }
      }
    }
  }

  @Test(
    "no name on standard output gives the runner a command",
    arguments: [
      "check", "list", "list --tree", "list --ignored", "list --all", "list --json", "list --ignored --json",
      "check --json", "check --sarif", "explain ::error::d/m.js", "report -o -",
    ])
  func names(_ command: String) async throws {
    let (folder, runner) = (try TemporaryFolder.actor(), try TemporaryFolder())
    let conflict = "<<<<<<< a\n=======\n>>>>>>> b\n"
    for name in ["::warning::m.js", "  ::error::n.js", "x##[set-output name=x]y", "::error::d/m.js"] {
      try folder.write(name, conflict)
    }
    try folder.write(".gitignore", "*.js\n!m.js\n")
    try folder.write("::error::d/.actor/actor.json", #"{"name": "other-actor", "version": "0.1"}"#)
    let output = try await shell(
      Program.location(), command.split(separator: " ").map(String.init), in: folder.path,
      environment: Program().environment.merging(variables(folder, runner)) { $1 })
    #expect(!output.text.isEmpty)
    for line in (output.talk + output.text).split(whereSeparator: \.isNewline) {
      let start = line.drop(while: \.isWhitespace)
      let isOurs = ["error", "warning", "notice"].contains { start.hasPrefix("::\($0) title=actorpush") }
      // What is a command is not searched for another one.
      #expect(isOurs || !start.hasPrefix("::") && !line.contains("##["), "\(line.prefix(200))")
    }
    if command.hasSuffix("--json") { _ = try JSONValue(output.bytes) }
  }

  @Test("an address of the run that cannot be sent is not")
  func addressOfTheRun() async throws {
    try await PlatformEmulator.running(.tests) { _, address in
      let folder = try TemporaryFolder.actor()
      let run = ["GITHUB_SERVER_URL": "https://x", "GITHUB_REPOSITORY": "a/b", "GITHUB_RUN_ID": "1\r"]
      let output = try await Program(address)("push", "--timeout", "60s", in: folder, with: run)
      #expect(output.status == 0, "\(output.talk)")
    }
  }

  @Test("nothing of it is done elsewhere")
  func elsewhere() async throws {
    try await PlatformEmulator.running(.tests) { _, address in
      let (folder, runner) = (try TemporaryFolder.actor(), try TemporaryFolder())
      var variables = variables(folder, runner)
      variables["GITHUB_ACTIONS"] = nil
      #expect(try await Program(address)("push", in: folder, with: variables).status == 0)
      #expect(text(runner("output")).isEmpty && text(runner("summary")).isEmpty)
      let failed = try await Program(address)("push", "--bogus", in: folder, with: variables)
      #expect(!failed.talk.contains("::error"))
    }
  }
}
