// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import ActorProject
import ApifyAPI
import EmulatorFaults
import EmulatorTesting
import PlatformEmulator
import PlatformModel
import SystemIO
import TestSupport
import Testing

@testable import Deploy

/// A project that is pushed by a real client to an emulator, over a socket. No pause takes time; an attempt
/// is out of time when a gate of the test is reached.
struct ServedProject {
  let name: String
  let form: SourceChoice
  let emulator: PlatformEmulator
  let address: PlatformEmulator.Address
  let project: TemporaryFolder
  let state: TemporaryFolder

  init(
    _ name: String, _ form: SourceChoice, _ emulator: PlatformEmulator, _ address: PlatformEmulator.Address
  ) throws {
    (self.name, self.form, self.emulator, self.address) = (name, form, emulator, address)
    project = try TemporaryFolder(inMemory: true)
    state = try TemporaryFolder(inMemory: true)
  }

  var reference: String { "~\(name)" }

  /// Writes the project as it is first, or as it is changed: a file, and variables of all kinds of change.
  func write(_ text: String, variables: [String: String]) throws {
    let list = variables.sorted { $0.key < $1.key }.map { #""\#($0.key)": "\#($0.value)""# }
    try project.write(
      ".actor/actor.json",
      """
      {"actorSpecification": 1, "name": "\(name)", "version": "0.1", "buildTag": "latest",
       "environmentVariables": {\(list.joined(separator: ", "))}}
      """)
    try project.write("main.js", text)
  }

  /// Pushes it. Attempts that run when `gate` is reached are out of time.
  func push(secret: String, lateAt gate: AnswerGate? = nil) async throws -> PushOutcome {
    var request = PushRequest(ProjectLocation(Array(project.path.utf8)), tool: "test")
    request.form = form
    request.keptArchives = 0
    request.variables = [.init(try VariableName("SECRET"), try VariableValue(secret), isSecret: true)]
    let context = OperationContext(
      variables: ["PATH": "/usr/local/bin:/usr/bin:/bin"], home: nil,
      stateDirectory: Array(state.path.utf8), spoolDirectories: [Array(state.path.utf8)],
      cancellation: CancellationFlag())
    let chosen = request
    let push = try await Threads.run { () throws(DeployError) in
      try PushOperation(chosen, context, events: { _ in })
    }
    let client = try client(gate)
    do {
      let outcome = try await push.run(on: client, events: { _ in })
      await client.shutdown()
      return outcome
    } catch {
      await client.shutdown()
      throw error
    }
  }

  private func client(_ gate: AnswerGate?) throws -> ApifyClient {
    var configuration = ClientConfiguration(userAgent: "tests")
    configuration.retries.maximumRetries = 3
    configuration.clock.pause = { _ in }
    configuration.clock.timer = { _ in
      guard let gate else { return try await Task.sleep(for: .seconds(30)) }
      try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask { _ = await gate.isReached(after: gate.arrivals) }
        // The gate may have been reached before this has begun to wait.
        group.addTask { try await Task.sleep(for: .seconds(2)) }
        defer { group.cancelAll() }
        try await group.next()
        try Task.checkCancellation()
      }
    }
    return ApifyClient(
      root: try APIRoot(address.baseURL), token: try APIToken(emulator.users.first?.token ?? ""),
      configuration: configuration)
  }
}

extension ServedProject {
  /// What the platform holds of the project, as far as pushes decide it.
  struct Truth: Equatable {
    var files: [String: String]
    var variables: [String: String]
    /// The number of the build that the tag means.
    var tagged: String?
    var builds: Int
  }

  /// What there is on the platform now.
  func truth() throws -> Truth {
    let version = try emulator.version("0.1", of: reference)
    var files: [String: String] = [:]
    for file in version.files ?? [] where !file.name.hasPrefix(".actor") {
      if case .file(_, let content) = file.kind { files[file.name] = content }
    }
    return Truth(
      files: files, variables: Dictionary(uniqueKeysWithValues: version.envVars.map { ($0.name, $0.value) }),
      tagged: try emulator.build(tagged: "latest", of: reference)?.buildNumber,
      builds: try emulator.builds(of: reference).count)
  }
}
