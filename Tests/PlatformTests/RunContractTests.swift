// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ApifyAPI
internal import EmulatorTesting
internal import PlatformEmulator
internal import PlatformModel
internal import Synchronization
internal import Testing

@Suite struct RunContractTests {
  private static let input = RequestBody(Array(#"{"url":"x"}"#.utf8))

  @Test(
    arguments: Subject.allCases,
    [
      (BuildScript.Outcome.succeed, BuildStatus.succeeded, 0), (.fail, .failed, 1),
      (.timeOut, .timedOut, nil),
    ] as [(BuildScript.Outcome, BuildStatus, Int?)])
  func aRunEndsAsItIsScripted(
    subject: Subject, ending: (BuildScript.Outcome, BuildStatus, Int?)
  ) async throws {
    try await Fixture.withActor(subject) { fixture in
      let build = try await fixture.endedBuild()
      fixture.scriptRun(BuildScript(ending.0))
      let id = try await fixture.platform.startRun(actor: Fixture.actor, build: build, input: Self.input).id
      _ = await fixture.edits.until { $0.runs[id]?.status.isFinal == true ? true : nil }
      let run = try #require(try await fixture.platform.run(id: id))
      #expect(run.status == ending.1 && run.exitCode == ending.2 && run.finishedAt != nil)
      #expect(run.buildID == build.id && run.buildNumber == "0.1.1")
      let made = try #require(fixture.edits.state.runs[id])
      #expect(made.inputByteCount == 11)
      #expect(fixture.edits.state.stores[made.storages.keyValueStore]?.records["INPUT"]?.byteCount == 11)
    }
  }

  @Test(arguments: Subject.allCases)
  func aRunMayHaveNoInput(subject: Subject) async throws {
    try await Fixture.withActor(subject) { fixture in
      let build = try await fixture.endedBuild()
      let id = try await fixture.platform.startRun(actor: Fixture.actor, build: build, input: nil).id
      let made = try #require(fixture.edits.state.runs[id])
      #expect(made.inputByteCount == nil)
      #expect(fixture.edits.state.stores[made.storages.keyValueStore]?.records.isEmpty == true)
    }
  }

  @Test(arguments: Subject.allCases)
  func anInputThatIsNotJSONIsRefused(subject: Subject) async throws {
    try await Fixture.withActor(subject) { fixture in
      let build = try await fixture.endedBuild()
      let error = try await refusal {
        try await fixture.platform.startRun(
          actor: Fixture.actor, build: build, input: RequestBody(Array("{,}".utf8)))
      }
      #expect(error.status == 400 && error.type.rawValue == "run-input-body-not-valid-json")
      #expect(fixture.edits.state.runs.isEmpty)
    }
  }

  @Test(arguments: Subject.allCases)
  func aBuildThatFailedIsNotRun(subject: Subject) async throws {
    try await Fixture.withActor(subject) { fixture in
      fixture.script(BuildScript(.fail))
      let build = try await fixture.endedBuild()
      let error = try await refusal {
        try await fixture.platform.startRun(actor: Fixture.actor, build: build, input: nil)
      }
      #expect(error.status == 404 && error.type.rawValue == "unknown-build-tag")
    }
  }

  @Test(arguments: Subject.allCases)
  func aLostAnswerStartsOneRun(subject: Subject) async throws {
    try await Fixture.withActor(subject) { fixture in
      let build = try await fixture.endedBuild()
      fixture.loseAnswer(.startRun)
      let run = try await fixture.platform.startRun(actor: Fixture.actor, build: build, input: nil)
      #expect(fixture.edits.state.runs.keys.sorted() == [run.id])
    }
  }

  @Test(arguments: Subject.allCases)
  func anAbortedRunIsAbortingAndThenAborted(subject: Subject) async throws {
    try await Fixture.withActor(subject) { fixture in
      let build = try await fixture.endedBuild()
      fixture.scriptRun(BuildScript(.hang))
      let id = try await fixture.platform.startRun(actor: Fixture.actor, build: build, input: nil).id
      _ = await fixture.edits.until { $0.runs[id]?.status == .running ? true : nil }
      #expect(try await fixture.platform.abortRun(id: id).status == .aborting)
      _ = await fixture.edits.until { $0.runs[id]?.status == .aborted ? true : nil }
      // An ended run stays as it is.
      #expect(try await fixture.platform.abortRun(id: id).status == .aborted)
      #expect(try await fixture.platform.run(id: "nothing") == nil)
    }
  }

  @Test(arguments: Subject.allCases)
  func theLogsOfRunsAndBuildsAreReadAlike(subject: Subject) async throws {
    try await Fixture.withActor(subject) { fixture in
      let build = try await fixture.endedBuild()
      fixture.scriptRun(BuildScript(logLines: ["hello"], holdingAt: [.end]))
      let id = try await fixture.platform.startRun(actor: Fixture.actor, build: build, input: nil).id
      _ = await fixture.edits.until { $0.runs[id]?.log.last?.hasSuffix(" hello") == true ? true : nil }
      let lines = Mutex<[String]>([])
      // As far as it has come: the run goes on.
      try await fixture.platform.readLog(of: id) { line in lines.withLock { $0.append(line) } }
      #expect(lines.withLock { $0 } == fixture.edits.state.runs[id]?.log && lines.withLock { $0.count } == 2)
      fixture.release(.end, id)
      try await fixture.platform.followLog(build: id, skipping: 2) { line in
        lines.withLock { $0.append(line) }
      }
      #expect(lines.withLock { $0 } == fixture.edits.state.runs[id]?.log && lines.withLock { $0.count } == 3)
      lines.withLock { $0 = [] }
      try await fixture.platform.readLog(of: build.id) { line in lines.withLock { $0.append(line) } }
      #expect(lines.withLock { $0 } == fixture.edits.state.builds[build.id]?.log)
      let error = try await refusal { try await fixture.platform.readLog(of: "nothing") { _ in } }
      #expect(error.isNotFound)
    }
  }
}
