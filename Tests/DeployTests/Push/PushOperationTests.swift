// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import ActorProject
import ApifyAPI
import EmulatorTesting
import Foundation
import PlatformEmulator
import PlatformModel
import SystemIO
import TestSupport
import Testing

@testable import Deploy

@Suite("A push", .timeLimit(.minutes(1)))
struct PushOperationTests {
  private let fixture: PushFixture

  init() throws { fixture = try PushFixture() }

  @Test("creates the Actor, its version and a build of that")
  func newActor() async throws {
    let outcome = try await fixture.push()
    #expect(outcome.verdict == .built && outcome.plan?.action == .createActor)
    #expect(fixture.pushed == "1")
    let actor = try fixture.platform.actor("~shop")
    #expect(outcome.actorID == actor.id)
    #expect(try fixture.platform.build(tagged: "latest", of: "~shop")?.id == outcome.build?.id)
    // The last ones leave what the build was started with.
    #expect(
      fixture.platform.calls.map(\.kind).filter(\.isChange) == [
        .createActor, .createVersion, .startBuild, .putRecord, .getOrCreateStore, .putRecord,
      ])
  }

  @Test("does nothing where nothing has changed")
  func unchanged() async throws {
    try await fixture.push()
    let calls = try await fixture.calls {
      try await fixture.expect(.upToDate)
    }
    #expect(Set(calls) == [.actor, .version, .currentUser] && calls.count == 3)
    #expect(try fixture.platform.builds(of: "~shop").count == 1)
  }

  @Test("builds what has not changed where that is asked for, or sends it where it is forced")
  func asked() async throws {
    try await fixture.push()
    let built = try await fixture.calls {
      try await fixture.expect(.built) { $0.build = .always }
    }
    #expect(built.filter(\.isChange) == [.startBuild, .putRecord])
    let forced = try await fixture.calls {
      try await fixture.expect(.built) { $0.isForced = true }
    }
    #expect(forced.filter(\.isChange) == [.updateVersion, .startBuild, .putRecord])
  }

  @Test("updates the version in one call")
  func update() async throws {
    try await fixture.push()
    try fixture.write("2")
    let calls = try await fixture.calls { try await fixture.expect(.built) }
    #expect(calls.filter(\.isChange) == [.updateVersion, .startBuild, .putRecord] && fixture.pushed == "2")
  }

  @Test("creates a new version beside the one that is there")
  func newVersion() async throws {
    try await fixture.push()
    try fixture.project.write(
      ".actor/actor.json", #"{"actorSpecification": 1, "name": "shop", "version": "0.2", "buildTag": "beta"}"#
    )
    let outcome = try await fixture.push()
    #expect(outcome.plan?.action == .createVersion && fixture.pushed == "1")
    #expect(try fixture.platform.version("0.2", of: "~shop").files?.isEmpty == false)
    #expect(try fixture.platform.build(tagged: "beta", of: "~shop")?.id == outcome.build?.id)
  }

  @Test("builds nothing where that is asked for")
  func unbuilt() async throws {
    try await fixture.expect(.updated) { $0.build = .never }
    #expect(try fixture.platform.builds(of: "~shop").isEmpty)
  }

  @Test("changes nothing where it is dry, whatever it would do", arguments: SourceChoice.allCases)
  func dryRun(_ form: SourceChoice) async throws {
    func isDry() async throws {
      let calls = try await fixture.calls {
        let outcome = try await fixture.push {
          $0.isDryRun = true
          $0.form = form
        }
        #expect(outcome.verdict == .dryRun && outcome.plan != nil)
      }
      #expect(calls.filter(\.isChange) == [], "\(calls)")
    }
    try await isDry()
    #expect(fixture.platform.state.actors.isEmpty)
    try await fixture.push { $0.form = form }
    try await isDry()
    try fixture.write("2")
    try await isDry()
    #expect(fixture.pushed != "2")
  }

  @Test(
    "sends a zip where the Dockerfile runs a file by its executable bit, unless that is silenced",
    arguments: [
      ("CMD [\"./run.sh\"]", SourceChoice.auto, "{}", true),
      ("CMD [\"sh\", \"./run.sh\"]", .auto, "{}", false),
      ("RUN chmod +x run.sh\nCMD [\"./run.sh\"]", .auto, "{}", false),
      ("CMD [\"./run.sh\"]", .files, "{}", false),
      ("CMD [\"./run.sh\"]", .auto, #"{"checks": {"executable-bit-lost": "off"}}"#, false),
      ("CMD [\"./run.sh\"]", .auto, #"{"checks": {"executable-bit-lost": "error"}}"#, true),
    ])
  func bits(_ line: String, _ form: SourceChoice, _ map: String, _ isZip: Bool) async throws {
    try fixture.project.write("Dockerfile", "FROM scratch\nCOPY . .\n\(line)\n")
    try fixture.project.write(".actor/actorpush.json", map)
    try fixture.project.write("run.sh", "#!/bin/sh\n")
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o755], ofItemAtPath: fixture.project("run.sh"))
    let outcome = try await fixture.push {
      $0.form = form
      $0.isStrict = form == .auto
    }
    #expect(outcome.verdict == .built && (outcome.package?.sourceType == .tarball) == isZip)
    try await fixture.expect(.upToDate) { $0.form = form }
  }

  @Test("sends a zip with its manifest, and knows it again by that alone")
  func zip() async throws {
    try await fixture.expect(.built) { $0.form = .zip }
    let calls = try await fixture.calls {
      try await fixture.expect(.upToDate) { $0.form = .zip }
    }
    #expect(Set(calls) == [.actor, .currentUser, .recordTail, .readRecord] && calls.count == 4)
    try fixture.write("2")
    let changes = try await fixture.calls {
      try await fixture.expect(.built) { $0.form = .zip }
    }
    #expect(
      changes.filter(\.isChange) == [
        .getOrCreateStore, .putRecord, .putRecord, .updateVersion, .startBuild, .putRecord,
      ])
  }

  @Test(
    "takes a build that does not succeed for an outcome",
    arguments: [(BuildScript.Outcome.fail, PushOutcome.Verdict.buildFailed), (.timeOut, .buildTimedOut)])
  func failedBuild(_ course: BuildScript.Outcome, _ verdict: PushOutcome.Verdict) async throws {
    fixture.platform.script(BuildScript(course, logLines: ["all is well"]))
    let outcome = try await fixture.push()
    #expect(outcome.verdict == verdict && fixture.pushed == "1")
    #expect(outcome.ending?.logTail.isEmpty == false)
    let next = try await fixture.push()
    #expect(
      next.verdict == .built && next.plan?.action == PushPlan.Action.none, "only the build is made up for")
  }

  @Test("aborts its build where it is cancelled")
  func cancelled() async throws {
    fixture.platform.script(BuildScript(.hang))
    let (started, signal) = AsyncStream.makeStream(of: Void.self)
    let task = Task { [fixture = self.fixture] in
      try await fixture.push(events: { event in
        if case .build(.started) = event { signal.finish() }
      })
    }
    for await _ in started {}
    task.cancel()
    let failure = try #require(try await failedPush { try await task.value })
    guard case .buildAborted(let build) = failure.error else {
      Issue.record("\(failure.error)")
      return
    }
    #expect(failure.outcome.build?.id == build.id && failure.outcome.actorID != nil)
    #expect(try fixture.platform.builds(of: "~shop").map(\.status.isFinal) == [true])
    #expect(fixture.pushed == "1", "the version stays")
  }

  @Test("does not say that it has updated a version that it only built again")
  func builtAgain() async throws {
    try await fixture.push()
    fixture.platform.script(BuildScript(.fail))
    let outcome = try await fixture.push { $0.build = .always }
    let message = try #require(Diagnosis(outcome)).message
    #expect(message.contains("build 0.1.2 failed") && !message.contains("updated"), "\(message)")
    try fixture.write("2")
    fixture.platform.script(BuildScript(.fail))
    let other = try #require(Diagnosis(try await fixture.push())).message
    #expect(other.hasSuffix("; the version is updated"), "\(other)")
  }

  @Test("does not begin where it is cancelled before")
  func cancelledBefore() async throws {
    fixture.cancellation.cancel()
    await #expect(throws: (any Error).self) { try await fixture.push() }
    #expect(fixture.platform.calls.map(\.kind).filter(\.isChange) == [])
  }
}
