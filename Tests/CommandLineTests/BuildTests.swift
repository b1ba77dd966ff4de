// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import EmulatorFaults
import EmulatorTesting
import FoundationEssentials
import PlatformEmulator
import PlatformModel
import TestSupport
import Testing

@Suite("A build")
struct BuildTests {
  /// How a build goes, and how push ends then.
  struct Ending: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let script: BuildScript
    var arguments: [String] = []
    let status: Int32
    var type: String?
    var says: String = ""
  }

  static let endings: [Ending] = [
    Ending(testDescription: "succeeds", script: BuildScript(), status: 0, says: "built 0.1.1 (latest)"),
    Ending(
      testDescription: "fails", script: BuildScript(.fail, logLines: ["npm ERR! code E404"]), status: 1,
      type: "build-failed", says: "returned a non-zero code: 1"),
    Ending(
      testDescription: "times out", script: BuildScript(.timeOut), status: 2, type: "build-timed-out",
      says: "took too long"),
    Ending(
      testDescription: "goes on", script: BuildScript(.hang), arguments: ["--wait", "1"], status: 6,
      type: "still-building", says: "still building"),
    Ending(
      testDescription: "has a log that ends early",
      script: BuildScript(duration: .milliseconds(300), logEnd: .early), status: 0, says: "built 0.1.1"),
    Ending(
      testDescription: "has a log that never ends", script: BuildScript(logEnd: .never), status: 0,
      says: "built 0.1.1"),
    Ending(
      testDescription: "has a tag that moves late", script: BuildScript(tagDelay: .milliseconds(300)),
      status: 0,
      says: "(latest)"),
    Ending(
      testDescription: "is not to be found at first", script: BuildScript(hiddenFor: 2), status: 0,
      says: "built 0.1.1"),
  ]

  @Test("is followed to its end", arguments: endings)
  func followed(_ ending: Ending) async throws {
    try await PlatformEmulator.running(.tests) { emulator, address in
      let folder = try TemporaryFolder.actor(
        #"{"name": "my-actor", "version": "0.1", "buildTag": "latest"}"#)
      emulator.script(ending.script)
      let output = try await Program(address).run(["push", "--json"] + ending.arguments, in: folder)
      let report = try PushedReport(output)
      #expect(output.status == ending.status, "\(output.talk)")
      #expect(report.error?.type == ending.type && output.talk.contains(ending.says), "\(output.talk)")
      #expect(report.build?.number == "0.1.1")
      if ending.status == 1 {
        #expect(
          report.error?.phase == "build" && report.error?.logTail?.contains { $0.contains("E404") } == true)
      }
      // Whatever becomes of the build, the version is there.
      #expect(try emulator.version("0.1", of: "~my-actor").files?.count == 3)
    }
  }

  @Test("that somebody aborts ends with status 3")
  func aborted() async throws {
    try await PlatformEmulator.running(.tests) { emulator, address in
      let folder = try TemporaryFolder.actor()
      emulator.script(BuildScript(.hang))
      emulator.setHook { request in
        if request.path.hasPrefix("/v2/logs/") { emulator.abortBuilds() }
      }
      let output = try await Program(address)("push", "--json", in: folder)
      #expect(
        try output.status == 3 && PushedReport(output).error?.type == "build-aborted", "\(output.talk)")
    }
  }

  @Test(
    "is not started twice where the answer about it is lost",
    arguments: [Fault.Outcome.lostAnswer, .truncatedJSON, .cutOffBody])
  func once(_ outcome: Fault.Outcome) async throws {
    try await PlatformEmulator.running(.tests) { emulator, address in
      let folder = try TemporaryFolder.actor()
      let program = Program(address)
      _ = try await program("push", in: folder)
      try folder.write("x", "1")
      let actor = try emulator.actor("~my-actor")
      emulator.inject(Fault(outcome, method: "POST", pathPrefix: "/v2/actors/\(actor.id)/builds"))
      let output = try await program("push", "-v", in: folder)
      #expect(output.status == 0 && emulator.pendingFaults == 0, "\(output.talk)")
      #expect(emulator.state.builds.count == 2, "\(output.talk)")
    }
  }

  @Test("of build --start is none that was there before, however new, where starting it fails at first")
  func startedAgain() async throws {
    try await PlatformEmulator.running(.tests) { emulator, address in
      let folder = try TemporaryFolder.actor()
      let program = Program(address)
      _ = try await program("push", in: folder)
      let actor = try emulator.actor("~my-actor")
      emulator.inject(
        Fault(
          .raw(status: 503, headers: [:], body: ""), method: "POST",
          pathPrefix: "/v2/actors/\(actor.id)/builds"))
      let output = try await program("build", "--start", in: folder)
      #expect(output.status == 0 && emulator.pendingFaults == 0, "\(output.talk)")
      #expect(output.talk.contains("0.1.2") && emulator.state.builds.count == 2, "\(output.talk)")
    }
  }

  /// Runs a push until its build is under way, sends it signals and pauses, and prints how it ended.
  private static let script = """
    import os, signal, subprocess, sys, time
    def fill(pid):
        pipe = os.open('/proc/%d/fd/2' % pid, os.O_WRONLY | os.O_NONBLOCK)
        for size in 512, 1:
            try:
                while True: os.write(pipe, b'.' * size)
            except BlockingIOError: pass
        os.close(pipe)
    push = subprocess.Popen([sys.argv[1], 'push', '--json'], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    talk = ''
    for line in push.stderr:
        talk += line
        if line.startswith('building'):
            for word in sys.argv[2].split():
                if word.startswith('SIG'): push.send_signal(getattr(signal, word))
                elif word == 'full': fill(push.pid)
                else: time.sleep(float(word))
    out = push.stdout.read()
    sys.stdout.write(out)
    sys.stderr.write(talk)
    sys.exit(push.wait())
    """

  @Test(
    "is ended with the push that waits for it, and the next push builds again",
    arguments: [
      "SIGINT", "SIGTERM",
      // As timeout(1) signals the program and then its group, and npm what the terminal has signalled.
      "SIGTERM 0.005 SIGTERM", "SIGINT 0.005 SIGINT", "SIGINT 0.005 SIGTERM 0.005 SIGHUP",
    ])
  func interrupted(_ signals: String) async throws {
    try await PlatformEmulator.running(.tests) { emulator, address in
      let folder = try TemporaryFolder.actor()
      emulator.script(BuildScript(.hang))
      let program = Program(address)
      let output = try await shell(
        "python3", ["-c", Self.script, Program.location(), signals], in: folder.path,
        environment: program.environment)
      #expect(output.status == 130, "\(output.talk)")
      #expect(try PushedReport(output).error?.type == "interrupted")
      // On a busy machine the answer comes later than it is waited for.
      #expect(["is aborted", "was to be aborted"].contains { output.talk.contains("build 0.1.1 \($0)") })
      #expect(emulator.state.builds.values.map(\.status) == [.aborted])
      let next = try await program("push", in: folder)
      #expect(next.status == 0 && next.talk.contains("its last build 0.1.1 was aborted"), "\(next.talk)")
      #expect(try emulator.builds(of: "~my-actor").map(\.status) == [.aborted, .succeeded])
    }
  }

  @Test("is left as it is by a second signal, later than the first", arguments: ["SIGINT", "SIGTERM"])
  func killed(_ second: String) async throws {
    try await PlatformEmulator.running(.tests) { emulator, address in
      let folder = try TemporaryFolder.actor()
      emulator.script(BuildScript(.hang))
      emulator.inject(Fault(.hung(isDone: false), method: "POST", pathPrefix: "/v2/actor-builds"))
      // It cannot say that it ends, and so does not, before the second one comes.
      let output = try await shell(
        "python3", ["-c", Self.script, Program.location(), "full SIGINT 1 \(second) 1"],
        in: folder.path,
        environment: Program(address).environment)
      #expect(output.status != 130 && output.text.isEmpty, "\(output.talk)")
    }
  }

  @Test("gets the tag back that another one has taken")
  func rollback() async throws {
    try await PlatformEmulator.running(.tests) { emulator, address in
      let folder = try TemporaryFolder.actor(#"{"name": "my-actor", "version": "0.1", "buildTag": "latest"}"#)
      let program = Program(address)
      for text in ["1", "2", "3"] {
        try folder.write("main.js", text)
        if text == "2" { emulator.script(BuildScript(.fail)) }
        _ = try await program("push", in: folder)
      }
      func tagged() throws -> String? {
        let id = try emulator.actor("~my-actor").taggedBuilds?["latest"]
        return id.flatMap { emulator.state.builds[$0]?.buildNumber }
      }
      #expect(try tagged() == "0.1.3")
      // The second one has failed.
      #expect(try await program("tag", "latest", "--build", "previous", in: folder).status == 0)
      #expect(try tagged() == "0.1.1")
      let none = try await program("tag", "latest", "--build", "previous", in: folder)
      #expect(none.status == 5 && none.talk.contains("no earlier build of version 0.1 has succeeded"))
      let failed = try await program("tag", "latest", "--build", "0.1.2", in: folder)
      #expect(failed.status == 5 && failed.talk.contains("has not succeeded"))
      let named = try await program("tag", "latest", "--build", "0.1.3", "--json", in: folder)
      #expect(named.status == 0 && named.text.contains(#""previousBuild":{"number":"0.1.1"}"#))
      #expect(try tagged() == "0.1.3")
    }
  }
}
