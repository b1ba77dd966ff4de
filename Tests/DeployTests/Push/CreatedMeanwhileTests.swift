// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import ActorProject
import EmulatorTesting
import PlatformModel
import TestSupport
import Testing

@testable import ApifyAPI
@testable import Deploy

@Suite("A push of what others create at the same time", .timeLimit(.minutes(1)))
struct CreatedMeanwhileTests {
  private let fixture: PushFixture

  init() throws { fixture = try PushFixture() }

  /// Calls `edit` just before the next call of `kind`.
  private func editElsewhere(
    before kind: PlatformCall.Kind, _ edit: @escaping @Sendable (PushFixture) throws -> Void
  ) {
    let wanted = fixture.platform.calls.count { $0.kind == kind } + 1
    fixture.platform.setHook { [unowned fixture = self.fixture] call in
      if call.kind == kind, call.number == wanted { try edit(fixture) }
    }
  }

  /// Creates the version as others would: with this text, and a tag.
  private static func createVersion(_ fixture: PushFixture, _ text: String, _ tag: String) throws {
    var change = VersionChange()
    change.sourceType = .sourceFiles
    change.buildTag = .value(tag)
    let project = try fixture.platform.version("9.9", of: "~shop").files ?? []
    change.sourceFiles = .value(
      project.map { file in
        file.name == "main.js" ? .init(name: "main.js", kind: .file(.text, content: text)) : file
      })
    try fixture.platform.setVersion("0.1", of: "~shop", change)
  }

  /// Makes the Actor with a version 9.9, whose files are the project's.
  private func createActor() async throws {
    try fixture.project.write(
      ".actor/actor.json",
      #"{"actorSpecification": 1, "name": "shop", "version": "9.9", "buildTag": "latest"}"#)
    try await fixture.push()
    try fixture.project.write(
      ".actor/actor.json",
      #"{"actorSpecification": 1, "name": "shop", "version": "0.1", "buildTag": "latest"}"#)
  }

  @Test(
    "stops where others have created the version with other files, and says that a second push looks anew")
  func otherFiles() async throws {
    try await createActor()
    editElsewhere(before: .createVersion) { try Self.createVersion($0, "theirs", "latest") }
    let failure = try #require(try await failedPush { try await fixture.push() })
    let diagnosis = Diagnosis(failure)
    #expect(diagnosis.status == .conflict && fixture.pushed == "theirs")
    #expect(diagnosis.message.contains("was created on the platform during this push; push again"))
    #expect(failure.outcome.progress[.version] == .none)
  }

  @Test("creates its version of an Actor that others have created", arguments: [false, true])
  func otherActor(_ hasVersion: Bool) async throws {
    let files = hasVersion ? try Self.files("theirs") : nil
    editElsewhere(before: .createActor) { fixture in
      let user = try fixture.platform.console()
      try fixture.platform.edit { state throws(PlatformError) in
        _ = try state.createActor(
          ActorChange(name: "shop"), for: user, id: "theirActor1234567", at: fixture.platform.now)
      }
      if let files { try fixture.platform.setFiles(files, of: "0.1", "~shop") }
    }
    if hasVersion {
      let failure = try #require(try await failedPush { try await fixture.push() })
      #expect(Diagnosis(failure).status == .conflict && failure.outcome.progress[.actor] == .none)
      #expect(fixture.pushed == "theirs")
    } else {
      try await fixture.expect(.built)
      #expect(fixture.pushed == "1" && fixture.platform.state.actors.count == 1)
    }
  }

  private static func files(_ text: String) throws -> [PlatformModel.SourceFile] {
    [.init(name: "main.js", kind: .file(.text, content: text))]
  }

  /// A version that is there after the request, and whether it is taken for the one of this push.
  struct Situation: Sendable, CustomTestStringConvertible {
    let testDescription: String
    var text: String? = "1"
    var tag: String? = "latest"
    var variables: [ApifyAPI.EnvironmentVariable]?
    let isCreated: Bool
  }

  static let situations = [
    Situation(testDescription: "the same", isCreated: true),
    Situation(testDescription: "other files", text: "3", isCreated: false),
    Situation(testDescription: "another tag", tag: "beta", isCreated: false),
    Situation(testDescription: "no tag", tag: nil, isCreated: false),
    Situation(
      testDescription: "a variable of others", variables: [.init(name: "A", value: "1", isSecret: false)],
      isCreated: false),
    Situation(testDescription: "no variable", variables: [], isCreated: true),
    Situation(testDescription: "does not say its files", text: nil, isCreated: false),
  ]

  @Test("takes a version for its own only where all of it is the same", arguments: situations)
  func judged(_ situation: Situation) async throws {
    let plan = try #require(try await fixture.push().plan)
    let push = Push(
      plan.settings, platform: fixture.platform, stateDirectory: nil, spoolDirectories: [],
      cancellation: fixture.cancellation)
    let there = try #require(
      try await fixture.platform.version(actor: .own(name: "shop"), number: "0.1"))
    let files = there.sourceFiles?.map { file in
      file.name == "main.js"
        ? ApifyAPI.SourceFile(name: file.name, format: .text, content: situation.text ?? "") : file
    }
    let version = ActorVersion(
      versionNumber: there.versionNumber, sourceType: there.sourceType,
      sourceFiles: situation.text == nil ? nil : files, gitRepoUrl: nil, tarballUrl: nil,
      gitHubGistUrl: nil, envVars: situation.variables, applyEnvVarsToBuild: nil, buildTag: situation.tag)
    let now = RemoteVersion(version, root: fixture.platform.root)
    #expect(push.isCreated(now, plan) == situation.isCreated)
  }
}
