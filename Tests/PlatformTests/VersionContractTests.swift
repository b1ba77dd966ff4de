// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ApifyAPI
internal import EmulatorTesting
internal import PlatformEmulator
internal import PlatformModel
internal import Testing

@Suite(.timeLimit(.minutes(5))) struct VersionContractTests {
  private static let actor = Fixture.actor

  private static func body(_ number: String? = nil, content: String) throws -> RequestBody {
    var update = VersionUpdate(versionNumber: number)
    update.sourceType = .sourceFiles
    update.sourceFiles = [.init(name: "main.js", format: .text, content: content)]
    return try .json(update)
  }

  @Test(arguments: Subject.allCases)
  func anAbsentVersionIsNil(subject: Subject) async throws {
    try await Fixture.withActor(subject) { fixture in
      for (actor, number) in [(Self.actor, "0.2"), (Self.actor, "x"), (.own(name: "nothing"), "0.1")] {
        let version = try await fixture.platform.version(actor: actor, number: number)
        #expect(version == nil)
      }
    }
  }

  @Test(arguments: Subject.allCases)
  func aVersionComesWithItsSource(subject: Subject) async throws {
    try await Fixture.withActor(subject) { fixture in
      let version = try #require(try await fixture.platform.version(actor: Self.actor, number: "0.1"))
      #expect(version.sourceType == .sourceFiles && version.buildTag == "latest")
      #expect(version.sourceFiles?.map(\.name) == ["Dockerfile"])
      #expect(version.sourceFiles?.first?.content == "FROM scratch")
    }
  }

  @Test(arguments: Subject.allCases)
  func aSecretValueNeverComesBack(subject: Subject) async throws {
    try await Fixture.withActor(subject) { fixture in
      let version = try #require(try await fixture.platform.version(actor: Self.actor, number: "0.1"))
      #expect(
        version.envVars == [
          .init(name: "PLAIN", value: "seen", isSecret: false),
          .init(name: "SECRET", value: nil, isSecret: true),
        ])
    }
  }

  @Test(arguments: Subject.allCases)
  func anUpdateKeepsWhatItDoesNotName(subject: Subject) async throws {
    try await Fixture.withActor(subject) { fixture in
      let version = try await fixture.platform.updateVersion(
        actor: Self.actor, number: "0.1", body: try Self.body(content: "new"))
      #expect(version.buildTag == "latest" && version.sourceFiles?.map(\.name) == ["main.js"])
      let kept = try fixture.edits.version("0.1", of: "~my-actor")
      #expect(kept.envVars.map(\.value) == ["seen", "hidden"])
    }
  }

  @Test(arguments: Subject.allCases)
  func variablesAreReplacedAsAWhole(subject: Subject) async throws {
    try await Fixture.withActor(subject) { fixture in
      var update = VersionUpdate()
      update.envVars = [.init(name: "SECRET", value: nil, isSecret: true), .init(name: "OTHER", value: "1")]
      let version = try await fixture.platform.updateVersion(actor: Self.actor, number: "0.1", update)
      #expect(version.envVars?.map(\.name) == ["SECRET", "OTHER"])
      // A secret without a value keeps the one that it has.
      #expect(try fixture.edits.version("0.1", of: "~my-actor").envVars.map(\.value) == ["hidden", "1"])
    }
  }

  @Test(arguments: Subject.allCases)
  func anUpdateCanRemoveTheBuildTag(subject: Subject) async throws {
    try await Fixture.withActor(subject) { fixture in
      var update = VersionUpdate()
      update.removesBuildTag = true
      let version = try await fixture.platform.updateVersion(actor: Self.actor, number: "0.1", update)
      #expect(version.buildTag == nil)
      #expect(try fixture.edits.version("0.1", of: "~my-actor").buildTag == nil)
    }
  }

  @Test(arguments: Subject.allCases)
  func anUpdateOfAnAbsentVersionIs404(subject: Subject) async throws {
    try await Fixture.withActor(subject) { fixture in
      let error = try await refusal {
        try await fixture.platform.updateVersion(
          actor: Self.actor, number: "0.9", body: try Self.body(content: ""))
      }
      #expect(
        error.status == 404 && error.type == .recordNotFound && error.message == "Version was not found")
      #expect(error.method == "PUT" && error.path == "/v2/actors/~my-actor/versions/0.9")
    }
  }

  @Test(arguments: Subject.allCases)
  func aVersionIsCreatedOnce(subject: Subject) async throws {
    try await Fixture.withActor(subject) { fixture in
      let create = {
        try await fixture.platform.createVersion(
          actor: Self.actor, number: "0.2", body: try Self.body("0.2", content: "a")
        ) { _ in true }
      }
      #expect(try await create().versionNumber == "0.2")
      let error = try await refusal(create)
      #expect(error.status == 409 && error.type == .versionAlreadyExists)
      #expect(
        try fixture.edits.actor("~my-actor").versions.map(\.versionNumber.description) == ["0.1", "0.2"])
    }
  }

  @Test(arguments: Subject.allCases)
  func aMistakeIs400AndNamesItsField(subject: Subject) async throws {
    try await Fixture.withActor(subject) { fixture in
      let json =
        #"{"sourceFiles":[{"name":"a","format":"TEXT","content":""},{"name":"../b","format":"TEXT","content":""}]}"#
      let error = try await refusal {
        try await fixture.platform.updateVersion(
          actor: Self.actor, number: "0.1", body: RequestBody(Array(json.utf8)))
      }
      #expect(error.status == 400 && error.type == .invalidInput)
      #expect(error.message == "sourceFiles[1].name must not hold a component . or ..")
      #expect(try fixture.edits.version("0.1", of: "~my-actor").files?.map(\.name) == ["Dockerfile"])
    }
  }

  @Test(arguments: Subject.allCases)
  func whatIsNoJSONIs400(subject: Subject) async throws {
    try await Fixture.withActor(subject) { fixture in
      let error = try await refusal {
        try await fixture.platform.updateVersion(
          actor: Self.actor, number: "0.1", body: RequestBody(Array(#"{"buildTag":"a",}"#.utf8)))
      }
      #expect(error.status == 400 && error.type == .invalidInput)
    }
  }

  @Test(arguments: Subject.allCases)
  func tooMuchInlineContentIs400(subject: Subject) async throws {
    try await Fixture.withActor(subject) { fixture in
      let fits = String(repeating: "a", count: 3_145_728)
      try await fixture.platform.updateVersion(
        actor: Self.actor, number: "0.1", body: try Self.body(content: fits))
      let error = try await refusal {
        try await fixture.platform.updateVersion(
          actor: Self.actor, number: "0.1", body: try Self.body(content: fits + "a"))
      }
      #expect(error.status == 400 && error.type == .invalidValue)
    }
  }

  @Test(arguments: Subject.allCases)
  func aBodyOverTheLimitIs413AlsoWhereItIsCompressed(subject: Subject) async throws {
    try await Fixture.withActor(subject) { fixture in
      let body = try Self.body(content: String(repeating: "a", count: 9_437_184))
      #expect(body.encoding == .gzip && body.length < 100_000)
      let error = try await refusal {
        try await fixture.platform.updateVersion(actor: Self.actor, number: "0.1", body: body)
      }
      #expect(error.status == 413 && error.type == .requestTooLarge)
    }
  }

  @Test(arguments: Subject.allCases)
  func aLostAnswerOfACreationFindsOurVersion(subject: Subject) async throws {
    try await Fixture.withActor(subject) { fixture in
      fixture.loseAnswer(.createVersion)
      let version = try await fixture.platform.createVersion(
        actor: Self.actor, number: "0.2", body: try Self.body("0.2", content: "mine")
      ) { $0.sourceFiles?.first?.content == "mine" }
      #expect(version.versionNumber == "0.2")
    }
  }

  @Test(arguments: Subject.allCases)
  func aLostAnswerOfACreationIsUnknownWhereTheVersionIsNotOurs(subject: Subject) async throws {
    try await Fixture.withActor(subject) { fixture in
      fixture.loseAnswer(.createVersion)
      let error = try await refusal {
        try await fixture.platform.createVersion(
          actor: Self.actor, number: "0.2", body: try Self.body("0.2", content: "mine")
        ) { _ in false }
      }
      #expect(error.outcomeIsUnknown && error.type == .network && error.status == nil)
    }
  }

  @Test(arguments: Subject.allCases)
  func aLostAnswerOfAnUpdateIsUnknownAndTheUpdateDone(subject: Subject) async throws {
    try await Fixture.withActor(subject) { fixture in
      fixture.loseAnswer(.updateVersion)
      let error = try await refusal {
        try await fixture.platform.updateVersion(
          actor: Self.actor, number: "0.1", body: try Self.body(content: "new"))
      }
      #expect(error.outcomeIsUnknown && error.type == .network && error.status == nil)
      #expect(try fixture.edits.version("0.1", of: "~my-actor").files?.map(\.name) == ["main.js"])
    }
  }
}
