// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ApifyAPI
internal import EmulatorTesting
internal import PlatformEmulator
internal import PlatformModel
internal import Synchronization
internal import Testing

@Suite(.timeLimit(.minutes(5))) struct BuildContractTests {
  @Test(arguments: Subject.allCases)
  func anAbsentBuildIsNil(subject: Subject) async throws {
    try await Fixture.withActor(subject) { fixture in
      let build = try await fixture.platform.build(id: "AAAAAAAAAAAAAAAAA")
      #expect(build == nil)
    }
  }

  @Test(arguments: Subject.allCases)
  func aBuildStartsReady(subject: Subject) async throws {
    try await Fixture.withActor(subject) { fixture in
      let build = try await fixture.platform.startBuild(actor: Fixture.actor, version: "0.1", tag: nil)
      #expect(build.status == .ready && build.buildNumber == "0.1.1" && build.version == nil)
    }
  }

  @Test(arguments: Subject.allCases)
  func aBuildOfAnAbsentVersionIs404(subject: Subject) async throws {
    try await Fixture.withActor(subject) { fixture in
      let error = try await refusal {
        try await fixture.platform.startBuild(actor: Fixture.actor, version: "0.9", tag: nil)
      }
      #expect(error.status == 404 && error.isNotFound)
    }
  }

  @Test(
    arguments: Subject.allCases,
    [(BuildScript.Outcome.succeed, BuildStatus.succeeded), (.fail, .failed), (.timeOut, .timedOut)])
  func aBuildEndsAsItIsScripted(subject: Subject, ending: (BuildScript.Outcome, BuildStatus)) async throws {
    try await Fixture.withActor(subject) { fixture in
      fixture.script(BuildScript(ending.0))
      let build = try await fixture.endedBuild()
      #expect(build.status == ending.1 && build.finishedAt != nil)
      // The version as it was built.
      #expect(build.version?.sourceFiles?.map(\.name) == ["Dockerfile"])
      let tagged = try await fixture.platform.actor(Fixture.actor)?.taggedBuilds["latest"]?.buildId
      #expect(tagged == (ending.1 == .succeeded ? build.id : nil))
    }
  }

  @Test(arguments: Subject.allCases)
  func aBuildGetsTheTagThatIsAskedFor(subject: Subject) async throws {
    try await Fixture.withActor(subject) { fixture in
      let build = try await fixture.endedBuild(tag: "beta")
      let tags = try await fixture.platform.actor(Fixture.actor)?.taggedBuilds
      #expect(tags?.mapValues(\.buildId) == ["beta": build.id])
    }
  }

  @Test(arguments: Subject.allCases)
  func aTagMayMoveAfterTheBuildHasEnded(subject: Subject) async throws {
    try await Fixture.withActor(subject) { fixture in
      fixture.script(BuildScript(holdingAt: [.tag]))
      let build = try await fixture.endedBuild()
      #expect(build.status == .succeeded)
      #expect(try await fixture.platform.actor(Fixture.actor)?.taggedBuilds == [:])
      fixture.release(.tag, build.id)
      _ = await fixture.edits.until { $0.actors.values.first?.taggedBuilds?["latest"] }
      #expect(try await fixture.platform.actor(Fixture.actor)?.taggedBuilds["latest"]?.buildId == build.id)
    }
  }

  @Test(arguments: Subject.allCases)
  func aBuildWithoutFilesFails(subject: Subject) async throws {
    try await Fixture.withActor(subject) { fixture in
      try fixture.edits.setFiles([], of: "0.1", "~my-actor")
      #expect(try await fixture.endedBuild().status == .failed)
    }
  }

  @Test(arguments: Subject.allCases)
  func aBuildMayNotBeFoundAtFirst(subject: Subject) async throws {
    try await Fixture.withActor(subject) { fixture in
      fixture.script(BuildScript(hiddenFor: 2))
      let id = try await fixture.platform.startBuild(actor: Fixture.actor, version: "0.1", tag: nil).id
      var found: [Bool] = []
      for _ in 0..<3 { found.append(try await fixture.platform.build(id: id) != nil) }
      #expect(found == [false, false, true])
    }
  }

  @Test(arguments: Subject.allCases)
  func buildsAreListedNewestFirst(subject: Subject) async throws {
    try await Fixture.withActor(subject) { fixture in
      for _ in 0..<3 { _ = try await fixture.endedBuild() }
      let builds = try await fixture.platform.builds(of: Fixture.actor, limit: 2)
      #expect(builds.map(\.buildNumber) == ["0.1.3", "0.1.2"])
      #expect(builds.allSatisfy { $0.version == nil })
    }
  }

  @Test(arguments: Subject.allCases)
  func moreBuildsThanAPageHoldsAreListed(subject: Subject) async throws {
    try await Fixture.withActor(subject) { fixture in
      let user = try fixture.edits.console()
      let now = fixture.edits.now.milliseconds
      try fixture.edits.edit { state throws(PlatformError) in
        for number in 1...1002 {
          _ = try state.createBuild(
            of: "0.1", .name(username: nil, name: "my-actor"), tag: nil, for: user, id: Identifier.make(),
            at: Timestamp(milliseconds: now + Int64(number)))
        }
      }
      let builds = try await fixture.platform.builds(of: Fixture.actor, limit: 1001)
      #expect(builds.map(\.buildNumber) == (2...1002).reversed().map { "0.1.\($0)" })
      #expect(try await fixture.platform.builds(of: Fixture.actor, limit: 5000).count == 1002)
    }
  }

  @Test(arguments: Subject.allCases)
  func anAbortedBuildIsAbortingAndThenAborted(subject: Subject) async throws {
    try await Fixture.withActor(subject) { fixture in
      fixture.script(BuildScript(.hang))
      let id = try await fixture.platform.startBuild(actor: Fixture.actor, version: "0.1", tag: nil).id
      _ = await fixture.edits.until { $0.builds[id]?.status == .running ? true : nil }
      #expect(try await fixture.platform.abortBuild(id: id).status == .aborting)
      #expect(try await fixture.end(of: id).status == .aborted)
      // An ended build stays as it is.
      #expect(try await fixture.platform.abortBuild(id: id).status == .aborted)
    }
  }

  @Test(arguments: Subject.allCases)
  func aLogIsFollowedToItsEndButForKnownLines(subject: Subject) async throws {
    try await Fixture.withActor(subject) { fixture in
      fixture.script(BuildScript(logLines: ["one", "two"], holdingAt: [.end]))
      let id = try await fixture.platform.startBuild(actor: Fixture.actor, version: "0.1", tag: nil).id
      _ = await fixture.edits.until { $0.builds[id]?.log.last?.hasSuffix(" two") == true ? true : nil }
      let lines = Mutex<[String]>([])
      try await fixture.platform.followLog(build: id, skipping: 3) { line in
        lines.withLock { $0.append(line) }
        if line.hasSuffix(" two") {
          fixture.log("three", id)
          fixture.release(.end, id)
        }
      }
      let log = fixture.edits.state.builds[id]?.log ?? []
      #expect(log.count == 7)
      #expect(lines.withLock { $0 } == Array(log.dropFirst(3)))
    }
  }

  @Test(arguments: Subject.allCases)
  func aLogMayEndBeforeTheBuild(subject: Subject) async throws {
    try await Fixture.withActor(subject) { fixture in
      fixture.script(BuildScript(logEnd: .early, holdingAt: [.end]))
      let id = try await fixture.platform.startBuild(actor: Fixture.actor, version: "0.1", tag: nil).id
      try await fixture.platform.followLog(build: id, skipping: 0) { _ in }
      #expect(try await fixture.platform.build(id: id)?.status == .running)
    }
  }

  @Test(arguments: Subject.allCases)
  func followingStopsWhereTheTaskIsCancelled(subject: Subject) async throws {
    try await Fixture.withActor(subject) { fixture in
      fixture.script(BuildScript(.hang))
      let platform = fixture.platform
      let id = try await platform.startBuild(actor: Fixture.actor, version: "0.1", tag: nil).id
      let began = AsyncStream.makeStream(of: Void.self)
      let following = Task {
        try await platform.followLog(build: id, skipping: 0) { _ in began.continuation.yield() }
      }
      for await _ in began.stream { break }
      following.cancel()
      await #expect(throws: (any Error).self) { try await following.value }
    }
  }

  @Test(arguments: Subject.allCases)
  func aLostAnswerStartsOneBuild(subject: Subject) async throws {
    try await Fixture.withActor(subject) { fixture in
      // A client knows the platform's time after its first answer.
      _ = try await fixture.platform.currentUser()
      fixture.loseAnswer(.startBuild)
      let build = try await fixture.platform.startBuild(actor: Fixture.actor, version: "0.1", tag: nil)
      #expect(try fixture.edits.builds(of: "~my-actor").map(\.id) == [build.id])
    }
  }
}

extension Fixture {
  /// A build that has ended.
  func endedBuild(tag: String? = nil) async throws -> Build {
    try await end(of: try await platform.startBuild(actor: Fixture.actor, version: "0.1", tag: tag).id)
  }

  /// The build `id` when it has ended.
  func end(of id: String) async throws -> Build {
    _ = await edits.until { $0.builds[id]?.status.isFinal == true ? true : nil }
    return try #require(try await platform.build(id: id))
  }
}
