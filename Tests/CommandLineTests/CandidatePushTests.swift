// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import EmulatorFaults
import EmulatorTesting
import FoundationEssentials
import PlatformEmulator
import PlatformModel
import TestSupport
import Testing

@Suite("push --candidate")
struct CandidatePushTests {
  struct Report: Decodable {
    struct Candidate: Decodable {
      struct Run: Decodable {
        let status: String
        let url: String
      }
      let tag: String
      struct Build: Decodable { let number: String }
      let targetTag: String
      let previousBuild: Build?
      let promoted: Bool?
      let run: Run?
    }
    struct Cause: Decodable {
      let type: String
      let message: String
      let phase: String
      let logTail: [String]?
    }
    let ok: Bool
    let candidate: Candidate
    let error: Cause?
    let exitCode: Int32

    init(_ output: Output) throws { self = try JSONDecoder().decode(Self.self, from: Data(output.bytes)) }
  }

  @Test("does not say whether the tag has moved where no answer tells")
  func unanswered() async throws {
    try await PlatformEmulator.running(.tests) { emulator, address in
      let folder = try TemporaryFolder.actor(#"{"name": "my-actor", "version": "0.1", "buildTag": "latest"}"#)
      let program = Program(address)
      #expect(try await program("push", in: folder).status == 0)
      try folder.write("main.js", "1")
      let fault = #"{"faults": [{"method": "PUT", "path": "/v2/actors/*", "fault": "hang", "done": true}]}"#
      emulator.schedule(try FaultFile(Array(fault.utf8)).schedule)
      let output = try await program("push", "--candidate", "--json", "--timeout", "3s", in: folder)
      let report = try Report(output)
      #expect(output.status == 6 && report.candidate.promoted == nil, "\(output.text)")
      #expect(report.error?.message.contains("latest may point at it") == true, "\(output.text)")
      #expect(try emulator.build(tagged: "latest", of: "~my-actor")?.buildNumber == "0.1.2")
    }
  }

  @Test("moves the tag when build and run have succeeded, and leaves it else")
  func moves() async throws {
    try await PlatformEmulator.running(.tests) { emulator, address in
      let folder = try TemporaryFolder.actor(#"{"name": "my-actor", "version": "0.1", "buildTag": "latest"}"#)
      let program = Program(address)
      #expect(try await program("push", in: folder).status == 0)
      try folder.write("main.js", "1")
      try folder.write("input.json", #"{"url": "x"}"#)
      emulator.scriptRun(BuildScript(.fail, logLines: ["boom"]))
      let arguments = ["push", "--candidate", "--candidate-tag", "try", "--input", "input.json", "--json"]
      func push() async throws -> Output {
        try await shell(Program.location(), arguments, in: folder.path, environment: program.environment)
      }
      let failed = try await push()
      let left = try Report(failed)
      #expect(failed.status == 1 && left.exitCode == 1 && left.error?.type == "run-failed", "\(failed.talk)")
      #expect(left.error?.phase == "run" && left.error?.logTail?.contains { $0.contains("boom") } == true)
      #expect(left.error?.message.hasSuffix("; latest still points at build 0.1.1") == true)
      #expect(
        left.candidate.tag == "try" && left.candidate.promoted == false
          && left.candidate.run?.status == "FAILED")
      #expect(try emulator.build(tagged: "latest", of: "~my-actor")?.buildNumber == "0.1.1")
      #expect(try emulator.build(tagged: "try", of: "~my-actor")?.buildNumber == "0.1.2")
      // The same build again, with a run that succeeds: built once, run twice.
      let moved = try await push()
      let promoted = try Report(moved)
      #expect(moved.status == 0 && promoted.ok && promoted.candidate.promoted == true, "\(moved.talk)")
      #expect(
        promoted.candidate.previousBuild?.number == "0.1.1"
          && promoted.candidate.run?.url.contains("/runs/") == true)
      #expect(moved.talk.contains("latest: 0.1.1 → 0.1.2"), "\(moved.talk)")
      #expect(try emulator.build(tagged: "latest", of: "~my-actor")?.buildNumber == "0.1.2")
      #expect(emulator.state.builds.count == 2 && emulator.state.runs.count == 2)
      #expect(emulator.state.runs.values.allSatisfy { $0.inputByteCount == 12 })
    }
  }

  @Test(
    "refuses an input that is no JSON object before anything is sent", arguments: ["[1]", "{", "nothing"])
  func input(_ text: String) async throws {
    try await PlatformEmulator.running(.tests) { emulator, address in
      let folder = try TemporaryFolder.actor()
      if text != "nothing" { try folder.write("in.json", text) }
      let output = try await Program(address)("push", "--candidate", "--input", "in.json", in: folder)
      #expect(
        output.status == 5 && output.talk.contains("in.json") && emulator.requestCount == 0, "\(output.talk)")
    }
  }

  @Test("ends its run with the push", arguments: ["SIGINT"])
  func interrupted(_ signal: String) async throws {
    try await PlatformEmulator.running(.tests) { emulator, address in
      let folder = try TemporaryFolder.actor(#"{"name": "my-actor", "version": "0.1", "buildTag": "latest"}"#)
      try folder.write("in.json", "{}")
      emulator.scriptRun(BuildScript(.hang))
      let output = try await shell(
        "python3", ["-c", Self.script, Program.location(), signal], in: folder.path,
        environment: Program(address).environment)
      #expect(output.status == 130 && output.talk.contains("latest points at no build yet"), "\(output.talk)")
      #expect(emulator.state.runs.values.map(\.status) == [.aborted])
      #expect(try emulator.build(tagged: "latest", of: "~my-actor") == nil)
    }
  }

  /// Pushes until the run is under way, sends a signal, and prints how it ended.
  private static let script = """
    import signal, subprocess, sys
    push = subprocess.Popen([sys.argv[1], 'push', '--candidate', '--input', 'in.json'], stderr=subprocess.PIPE, text=True)
    talk = ''
    for line in push.stderr:
        talk += line
        if line.startswith('running '):
            push.send_signal(getattr(signal, sys.argv[2]))
    sys.stderr.write(talk)
    sys.exit(push.wait())
    """

  @Test("takes no run of before for its own, however new, where starting one fails at first")
  func startedAgain() async throws {
    try await PlatformEmulator.running(.tests) { emulator, address in
      let folder = try TemporaryFolder.actor(#"{"name": "my-actor", "version": "0.1", "buildTag": "latest"}"#)
      let (program, inputs) = (Program(address), try TemporaryFolder())
      #expect(try await program("push", in: folder).status == 0)
      try folder.write("main.js", "1")
      try inputs.write("1", #"{"x": 1}"#)
      try inputs.write("2", #"{"x": 2}"#)
      let first = try await program("push", "--candidate", "--input", inputs("1"), in: folder)
      #expect(first.status == 0, "\(first.talk)")
      #expect(try await program("tag", "latest", "--build", "0.1.1", in: folder).status == 0)
      let actor = try emulator.actor("~my-actor")
      emulator.inject(
        Fault(
          .raw(status: 503, headers: [:], body: ""), method: "POST", pathPrefix: "/v2/actors/\(actor.id)/runs"
        ))
      let second = try await program("push", "--candidate", "--input", inputs("2"), in: folder)
      #expect(second.status == 0 && emulator.pendingFaults == 0, "\(second.talk)")
      #expect(emulator.state.runs.count == 2, "\(second.talk)")
    }
  }
}
