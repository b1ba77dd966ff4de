// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import ApifyAPI
import EmulatorTesting
import Foundation
import PlatformModel
import TestSupport
import Testing

@testable import Deploy

/// A secret's value is shown nowhere: what this machine gave once says nothing of what it is now.
@Suite("A secret that others have set since", .timeLimit(.minutes(1)))
struct RotatedSecretTests {
  private let fixture: PushFixture
  private let other: TemporaryFolder

  init() async throws {
    fixture = try PushFixture()
    other = try TemporaryFolder()
    try await expect(.built, "one")
  }

  /// Pushes the secret, and a variable that is none.
  private func push(
    _ secret: String?, from machine: TemporaryFolder? = nil, plain: String? = nil,
    _ edit: (inout PushRequest) -> Void = { _ in }, events: @escaping DeployEvents = { _ in }
  ) async throws -> PushOutcome {
    try await fixture.push(
      from: machine,
      { request in
        let variables = [
          secret.flatMap { DeclaredVariables.Variable(name: "TOK", value: $0, isSecret: true) },
          plain.flatMap { DeclaredVariables.Variable(name: "A", value: $0, isSecret: false) },
        ]
        request.variables = variables.compactMap(\.self)
        edit(&request)
      }, events: events)
  }

  private func expect(
    _ verdict: PushOutcome.Verdict, _ secret: String?, from machine: TemporaryFolder? = nil,
    plain: String? = nil, at location: SourceLocation = #_sourceLocation,
    _ edit: (inout PushRequest) -> Void = { _ in }
  ) async throws {
    let outcome = try await push(secret, from: machine, plain: plain, edit)
    #expect(outcome.verdict == verdict, sourceLocation: location)
    if let secret { #expect(try value == secret, sourceLocation: location) }
  }

  private var value: String? {
    get throws { try fixture.platform.version("0.1", of: "~shop").envVars.first { $0.name == "TOK" }?.value }
  }

  /// How others set it.
  enum Way: String, CaseIterable { case push, unbuilt, unshared, versionSet }

  private func rotate(_ way: Way) async throws {
    switch way {
    case .push: try await expect(.built, "two", from: other)
    case .unbuilt: try await expect(.updated, "two", from: other) { $0.build = .never }
    case .unshared:
      let refusal = APIError(type: .insufficientPermissions, message: "No.", status: 403, attempts: 1)
      for number in 1...3 { fixture.platform.inject(.refused(refusal), into: .putRecord, number: number) }
      try await expect(.built, "two", from: other)
    case .versionSet:
      var edit = VersionEdit()
      edit.variables = [try #require(.init(name: "TOK", value: "two", isSecret: true))]
      _ = try await edit.run(fixture.settings, on: fixture.platform)
    }
    #expect(try value == "two")
  }

  @Test(
    "is sent again by the machine that gave it first, whether a file has changed or not",
    arguments: Way.allCases)
  func sentAgain(_ way: Way) async throws {
    for text in ["1", "2"] {
      try await rotate(way)
      try fixture.write(text)
      let outcome = try await push("one")
      #expect(outcome.verdict == .built && outcome.plan?.variables.unknown == ["TOK"])
      #expect(try value == "one")
      try await expect(.upToDate, "one")
    }
    // What is left for others then is true.
    try await expect(.upToDate, "one", from: try TemporaryFolder())
    try await expect(.built, "two", from: try TemporaryFolder())
  }

  @Test("is given where they gave the same, and built where they did not")
  func same() async throws {
    try await rotate(.push)
    #expect(!(try await fixture.calls { try await expect(.upToDate, "two") }).contains { $0.isChange })
    try await expect(.built, "three", from: other)
    try await expect(.updated, "four", from: other) { $0.build = .never }
    // It was confirmed, and is known by that record from now on; that is not a build.
    try await expect(.upToDate, "four") { $0.build = .never }
    try await expect(.built, "four")
    try await expect(.upToDate, "four")
  }

  @Test("is not vouched for by a push that did not give it")
  func notVouched() async throws {
    try await rotate(.push)
    // Nothing is declared of it here now, and the record that is left says nothing of it.
    try await expect(.built, nil, plain: "1")
    #expect(try value == "two")
    try await expect(.built, "one", plain: "1")
    try await expect(.upToDate, "one", from: other, plain: "1")
  }

  @Test("is asked about in one request, and only where one is declared")
  func requests() async throws {
    for text in ["1", "2"] {
      try fixture.write(text)
      let calls = try await fixture.calls { _ = try await push("one") }
      #expect(calls.count { $0 == .readRecord } == 1, "\(calls)")
    }
    try await expect(.built, nil, plain: "1")
    let calls = try await fixture.calls { try await expect(.upToDate, nil, plain: "1") }
    // The version has a secret that is not declared: the record of the build says whether that has it.
    #expect(calls.count { $0 == .readRecord } == 1, "\(calls)")
    let plain = try PushFixture()
    try await plain.push { $0.variables = [.init(name: "A", value: "1", isSecret: false)].compactMap(\.self) }
    let without = try await plain.calls {
      try await plain.expect(.upToDate) {
        $0.variables = [.init(name: "A", value: "1", isSecret: false)].compactMap(\.self)
      }
    }
    #expect(!without.contains(.readRecord), "\(without)")
  }

  @Test("is known by its own digest where the memory is of another time, and sent where the store is closed")
  func withoutSalt() async throws {
    for name in try FileManager.default.contentsOfDirectory(atPath: fixture.state.path) {
      guard let text = try? String(contentsOfFile: fixture.state(name), encoding: .utf8),
        text.contains("\"salt\"")
      else { continue }
      try fixture.state.write(name, text.replacing(/"record":"[0-9a-f]*",/, with: ""))
    }
    try await expect(.upToDate, "one")
    let refusal = APIError(type: .insufficientPermissions, message: "No.", status: 403, attempts: 1)
    fixture.platform.inject(.refused(refusal), into: .readRecord)
    try await expect(.built, "one")
    try await expect(.upToDate, "one")
  }
}
