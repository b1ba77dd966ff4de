// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import ActorProject
import ApifyAPI
import EmulatorTesting
import TestSupport
import Testing

@testable import Deploy
@testable import PlatformModel

/// A job of CI remembers nothing, and a build does not show what variables it has.
@Suite("What a build was started with", .timeLimit(.minutes(1)))
struct BuildRecordTests {
  private let fixture: PushFixture

  /// A version with a variable and a secret that is built.
  init() async throws {
    fixture = try PushFixture()
    try await fixture.push {
      $0.variables = [
        .init(name: "A", value: "1", isSecret: false), .init(name: "S", value: "one", isSecret: true),
      ].compactMap(\.self)
    }
  }

  /// A push from a machine that remembers nothing.
  private func pushElsewhere() async throws -> BuildDecision? {
    try await fixture.push(from: try TemporaryFolder()).decision
  }

  private func start() async throws { try await Self.start(on: fixture.platform) }

  private static func start(on platform: InMemoryPlatform) async throws {
    let started = try await platform.startBuild(
      actor: .own(name: "shop"), version: "0.1", tag: nil, after: nil)
    while try await platform.build(id: started.id)?.status.isFinal != true { await Task.yield() }
  }

  /// What becomes of the version in Console: its variables, and whether builds get them.
  static let edits: [(variables: String, applies: Bool)] = [
    ("A=2 S!=one", false), ("S!=one", false), ("A=1", false), ("A=1 S!=one B=1", false),
    ("A=1 S!=one T!=x", false), ("A=1 S=one", false), ("A!=1 S!=one", false), ("", false),
    ("A=1 S!=one", true),
  ]

  @Test("is known where nothing is remembered: what was changed since is built", arguments: edits)
  func edited(_ edit: (variables: String, applies: Bool)) async throws {
    #expect(try await pushElsewhere() == .upToDate(number: "0.1.1", knowsSettings: true))
    var change = VersionChange()
    change.envVars = [ApifyAPI.EnvironmentVariable](words: edit.variables).map {
      EnvironmentVariableChange(name: $0.name, value: $0.value, isSecret: $0.isSecret)
    }
    change.applyEnvVarsToBuild = edit.applies
    try fixture.platform.setVersion("0.1", of: "~shop", change)
    #expect(try await pushElsewhere() == .build(.outdated(number: "0.1.1")))
    #expect(try await pushElsewhere() == .upToDate(number: "0.1.2", knowsSettings: true))
  }

  @Test("is not what it was where a secret was set by hand, whose value nothing shows")
  func secret() async throws {
    for (number, isElsewhere) in [(1, true), (2, false)] {
      var edit = VersionEdit()
      edit.variables = [try #require(.init(name: "S", value: "two", isSecret: true))]
      _ = try await edit.run(fixture.settings, on: fixture.platform)
      let decision = isElsewhere ? try await pushElsewhere() : try await fixture.push().decision
      #expect(decision == .build(.outdated(number: "0.1.\(number)")))
      // The one that has built it knows, and so do the others.
      #expect(
        try await fixture.push().decision == .upToDate(number: "0.1.\(number + 1)", knowsSettings: true))
      #expect(try await pushElsewhere() == .upToDate(number: "0.1.\(number + 1)", knowsSettings: true))
    }
  }

  @Test("is what it was where a variable was set by hand to the value that it had")
  func idempotent() async throws {
    var edit = VersionEdit()
    edit.variables = [try #require(.init(name: "A", value: "1", isSecret: false))]
    edit.appliesVariablesToBuild = false
    _ = try await edit.run(fixture.settings, on: fixture.platform)
    #expect(try await pushElsewhere() == .upToDate(number: "0.1.1", knowsSettings: true))
  }

  @Test("is not known of a build by others: its files decide, unless an earlier build tells of a change")
  func foreign() async throws {
    try await start()
    #expect(try await pushElsewhere() == .upToDate(number: "0.1.2", knowsSettings: false))
    var change = VersionChange()
    change.envVars = [EnvironmentVariableChange(name: "A", value: "2")]
    try fixture.platform.setVersion("0.1", of: "~shop", change)
    try await start()
    #expect(try await pushElsewhere() == .build(.doubtful(number: "0.1.3")))
    #expect(try await pushElsewhere() == .upToDate(number: "0.1.4", knowsSettings: true))
    try deleteStores()
    #expect(try await pushElsewhere() == .upToDate(number: "0.1.4", knowsSettings: false))
    // By hand, it is said even where no push has started the build.
    var edit = VersionEdit()
    edit.variables = [try #require(.init(name: "A", value: "3", isSecret: false))]
    _ = try await edit.run(fixture.settings, on: fixture.platform)
    #expect(try await pushElsewhere() == .build(.outdated(number: "0.1.4")))
  }

  @Test("is not known of a build by others between two changes, of which the second takes the first back")
  func changedBack() async throws {
    for value in ["2", "1"] {
      var change = VersionChange()
      change.envVars = [
        EnvironmentVariableChange(name: "A", value: value),
        EnvironmentVariableChange(name: "S", value: "one", isSecret: true),
      ]
      try fixture.platform.setVersion("0.1", of: "~shop", change)
      if value == "2" { try await start() }
    }
    #expect(try await pushElsewhere() == .upToDate(number: "0.1.2", knowsSettings: false))
    #expect(try await fixture.push().decision == .upToDate(number: "0.1.2", knowsSettings: false))
  }

  /// Pushes another value of the variable, without a build.
  private func changeUnbuilt() async throws {
    try await fixture.expect(.updated) {
      $0.build = .never
      $0.variables = [.init(name: "A", value: "2", isSecret: false)].compactMap(\.self)
    }
  }

  @Test("is known of the builds of a version of before, which was deleted: they are not of the new one")
  func madeAnew() async throws {
    try fixture.platform.edit { state throws(PlatformError) in
      for id in state.actors.keys { state.actors[id]?.versions = [] }
    }
    try await changeUnbuilt()
    #expect(try await fixture.push().decision == .build(.outdated(number: "0.1.1")))
    #expect(try await pushElsewhere() == .upToDate(number: "0.1.2", knowsSettings: true))
  }

  @Test("is not that of a build that others start before the variable is set")
  func startedMeanwhile() async throws {
    let wanted = fixture.platform.calls.count { $0.kind == .setVariable } + 1
    fixture.platform.setHook { [unowned fixture = self.fixture] call in
      guard call.kind == .setVariable, call.number == wanted else { return }
      try await Self.start(on: fixture.platform)
    }
    try await changeUnbuilt()
    #expect(try await fixture.push().decision == .build(.outdated(number: "0.1.2")))
    #expect(try await pushElsewhere() == .upToDate(number: "0.1.3", knowsSettings: true))
  }

  @Test("is left by a build that is started without a push, too")
  func startedAlone() async throws {
    var change = VersionChange()
    change.envVars = [EnvironmentVariableChange(name: "A", value: "2")]
    try fixture.platform.setVersion("0.1", of: "~shop", change)
    let operation = try BuildOperation(fixture.settings, .newest(nil), .start(tag: nil))
    _ = try await operation.run(on: fixture.platform) { _ in }
    #expect(try await pushElsewhere() == .upToDate(number: "0.1.2", knowsSettings: true))
  }

  @Test("does not stop a push where the store is closed, nor one that finds something else there")
  func closed() async throws {
    let refusal = APIError(type: .insufficientPermissions, message: "No.", status: 403, attempts: 1)
    fixture.platform.inject(.refused(refusal), into: .readRecord)
    #expect(try await pushElsewhere() == .upToDate(number: "0.1.1", knowsSettings: false))
    let store = try #require(fixture.platform.state.stores.values.first)
    try await fixture.platform.putRecord(
      store: store.id, key: BuildRecord.key(version: "0.1"),
      body: RequestBody(Array("{".utf8), contentType: "application/json"))
    #expect(try await pushElsewhere() == .build(.doubtful(number: "0.1.1")))
    for number in 1...2 { fixture.platform.inject(.refused(refusal), into: .putRecord, number: number) }
    try fixture.write("2")
    try await fixture.expect(.built)
  }

  private func deleteStores() throws {
    let console = try fixture.platform.console()
    for store in fixture.platform.state.stores.keys {
      try fixture.platform.edit { state throws(PlatformError) in
        _ = try state.deleteStore(store, for: console)
      }
    }
  }
}

extension PushFixture {
  /// What names the version.
  var settings: PushSettings {
    get throws {
      try PushSettings(
        configuration: nil,
        target: VersionTarget(actor: .own(name: "shop"), version: try VersionNumber("0.1"), tag: nil))
    }
  }
}
