// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import ActorProject
import ApifyAPI
import EmulatorTesting
import TestSupport
import Testing

@testable import Deploy

@Suite("An edit of a version that is cut off", .timeLimit(.minutes(1)))
struct InterruptedEditTests {
  enum Place: CaseIterable {
    case first, second, version, removal

    var call: (kind: PlatformCall.Kind, number: Int) {
      switch self {
      case .first: (.setVariable, 1)
      case .second: (.setVariable, 2)
      case .version: (.updateVersion, 1)
      case .removal: (.removeVariable, 1)
      }
    }

    /// What is certain then, and what is not.
    var says: [String] {
      switch self {
      case .first: ["A may be set", "the files are not changed"]
      case .second: ["already set: A", "B may be set", "the files are not changed"]
      case .version: ["already set: A, B", "the version may be updated"]
      case .removal: ["already set: A, B", "OLD may be removed", "the version is updated"]
      }
    }
  }

  @Test("says what is changed, and what may be", arguments: Place.allCases)
  func told(_ place: Place) async throws {
    let fixture = try PushFixture()
    try await fixture.push {
      $0.variables = [DeclaredVariables.Variable(name: "OLD", value: "1", isSecret: false)].compactMap(\.self)
    }
    var edit = VersionEdit()
    edit.variables = ["A", "B"].compactMap { .init(name: $0, value: "2", isSecret: false) }
    edit.removedVariables = ["OLD"]
    edit.buildTag = .set(try BuildTag("beta"))
    fixture.platform.setHook { call in
      if call.kind == place.call.kind, call.number >= place.call.number { throw CancellationError() }
    }
    let error = await #expect(throws: DeployError.self) {
      _ = try await edit.run(fixture.settings, on: fixture.platform)
    }
    let diagnosis = Diagnosis(try #require(error))
    #expect(diagnosis.consequences == place.says, "\(diagnosis)")
    #expect(diagnosis.status == .interrupted)
  }

  @Test("a build that is started or aborted, and a tag that is moved, are said to be so perhaps")
  func changes() async throws {
    let fixture = try PushFixture()
    try await fixture.expect(.built)
    let (settings, platform) = (try fixture.settings, fixture.platform)
    let start = BuildOperation(settings, .newest(nil), .start(tag: nil))
    let abort = BuildOperation(settings, .newest(nil), .abort)
    let tag = TagOperation(try BuildTag("beta"), to: .named("0.1.1"), settings)
    #expect(
      try await consequences(.startBuild, fixture) { try await start.run(on: platform) { _ in } }
        == ["a build may have been started"])
    #expect(
      try await consequences(.abortBuild, fixture) { try await abort.run(on: platform) { _ in } }
        == ["build 0.1.1 may be aborted"])
    #expect(
      try await consequences(.setTag, fixture) { try await tag.run(on: platform) }
        == ["beta may point at build 0.1.1"])
    // Before that nothing can have been changed.
    #expect(
      try await consequences(.builds, fixture) { try await start.run(on: platform) { _ in } } == [])
  }

  /// What is said where `operation` is cancelled in a call of `kind`.
  private func consequences<Outcome>(
    _ kind: PlatformCall.Kind, _ fixture: PushFixture, _ operation: () async throws -> Outcome
  ) async throws -> [String] {
    fixture.platform.setHook { call in if call.kind == kind { throw CancellationError() } }
    let error = await #expect(throws: DeployError.self) { _ = try await operation() }
    let diagnosis = Diagnosis(try #require(error))
    #expect(diagnosis.status == .interrupted && diagnosis.type == "interrupted")
    return diagnosis.consequences
  }
}
