// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import EmulatorFaults
import EmulatorTesting
import FoundationEssentials
import PlatformEmulator
import PlatformModel
import SystemIO
import TestSupport
import Testing

/// An Actor that is pushed by the program, and what the platform has to hold of it then.
struct PushedProject {
  /// What there is before.
  enum Situation: String, CaseIterable {
    case new, changed
  }

  let folder: TemporaryFolder
  let spool: TemporaryFolder
  let program: Program
  let emulator: PlatformEmulator
  let form: String
  let situation: Situation

  /// The project as it is to be pushed; `changed` since it was pushed before.
  init(
    _ situation: Situation, _ form: String, _ emulator: PlatformEmulator, _ address: PlatformEmulator.Address
  ) async throws {
    folder = try TemporaryFolder()
    spool = try TemporaryFolder()
    var program = Program(address)
    program.environment["TMPDIR"] = spool.path
    (self.program, self.emulator, self.form, self.situation) = (program, emulator, form, situation)
    if situation == .changed {
      try write("1", #"{"CHANGED": "1", "KEPT": "1", "REMOVED": "1"}"#)
      #expect(try await push().status == 0)
    }
    try write("2", #"{"ADDED": "1", "CHANGED": "2", "KEPT": "1"}"#)
  }

  private func write(_ text: String, _ variables: String) throws {
    try folder.write(
      ".actor/actor.json",
      """
      {"name": "my-actor", "version": "0.1", "buildTag": "latest", "environmentVariables": \(variables)}
      """)
    try folder.write("main.js", text)
  }

  /// Pushes it.
  func push() async throws -> Output {
    try await program("push", "--source-type", form, "--keep-archives", "0", in: folder)
  }

  /// Pushes it in a process group of its own, which is killed when `gate` is reached.
  ///
  /// - Returns: whether it was killed; nil where it came to its end without that request.
  func pushUntil(_ gate: AnswerGate) async throws -> Bool? {
    let state = try #require(program.environment["XDG_STATE_HOME"])
    let line = try ["--wait", Program.location(), "push", "--source-type", form, "--keep-archives", "0"]
    let end = Monitor(false)
    let (path, environment) = (folder.path, program.environment)
    async let pushed = {
      defer { end.withLock { $0 = true } }
      return try await shell("setsid", line, in: path, environment: environment)
    }()
    let isHeld = try await waitUntil("the request that is held") {
      gate.arrivals > 0 ? true : end.withLock { $0 } ? false : nil
    }
    if !isHeld {
      let output = try await pushed
      #expect(output.status == 0, "\(output.talk)")
      return nil
    }
    let count = HookProcesses(state: state).killGroups("push", "--source-type")
    let output = try await pushed
    return count > 0 && output.status != 0
  }

  /// Expects that the platform holds the project, and built it once.
  func expectDeployed(_ what: String, at location: SourceLocation = #_sourceLocation) throws {
    let version = try emulator.version("0.1", of: "~my-actor")
    let variables = Dictionary(uniqueKeysWithValues: version.envVars.map { ($0.name, $0.value) })
    #expect(
      variables == ["ADDED": "1", "CHANGED": "2", "KEPT": "1"], "\(what)", sourceLocation: location)
    if form == "files" {
      #expect(try emulator.texts("0.1")["main.js"] == "2", "\(what)", sourceLocation: location)
    }
    let builds = try emulator.builds(of: "~my-actor")
    #expect(
      builds.map(\.status) == Array(repeating: .succeeded, count: situation == .changed ? 2 : 1), "\(what)",
      sourceLocation: location)
    #expect(
      try emulator.build(tagged: "latest", of: "~my-actor")?.id == builds.last?.id, "\(what)",
      sourceLocation: location)
  }

  /// Expects that nothing but memories and locks lies in the program's directories.
  func expectNothingLeft(_ what: String, at location: SourceLocation = #_sourceLocation) throws {
    let state = try #require(program.environment["XDG_STATE_HOME"]) + "/actorpush"
    let kept = (try? FileManager.default.contentsOfDirectory(atPath: state)) ?? []
    let others = kept.filter { name in
      // What is remembered of the project's directory.
      if name == "directories" { return false }
      let stem = name.prefix { $0 != "." }
      return stem.count != 32 || !stem.allSatisfy(\.isHexDigit)
        || !["", ".lock", ".account"].contains(name.dropFirst(32))
    }
    #expect(others == [], "\(what)", sourceLocation: location)
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: spool.path) == [], "\(what)",
      sourceLocation: location)
  }
}
