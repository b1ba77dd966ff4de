// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ApifyAPI
internal import EmulatorTesting
internal import PlatformEmulator
internal import PlatformModel
internal import Testing

@Suite(.timeLimit(.minutes(5))) struct ActorContractTests {
  @Test(arguments: Subject.allCases)
  func theUserIsTheOwnerOfTheToken(subject: Subject) async throws {
    try await Fixture.running(subject) { fixture in
      let user = try await fixture.platform.currentUser()
      #expect(user.username == "anna")
      #expect(user.id == fixture.edits.users.first?.id)
    }
  }

  @Test(arguments: Subject.allCases)
  func anAbsentActorIsNil(subject: Subject) async throws {
    try await Fixture.running(subject) { fixture in
      for reference in [
        ApifyAPI.ActorReference.own(name: "nothing"), .id("AAAAAAAAAAAAAAAAA"),
        .named(owner: "nobody", name: "nothing"),
      ] {
        let actor = try await fixture.platform.actor(reference)
        #expect(actor == nil)
      }
    }
  }

  @Test(arguments: Subject.allCases)
  func anActorIsFoundByIdNameAndOwner(subject: Subject) async throws {
    try await Fixture.withActor(subject) { fixture in
      let id = try fixture.edits.actor("~my-actor").id
      for reference in [
        ApifyAPI.ActorReference.id(id), .own(name: "my-actor"), .named(owner: "anna", name: "my-actor"),
      ] {
        let actor = try #require(try await fixture.platform.actor(reference))
        #expect(actor.id == id && actor.name == "my-actor" && actor.username == "anna")
        #expect(actor.versions.map(\.versionNumber) == ["0.1"])
      }
    }
  }

  @Test(arguments: Subject.allCases)
  func anActorOfAnotherUserIsNil(subject: Subject) async throws {
    try await Fixture.running(subject) { fixture in
      let stranger = try #require(fixture.edits.users.last)
      let actor = try fixture.edits.edit { state throws(PlatformError) in
        try state.createActor(
          ActorChange(name: "other"), for: stranger, id: "BBBBBBBBBBBBBBBBB", at: fixture.edits.now)
      }
      #expect(try await fixture.platform.actor(.id(actor.id)) == nil)
    }
  }

  @Test(arguments: Subject.allCases)
  func anActorIsCreatedWithItsVersions(subject: Subject) async throws {
    try await Fixture.running(subject) { fixture in
      let new = NewActor(
        name: "new-one", title: "New", versions: [.init(versionNumber: "1.2", buildTag: "beta")])
      let actor = try await fixture.platform.createActor(new)
      #expect(actor.title == "New" && actor.versions.map(\.buildTag) == ["beta"])
      #expect(actor.defaultRunOptions == .standard)
      #expect(try fixture.edits.actor("~new-one").id == actor.id)
    }
  }

  @Test(arguments: Subject.allCases)
  func aNameIsTakenOnce(subject: Subject) async throws {
    try await Fixture.withActor(subject) { fixture in
      let error = try await refusal { try await fixture.platform.createActor(NewActor(name: "my-actor")) }
      #expect(error.status == 409 && error.type == .actorNameNotUnique && !error.outcomeIsUnknown)
      #expect(error.method == "POST" && error.path == "/v2/actors")
    }
  }

  @Test(arguments: Subject.allCases)
  func aLostAnswerCreatesOneActor(subject: Subject) async throws {
    try await Fixture.running(subject) { fixture in
      fixture.loseAnswer(.createActor)
      let actor = try await fixture.platform.createActor(NewActor(name: "new-one"))
      #expect(fixture.edits.state.actors.keys.sorted() == [actor.id])
      #expect(fixture.count(.createActor) == 1)
    }
  }

  @Test(arguments: Subject.allCases)
  func aTagMovesToASucceededBuildOnly(subject: Subject) async throws {
    try await Fixture.withActor(subject) { fixture in
      let platform = fixture.platform
      var builds: [String] = []
      for outcome in [BuildScript.Outcome.succeed, .succeed, .fail] {
        fixture.script(BuildScript(outcome))
        builds.append(try await fixture.endedBuild().id)
      }
      #expect(try await platform.actor(Fixture.actor)?.taggedBuilds["latest"]?.buildId == builds[1])
      let actor = try await platform.setTag("latest", to: builds[0], actor: Fixture.actor)
      #expect(actor.taggedBuilds["latest"]?.buildNumber == "0.1.1")
      let error = try await refusal {
        try await platform.setTag("latest", to: builds[2], actor: Fixture.actor)
      }
      #expect(error.status == 400 && error.type == .invalidValue)
      #expect(try fixture.edits.build(tagged: "latest", of: "~my-actor")?.id == builds[0])
    }
  }
}
