// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ApifyAPI
internal import EmulatorFaults
internal import EmulatorTesting
internal import PlatformEmulator
internal import PlatformModel
internal import Testing

/// What implements `Platform`: this suite holds both to one contract.
enum Subject: String, CaseIterable, CustomTestStringConvertible {
  /// `InMemoryPlatform`.
  case memory
  /// `ApifyClient` with the emulator's server, over a socket.
  case server

  var testDescription: String { rawValue }
}

/// A platform, and what is done behind its back.
struct Fixture {
  let platform: any Platform
  let edits: any EditablePlatform
  let script: (BuildScript) -> Void
  let scriptRun: (BuildScript) -> Void
  let release: (BuildScript.Gate, String) -> Void
  let log: (String, String) -> Void
  /// Loses the next answer of a call that changes something, on its only attempt.
  let loseAnswer: (PlatformCall.Kind) -> Void
  /// How many calls or requests of this kind were made.
  let count: (PlatformCall.Kind) -> Int

  static let actor = ApifyAPI.ActorReference.own(name: "my-actor")

  /// The user of the platform, and another one.
  private static let (me, stranger) = (("anna", "token-of-anna"), ("bert", "token-of-bert"))

  static func running(_ subject: Subject, _ body: (Fixture) async throws -> Void) async throws {
    switch subject {
    case .memory: try await body(try inMemory())
    case .server: try await onServer(body)
    }
  }

  /// With the Actor `my-actor` and its version 0.1, which has one file.
  static func withActor(_ subject: Subject, _ body: (Fixture) async throws -> Void) async throws {
    try await running(subject) { fixture in
      try fixture.edits.makeActor(named: "my-actor")
      var change = VersionChange()
      change.sourceType = .sourceFiles
      change.sourceFiles = .value([.init(name: "Dockerfile", kind: .file(.text, content: "FROM scratch"))])
      change.buildTag = .value("latest")
      change.envVars = [
        .init(name: "PLAIN", value: "seen"), .init(name: "SECRET", value: "hidden", isSecret: true),
      ]
      try fixture.edits.setVersion("0.1", of: "~my-actor", change)
      try await body(fixture)
    }
  }

  private static func inMemory() throws -> Fixture {
    let platform = try InMemoryPlatform(
      users: [me, stranger].map { .init(id: Identifier.make(), username: $0.0, token: $0.1) })
    return Fixture(
      platform: platform, edits: platform, script: { platform.script($0) },
      scriptRun: { platform.scriptRun($0) },
      release: { platform.release($0, of: $1) }, log: { platform.log($0, toBuild: $1) },
      loseAnswer: { platform.inject(.lostAnswer, into: $0) },
      count: { kind in platform.calls.count { $0.kind == kind } })
  }

  private static func onServer(_ body: (Fixture) async throws -> Void) async throws {
    var configuration = PlatformEmulator.Configuration()
    configuration.users = [me, stranger].map { .init(username: $0.0, token: $0.1) }
    try await PlatformEmulator.running(configuration) { emulator, address in
      var configuration = ClientConfiguration(userAgent: "tests")
      configuration.retries.maximumRetries = 0
      let client = ApifyClient(
        root: try APIRoot(address.baseURL), token: try APIToken(me.1), configuration: configuration)
      let fixture = Fixture(
        platform: client, edits: emulator, script: { emulator.script($0) },
        scriptRun: { emulator.scriptRun($0) },
        release: { emulator.release($0, of: $1) }, log: { emulator.log($0, toBuild: $1) },
        loseAnswer: { kind in
          let (method, route) = kind.route
          emulator.inject(Fault(.lostAnswer, method: method, route: route))
        },
        count: { kind in emulator.requestCount(kind.route.method, kind.route.route) })
      do {
        try await body(fixture)
      } catch {
        await client.shutdown()
        throw error
      }
      await client.shutdown()
    }
  }
}

extension PlatformCall.Kind {
  /// The request over HTTP, for the calls whose answers are lost here.
  fileprivate var route: (method: String, route: String) {
    switch self {
    case .createActor: ("POST", "/v2/actors")
    case .createVersion: ("POST", "/v2/actors/{ref}/versions")
    case .setVariable: ("POST", "/v2/actors/{ref}/versions/{version}/env-vars")
    case .startBuild: ("POST", "/v2/actors/{ref}/builds")
    case .startRun: ("POST", "/v2/actors/{ref}/runs")
    case .setTag: ("PUT", "/v2/actors/{ref}")
    case .putRecord: ("PUT", "/v2/key-value-stores/{store}/records/{key}")
    default: ("PUT", "/v2/actors/{ref}/versions/{version}")
    }
  }
}

/// Calls `body` and returns the `APIError` that it throws.
func refusal<Outcome>(_ body: () async throws -> Outcome) async throws -> APIError {
  do {
    _ = try await body()
  } catch let error as APIError {
    return error
  }
  throw NoRefusal()
}

/// Thrown where a refusal was expected.
struct NoRefusal: Error {}
