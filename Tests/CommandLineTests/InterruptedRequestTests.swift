// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import EmulatorFaults
import EmulatorTesting
import FoundationEssentials
import PlatformEmulator
import PlatformModel
import TestSupport
import Testing

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

@Suite("Ctrl-C while a request has no answer", .timeLimit(.minutes(1)))
struct InterruptedRequestTests {
  struct Row: Sendable, CustomTestStringConvertible {
    let arguments: [String]
    let method: String
    /// What the path of the request begins with; the Actor's id is `{id}`, the build's `{build}`.
    let path: String
    let says: String

    var testDescription: String { arguments.joined(separator: " ") }
  }

  static let rows = [
    Row(
      arguments: ["build", "--start"], method: "POST", path: "/v2/actors/{id}/builds",
      says: "error: interrupted; a build may have been started\n"),
    Row(
      arguments: ["build", "--abort"], method: "POST", path: "/v2/actor-builds/{build}/abort",
      says: "error: interrupted; build 0.1.1 may be aborted\n"),
    Row(
      arguments: ["tag", "beta", "--build", "0.1.1"], method: "PUT", path: "/v2/actors/{id}",
      says: "error: interrupted; beta may point at build 0.1.1\n"),
    Row(
      arguments: ["version", "set", "--env", "A=1"], method: "POST",
      path: "/v2/actors/{id}/versions/0.1/env-vars",
      says: "error: interrupted; A may be set; the files are not changed\n"),
    Row(arguments: ["doctor"], method: "GET", path: "/v2/users/me", says: "error: interrupted\n"),
    Row(arguments: ["builds"], method: "GET", path: "/v2/actors", says: "error: interrupted\n"),
  ]

  @Test(
    "has the build in JSON that was started, and a phase that there was",
    arguments: [
      (["build", "--start"], "build"), (["build", "--follow"], "platform"), (["builds"], "platform"),
    ])
  func inJSON(_ arguments: [String], _ phase: String) async throws {
    struct Report: Decodable {
      struct Build: Decodable { let number: String }
      struct Cause: Decodable { let phase: String }
      let build: Build?
      let error: Cause
    }
    try await PlatformEmulator.running(.tests) { emulator, address in
      let folder = try TemporaryFolder.actor()
      let program = Program(address)
      if arguments.contains("--follow") { emulator.script(BuildScript(.hang)) }
      #expect(try await program("push", "--no-build", in: folder).status == 0)
      if arguments.contains("--follow") {
        #expect(try await program("build", "--start", "--wait", "0", in: folder).status == 6)
      }
      if arguments.contains("--start") { emulator.script(BuildScript(.hang)) }
      if arguments == ["builds"] {
        emulator.inject(Fault(.hung(isDone: false), method: "GET", pathPrefix: "/v2/actors"))
      }
      emulator.clearRequests()
      let command = try Program.location()
      async let running = shell(
        "sh", ["-c", #"echo $$ > pid; exec "$0" "$@" --json"#, command] + arguments, in: folder.path,
        environment: program.environment)
      let isStarted = arguments.contains("--start")
      try await waitUntil("its work") { () -> Void? in
        // Where a log is followed, the answer is there that says of which build.
        let follows = emulator.requests.contains { $0.request.path.contains("/v2/logs/") }
        let hasBegun = arguments == ["builds"] ? emulator.pendingFaults == 0 : follows
        return hasBegun && FileManager.default.fileExists(atPath: folder.path + "/pid") ? () : nil
      }
      let text = try String(contentsOfFile: folder.path + "/pid", encoding: .utf8)
      kill(try #require(Int32(text.filter(\.isNumber))), SIGINT)
      let output = try await running
      let report = try JSONDecoder().decode(Report.self, from: Data(output.bytes))
      #expect(output.status == 130 && report.error.phase == phase, "\(output.text)")
      if isStarted { #expect(report.build?.number == "0.1.1", "\(output.text)") }
    }
  }

  @Test("says what may have been done, and ends with 130", arguments: rows)
  func told(_ row: Row) async throws {
    try await PlatformEmulator.running(.tests) { emulator, address in
      let folder = try TemporaryFolder.actor()
      let program = Program(address)
      #expect(try await program("push", in: folder).status == 0)
      let actor = try emulator.actor("~my-actor").id
      let build = try emulator.builds(of: "~my-actor").first?.id ?? ""
      let path = row.path.replacing("{id}", with: actor).replacing("{build}", with: build)
      emulator.inject(Fault(.hung(isDone: false), method: row.method, pathPrefix: path))
      let command = try Program.location()
      async let running = shell(
        "sh", ["-c", #"echo $$ > pid; exec "$0" "$@""#, command] + row.arguments, in: folder.path,
        environment: program.environment)
      try await waitUntil("the fault") { emulator.pendingFaults == 0 ? () : nil }
      let text = try String(contentsOfFile: folder.path + "/pid", encoding: .utf8)
      let id = try #require(Int32(text.filter(\.isNumber)))
      kill(id, SIGINT)
      let output = try await running
      #expect(output.status == 130 && output.talk.hasSuffix(row.says), "\(output.talk)")
    }
  }
}
