// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import ActorProject
import ApifyAPI
import EmulatorTesting
import PlatformModel
import Synchronization
import SystemIO
import TestSupport
import Testing

@testable import Deploy

@Suite("A candidate")
struct CandidateTests {
  /// How build and run end, and what becomes of the version's tag then.
  struct Row: CustomTestStringConvertible, Sendable {
    let testDescription: String
    var build = BuildScript.Outcome.succeed
    /// Nil for no run.
    var run: BuildScript.Outcome?
    let verdict: PushOutcome.Verdict
    let status: ExitStatus
  }

  static let rows = [
    Row(testDescription: "all is well, without a run", verdict: .built, status: .done),
    Row(testDescription: "all is well, with a run", run: .succeed, verdict: .built, status: .done),
    Row(
      testDescription: "the build fails", build: .fail, run: .succeed, verdict: .buildFailed, status: .failed),
    Row(
      testDescription: "the build times out", build: .timeOut, run: .succeed, verdict: .buildTimedOut,
      status: .buildTimedOut),
    Row(testDescription: "the run fails", run: .fail, verdict: .runFailed, status: .failed),
    Row(testDescription: "the run times out", run: .timeOut, verdict: .runFailed, status: .failed),
  ]

  static func candidate(_ run: BuildScript.Outcome?) throws -> Candidate {
    Candidate(input: try run.map { _ in try RunInput(Array("{}".utf8), file: "input.json") })
  }

  @Test("moves the version's tag only if build and run succeed", arguments: rows)
  func table(_ row: Row) async throws {
    let fixture = try PushFixture()
    try await fixture.expect(.built)
    try fixture.write("2")
    fixture.platform.script(BuildScript(row.build))
    if let run = row.run { fixture.platform.scriptRun(BuildScript(run)) }
    let outcome = try await fixture.push { $0.candidate = try? Self.candidate(row.run) }
    #expect(outcome.verdict == row.verdict)
    #expect((Diagnosis(outcome)?.status ?? .done) == row.status)
    let isMoved = row.status == .done
    #expect(outcome.candidate?.isPromoted == isMoved && outcome.candidate?.before == "0.1.1")
    #expect(try fixture.number(tagged: "latest") == (isMoved ? "0.1.2" : "0.1.1"))
    #expect(try fixture.number(tagged: "candidate") == (row.build == .succeed ? "0.1.2" : nil))
    #expect(fixture.platform.state.runs.count == (row.run != nil && row.build == .succeed ? 1 : 0))
    if !isMoved {
      #expect(Diagnosis(outcome)?.message.hasSuffix("; latest still points at build 0.1.1") == true)
    }
    // The version's own tag stays what it was.
    #expect(try fixture.platform.version("0.1", of: "~shop").buildTag == "latest")
  }

  @Test("that is still building is followed by a push without one, which says that the tag does not move")
  func followed() async throws {
    let fixture = try PushFixture()
    try await fixture.expect(.built)
    try fixture.write("2")
    fixture.platform.script(BuildScript(holdingAt: [.end]))
    let left = try await fixture.push {
      $0.candidate = try? Self.candidate(nil)
      $0.wait = .zero
    }
    #expect(left.verdict == .stillBuilding)
    let id = try #require(left.build?.id)
    let said = Mutex<[String]>([])
    let outcome = try await fixture.push { _ in
    } events: { event in
      switch event {
      case .buildDecided(let decision, _, _, _):
        said.withLock { $0.append("\(decision)") }
        fixture.platform.release(.end, of: id)
      case .build(.waitingForTag): said.withLock { $0.append("waiting") }
      default: break
      }
    }
    #expect(outcome.verdict == .built && outcome.build?.id == left.build?.id)
    #expect(
      said.withLock(\.self) == [
        "\(BuildDecision.follow)",
        "\(BuildDecision.tagElsewhere("latest", number: "0.1.1", expected: "0.1.2"))",
      ])
    // What it was started for is of that build: another one gets the tag.
    try fixture.write("3")
    try await fixture.expect(.built)
    #expect(try fixture.number(tagged: "latest") == "0.1.3")
  }

  @Test("that is built already is tried without another build")
  func again() async throws {
    let fixture = try PushFixture()
    try await fixture.expect(.built)
    try fixture.write("2")
    fixture.platform.scriptRun(BuildScript(.fail), BuildScript(.succeed))
    try await fixture.expect(.runFailed) { $0.candidate = try? Self.candidate(.fail) }
    // A push without a candidate does not move the tag either.
    try await fixture.expect(.upToDate)
    #expect(try fixture.number(tagged: "latest") == "0.1.1")
    try await fixture.expect(.built) { $0.candidate = try? Self.candidate(.succeed) }
    #expect(try fixture.number(tagged: "latest") == "0.1.2" && fixture.platform.state.builds.count == 2)
    // Nothing is left to be tried, and a run costs money.
    try await fixture.expect(.upToDate) { $0.candidate = try? Self.candidate(.succeed) }
    #expect(fixture.platform.state.runs.count == 2)
  }

  @Test("of a new Actor gets both tags")
  func first() async throws {
    let fixture = try PushFixture()
    try await fixture.expect(.built) { $0.candidate = try? Self.candidate(.succeed) }
    #expect(try fixture.number(tagged: "latest") == "0.1.1" && fixture.number(tagged: "candidate") == "0.1.1")
  }

  @Test("needs a tag of its own, before anything is sent")
  func sameTag() async throws {
    let fixture = try PushFixture()
    let failure = try await failedPush { try await fixture.push { $0.candidate = Candidate(tag: .latest) } }
    guard case .project(let error)? = failure?.error else {
      Issue.record("\(String(describing: failure))")
      return
    }
    #expect(error.reason.contains("--candidate-tag latest"))
    #expect(fixture.platform.state.actors.isEmpty)
  }

  @Test("is left where the push is cancelled in its run, which is aborted")
  func cancelled() async throws {
    let fixture = try PushFixture()
    try await fixture.expect(.built)
    try fixture.write("2")
    fixture.platform.scriptRun(BuildScript(.hang))
    let pushing = Task { try await fixture.push { $0.candidate = try? Self.candidate(.hang) } }
    _ = await fixture.platform.until { $0.runs.values.first { $0.status == .running } }
    pushing.cancel()
    let failure = try await failedPush { try await pushing.value }
    guard case .runAborted? = failure?.error else {
      Issue.record("\(String(describing: failure))")
      return
    }
    #expect(fixture.platform.state.runs.values.map(\.status) == [.aborted])
    #expect(try fixture.number(tagged: "latest") == "0.1.1")
  }

  @Test("moves no tag that others have moved while it was tried")
  func meanwhile() async throws {
    let fixture = try PushFixture()
    try await fixture.expect(.built)
    try fixture.write("2")
    fixture.platform.scriptRun(BuildScript(holdingAt: [.end]))
    let pushing = Task { try await fixture.push { $0.candidate = try? Self.candidate(.succeed) } }
    let run = try #require(await fixture.platform.until { $0.runs.values.first { $0.status == .running } })
    let reference = try ApifyAPI.ActorReference("~shop")
    let other = try await fixture.platform.startBuild(actor: reference, version: "0.1", tag: "other")
    try await fixture.platform.setTag("latest", to: other.id, actor: reference)
    fixture.platform.release(.end, of: run.id)
    let failure = try await failedPush { try await pushing.value }
    guard case .tagMoved("latest", to: "0.1.3"?, let build)? = failure?.error else {
      Issue.record("\(String(describing: failure))")
      return
    }
    #expect(build.buildNumber == "0.1.2" && failure?.outcome.candidate?.isPromoted == false)
    #expect(try fixture.number(tagged: "latest") == "0.1.3")
  }

  @Test("is none where the newest build was not made to be tried: a rollback stays")
  func rolledBack() async throws {
    let fixture = try PushFixture()
    try await fixture.expect(.built)
    let first = try #require(try fixture.platform.build(tagged: "latest", of: "~shop")?.id)
    try fixture.write("2")
    try await fixture.expect(.built)
    try await fixture.platform.setTag("latest", to: first, actor: try ApifyAPI.ActorReference("~shop"))
    try await fixture.expect(.upToDate) { $0.candidate = try? Self.candidate(.succeed) }
    #expect(try fixture.number(tagged: "latest") == "0.1.1" && fixture.platform.state.runs.isEmpty)
  }

  @Test("whose run takes too long for --wait is left")
  func elapsed() async throws {
    let fixture = try PushFixture()
    try await fixture.expect(.built)
    try fixture.write("2")
    fixture.platform.scriptRun(BuildScript(.hang))
    let outcome = try await fixture.push {
      $0.candidate = try? Self.candidate(.hang)
      $0.wait = .milliseconds(700)
    }
    #expect(outcome.verdict == .stillRunning && Diagnosis(outcome)?.status == .stillBuilding)
    #expect(fixture.platform.state.runs.values.map(\.status) == [.running])
    #expect(try fixture.number(tagged: "latest") == "0.1.1")
  }

  @Test("whose run still goes on is followed by the next push, which starts no second one")
  func resumed() async throws {
    let fixture = try PushFixture()
    try await fixture.expect(.built)
    try fixture.write("2")
    fixture.platform.scriptRun(BuildScript(holdingAt: [.end]))
    try await fixture.expect(.stillRunning) {
      $0.candidate = try? Self.candidate(.succeed)
      $0.wait = .milliseconds(700)
    }
    let platform = fixture.platform
    _ = try await fixture.push({ $0.candidate = try? Self.candidate(.succeed) }) { event in
      if case .run(.resumed(let run, _)) = event { platform.release(.end, of: run.id) }
    }
    #expect(platform.state.runs.count == 1 && platform.state.builds.count == 2)
    #expect(try fixture.number(tagged: "latest") == "0.1.2")
  }

  @Test("is run again where the run that goes on has another input")
  func otherInput() async throws {
    let fixture = try PushFixture()
    try await fixture.expect(.built)
    try fixture.write("2")
    fixture.platform.scriptRun(BuildScript(.hang))
    try await fixture.expect(.stillRunning) {
      $0.candidate = try? Self.candidate(.succeed)
      $0.wait = .milliseconds(700)
    }
    let other = try RunInput(Array(#"{"a": 1}"#.utf8), file: "in.json")
    try await fixture.expect(.built) { $0.candidate = Candidate(input: other) }
    #expect(fixture.platform.state.runs.count == 2)
    #expect(try fixture.number(tagged: "latest") == "0.1.2")
  }

  @Test(
    "is run for no longer than the push may take, nor than the Actor's own runs",
    arguments: [(600, 120, 121), (600, 7200, 600), (0, 120, 121)])
  func limit(_ usual: Int, _ timeout: Int, _ expected: Int) async throws {
    let fixture = try PushFixture()
    try await fixture.expect(.built)
    let options =
      #"{"defaultRunOptions": {"build": "latest", "timeoutSecs": \#(usual), "memoryMbytes": 1024}}"#
    let change = try JSONInput.decode(ActorChange.self, from: Array(options.utf8))
    let (user, now) = (try fixture.platform.console(), fixture.platform.now)
    try fixture.platform.edit { state throws(PlatformError) in
      try state.updateActor(PlatformModel.ActorReference("~shop"), with: change, for: user, at: now)
    }
    try fixture.write("2")
    try await fixture.expect(.built) {
      $0.candidate = try? Self.candidate(.succeed)
      $0.timeout = .seconds(timeout)
    }
    let seconds = try #require(fixture.platform.state.runs.values.first?.options.timeoutSecs)
    // A push takes a moment before its run.
    #expect((expected - 20...expected).contains(seconds), "\(seconds)")
  }

  @Test("that was promoted and rolled back is promoted again, which is told before")
  func promotedAgain() async throws {
    let fixture = try PushFixture()
    try await fixture.expect(.built)
    let first = try #require(try fixture.platform.build(tagged: "latest", of: "~shop")?.id)
    try fixture.write("2")
    try await fixture.expect(.built) { $0.candidate = try? Self.candidate(nil) }
    try await fixture.platform.setTag("latest", to: first, actor: try ApifyAPI.ActorReference("~shop"))
    let told = Mutex<[String]>([])
    let outcome = try await fixture.push {
      $0.candidate = try? Self.candidate(nil)
    } events: { event in
      switch event {
      case .buildDecided(.tagElsewhere, _, isDryRun: false, let isTried):
        told.withLock { $0.append("tried: \(isTried)") }
      case .tagMoved(let tag, let before, _): told.withLock { $0.append("\(tag) from \(before ?? "none")") }
      default: break
      }
    }
    #expect(outcome.candidate?.isPromoted == true)
    #expect(told.withLock { $0 } == ["tried: true", "latest from 0.1.1"])
  }

  @Test("takes a JSON object as input", arguments: ["", "[]", "{", "1", "{\"a\":01}"])
  func input(_ text: String) {
    #expect {
      try RunInput(Array(text.utf8), file: "in.json")
    } throws: { error in
      (error as? ProjectError)?.file == "in.json"
    }
  }
}

extension PushFixture {
  /// The number of the build that `tag` means; nil where it means none.
  func number(tagged tag: String) throws -> String? {
    try platform.build(tagged: tag, of: "~shop")?.buildNumber
  }
}
