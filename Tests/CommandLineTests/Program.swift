// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import EmulatorTesting
import FoundationEssentials
import PlatformEmulator
import PlatformModel
import TestSupport
import Testing

/// The built program, run as a user runs it: with an environment of our choice and nothing else.
struct Program {
  /// What the token is in all tests; it must never be seen.
  static let token = "apify_api_NeverToBeSeen0123456789"

  var environment: [String: String] = ["HOME": "/nonexistent"]
  /// What it remembers from one run to the next, of this value alone.
  private let state: TemporaryFolder?

  /// A program that talks to `address`.
  init(_ address: PlatformEmulator.Address? = nil) {
    state = try? TemporaryFolder()
    environment["XDG_STATE_HOME"] = state?.path
    if let address {
      environment["APIFY_CLIENT_BASE_URL"] = address.baseURL
      environment["APIFY_TOKEN"] = Self.token
    }
  }

  /// Runs it in `folder`. Whatever happens, the token is not in what it says, and its JSON is what JSON.md
  /// says.
  func callAsFunction(
    _ arguments: String..., in folder: TemporaryFolder, with variables: [String: String] = [:]
  ) async throws -> Output {
    try await run(arguments, in: folder, with: variables)
  }

  /// The same.
  func run(
    _ arguments: [String], in folder: TemporaryFolder, with variables: [String: String] = [:]
  ) async throws -> Output {
    let output = try await shell(
      Self.location(), arguments, in: folder.path, environment: environment.merging(variables) { $1 })
    #expect(!output.talk.contains(Self.token))
    #expect(!output.text.contains(Self.token))
    if arguments.contains("--json") {
      let problems = try DocumentedJSON.problems(output)
      #expect(problems.isEmpty, "\(arguments)")
    }
    return output
  }

  /// The program lies beside the tests.
  static func location() throws -> String {
    let tests = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
    return String(tests[..<(tests.lastIndex(of: "/") ?? tests.endIndex)]) + "/actorpush"
  }
}

extension PlatformEmulator.Configuration {
  /// One account, whose token is `Program.token`.
  static var tests: Self {
    var configuration = Self()
    configuration.users = [PlatformEmulator.UserPreset(token: Program.token)]
    return configuration
  }
}

extension PlatformEmulator {
  /// Waits until `look` finds something in what the platform knows, for a minute at most.
  @discardableResult
  func wait<Value>(_ what: String, _ look: (PlatformState) -> Value?) async throws -> Value {
    try await waitUntil(
      what, instead: { "\(state.actors.count) Actors, builds \(state.builds.values.map(\.status))" }
    ) { look(state) }
  }
}

extension TemporaryFolder {
  /// A folder with an Actor.
  static func actor(_ configuration: String = #"{"name": "my-actor", "version": "0.1"}"#) throws
    -> TemporaryFolder
  {
    let folder = try TemporaryFolder()
    try folder.write(".actor/actor.json", configuration)
    return folder
  }
}

/// The first `error` in what `--json` printed.
struct JSONFailure: Decodable {
  struct Cause: Decodable {
    let type: String
    let message: String
  }
  let ok: Bool
  let error: Cause
  let exitCode: Int32

  init(_ output: Output) throws { self = try JSONDecoder().decode(Self.self, from: Data(output.bytes)) }
}
