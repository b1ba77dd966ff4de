// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import EmulatorFaults
internal import EmulatorTesting
internal import PlatformEmulator
internal import PlatformModel
internal import Testing

@Suite(.timeLimit(.minutes(10))) struct BuildScriptTests {
  @Test(arguments: [(BuildScript.Outcome.succeed, "SUCCEEDED"), (.fail, "FAILED"), (.timeOut, "TIMED-OUT")])
  func aBuildEndsAsItIsTold(outcome: BuildScript.Outcome, status: String) async throws {
    try await TestPlatform.running { platform in
      try await platform.makeBuildableActor()
      platform.emulator.script(BuildScript(outcome, logLines: ["a line of its own"]))
      let id = try await platform.startBuild("&waitForFinish=60")
      #expect(try await platform.status(of: id) == status)
      let log = try await platform.send(.GET, "/v2/actor-builds/\(id)/log").body
      #expect(String(decoding: log, as: UTF8.self).contains("Z a line of its own\n"))
      #expect(
        try platform.emulator.actor("~my-actor").taggedBuilds
          == (status == "SUCCEEDED" ? ["latest": id] : nil))
      #expect(try platform.emulator.builds(of: "~my-actor").map(\.status.rawValue) == [status])
    }
  }

  @Test func aBuildGoesThroughItsStatesAsItIsReleased() async throws {
    try await TestPlatform.running { platform in
      let emulator = platform.emulator
      try await platform.makeBuildableActor()
      emulator.script(BuildScript(holdingAt: [.start, .end, .tag]))
      let id = try await platform.startBuild("&waitForFinish=0")
      #expect(try await platform.status(of: id) == "READY")
      emulator.release(.start, of: id)
      try await emulator.wait("a running build") { $0.builds[id]?.status == .running ? true : nil }
      #expect(try await platform.status(of: id) == "RUNNING")
      emulator.release(.end, of: id)
      try await platform.end(of: id)
      #expect(try await platform.status(of: id) == "SUCCEEDED")
      #expect(try emulator.build(tagged: "latest", of: "~my-actor") == nil)
      emulator.release(.tag, of: id)
      let tagged = try await emulator.wait("the tag latest") {
        $0.actors.values.first?.taggedBuilds?["latest"]
      }
      #expect(tagged == id)
    }
  }

  @Test func whatTimesOutIsTimingOutBefore() async throws {
    try await TestPlatform.running { platform in
      try await platform.makeBuildableActor()
      platform.emulator.script(BuildScript(.timeOut, holdingAt: [.settle]))
      let id = try await platform.startBuild()
      try await platform.emulator.wait("a build that times out") {
        $0.builds[id]?.status == .timingOut ? true : nil
      }
      #expect(try await platform.status(of: id) == "TIMING-OUT")
      platform.emulator.release(.settle, of: id)
      #expect(try await platform.end(of: id).status == .timedOut)
    }
  }

  @Test(arguments: [Set<BuildScript.Gate>(), [.settle], [.start], [.end]])
  func whatIsAbortedIsAbortingBefore(gates: Set<BuildScript.Gate>) async throws {
    try await TestPlatform.running { platform in
      try await platform.makeBuildableActor()
      platform.emulator.script(BuildScript(gates.contains(.end) ? .succeed : .hang, holdingAt: gates))
      let id = try await platform.startBuild()
      let answer = try await platform.send(.POST, "/v2/actor-builds/\(id)/abort")
      #expect(try answer.data["status"] == .string("ABORTING"))
      if gates == [.settle] { #expect(try await platform.status(of: id) == "ABORTING") }
      platform.emulator.release(.settle, of: id)
      try await platform.end(of: id)
      for _ in 0..<2 { #expect(try await platform.status(of: id) == "ABORTED") }
      let again = try await platform.send(.POST, "/v2/actor-builds/\(id)/abort")
      #expect(try again.status == 200 && again.data["status"] == .string("ABORTED"))
    }
  }

  @Test func waitingForABuildHasItsEnd() async throws {
    // Time that passes at once.
    try await TestPlatform.running {
      $0.sleep = { _ in }
    } _: { platform in
      try await platform.makeBuildableActor()
      platform.emulator.setUsualBuild(BuildScript(.hang))
      for query in ["&waitForFinish=60", "&waitForFinish=999999"] {
        let build = try await platform.send(.POST, TestPlatform.builds + "?version=0.0" + query).data
        let id = try #require(build["id"].string)
        #expect(["READY", "RUNNING"].contains(build["status"].string))
        let later = try await platform.send(.GET, "/v2/actor-builds/\(id)?waitForFinish=60").data
        #expect(["READY", "RUNNING"].contains(later["status"].string))
      }
    }
  }

  @Test func scriptsAreForOneBuildEachAndForTheActorThatIsMeant() async throws {
    try await TestPlatform.running { platform in
      try await platform.makeBuildableActor()
      let other = try platform.emulator.makeActor(named: "other")
      try platform.emulator.setFiles(
        [SourceFile(name: "a", kind: .file(.text, content: ""))], of: "0.0", "~other")
      platform.emulator.script(BuildScript(.timeOut), forActor: "other")
      platform.emulator.script(BuildScript(.fail), forActor: other.id)
      platform.emulator.script(BuildScript(.fail))
      func build(_ name: String) async throws -> String? {
        let address = "/v2/actors/~\(name)/builds?version=0.0&waitForFinish=60"
        return try await platform.send(.POST, address).data["status"].string
      }
      #expect(try await build("my-actor") == "FAILED")
      #expect(try await build("my-actor") == "SUCCEEDED")
      #expect(try await build("other") == "TIMED-OUT")
      #expect(try await build("other") == "FAILED")
      #expect(try await build("other") == "SUCCEEDED")
    }
  }

  @Test func aNewBuildMayNotBeFoundAtFirst() async throws {
    try await TestPlatform.running { platform in
      try await platform.makeBuildableActor()
      platform.emulator.script(BuildScript(hiddenFor: 2))
      let id = try await platform.startBuild()
      var statuses: [Int] = []
      for _ in 0..<3 { statuses.append(try await platform.send(.GET, "/v2/actor-builds/\(id)").status) }
      #expect(statuses == [404, 404, 200])
    }
  }

  @Test func aStartWhoseAnswerIsLostIsInTheList() async throws {
    try await TestPlatform.running { platform in
      try await platform.makeBuildableActor()
      platform.emulator.inject(Fault(.lostAnswer, method: "POST", route: "/v2/actors/{ref}/builds"))
      await #expect(throws: (any Error).self) { try await platform.startBuild() }
      let list = try await platform.send(.GET, TestPlatform.builds + "?desc=1&limit=1").data
      #expect(list["total"] == .integer(1))
      try await platform.end(of: try #require(list["items"][0]["id"].string))
    }
  }

  @Test func stoppingTheEmulatorEndsWhatIsUnderWay() async throws {
    let emulator = try await TestPlatform.running { platform in
      try await platform.makeBuildableActor()
      platform.emulator.script(BuildScript(.hang), BuildScript(holdingAt: [.start]))
      _ = try await platform.startBuild()
      _ = try await platform.startBuild()
      return platform.emulator
    }
    #expect(emulator.state.builds.values.map(\.status) == [.failed, .failed])
  }

  @Test func anEditCanComeBetweenTwoRequests() async throws {
    try await TestPlatform.running { platform in
      try await platform.makeBuildableActor()
      let emulator = platform.emulator
      for tag in ["first", "second"] {
        emulator.before("PUT", "/v2/actors/{ref}/versions/{version}") {
          var change = VersionChange()
          change.buildTag = .value(tag)
          _ = try? emulator.setVersion("0.0", of: "~my-actor", change)
        }
      }
      func tag(_ verb: HTTPVerb) async throws -> String? {
        let body = verb == .PUT ? "{}" : nil
        guard let body else {
          return try await platform.send(verb, TestPlatform.version).data["buildTag"].string
        }
        return try await platform.send(verb, TestPlatform.version, body).data["buildTag"].string
      }
      #expect(try await tag(.GET) == "latest")
      #expect(try await tag(.PUT) == "first")
      #expect(try await tag(.GET) == "first")
      #expect(try await tag(.PUT) == "second")
      #expect(try await tag(.PUT) == "second")
    }
  }
}
