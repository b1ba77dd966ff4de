// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import ActorProject
import ApifyAPI
import EmulatorFaults
import EmulatorTesting
import PlatformEmulator
import TestSupport
import Testing

@testable import Deploy
@testable import PlatformModel

@Suite("A push beside another one", .timeLimit(.minutes(1)))
struct PushRaceTests {
  private let fixture: PushFixture

  init() throws { fixture = try PushFixture() }

  /// Lets others edit the version just before the `number`th call of `kind` from now on.
  private func editElsewhere(_ text: String, before kind: PlatformCall.Kind, _ number: Int = 1) {
    let wanted = fixture.platform.calls.count { $0.kind == kind } + number
    fixture.platform.setHook { [unowned fixture = self.fixture] call in
      if call.kind == kind, call.number == wanted { try fixture.editElsewhere(text) }
    }
  }

  private static func objection(_ error: DeployError?) -> Objection? {
    if case .conflict(let conflict, _) = error { Objection(conflict.reason) } else { nil }
  }

  @Test("stops before anything changes where others have pushed since")
  func before() async throws {
    try await fixture.push()
    try fixture.editElsewhere("theirs")
    try fixture.write("mine")
    let calls = try await fixture.calls {
      let failure = try await failedPush { try await fixture.push() }
      #expect(Self.objection(failure?.error) == .changed)
      #expect(failure?.outcome.plan?.conflict != nil && failure?.outcome.package != nil)
    }
    #expect(calls.filter(\.isChange) == [] && fixture.pushed == "theirs")
    try await fixture.expect(.built) { $0.isForced = true }
    #expect(fixture.pushed == "mine")
  }

  @Test("stops where others push between the first look and the last")
  func between() async throws {
    try await fixture.push()
    try fixture.write("mine")
    editElsewhere("theirs", before: .version, 2)
    let calls = try await fixture.calls {
      let failure = try await failedPush { try await fixture.push() }
      #expect(Self.objection(failure?.error) == .meanwhile)
    }
    #expect(calls.filter(\.isChange) == [] && fixture.pushed == "theirs")
  }

  @Test("does not stop there where it is forced")
  func forced() async throws {
    try await fixture.push()
    try fixture.write("mine")
    editElsewhere("theirs", before: .version, 2)
    try await fixture.expect(.built) { $0.isForced = true }
    #expect(fixture.pushed == "mine")
  }

  @Test("sends nothing where others have pushed just the same between the looks")
  func same() async throws {
    try await fixture.push()
    try fixture.write("mine")
    editElsewhere("mine", before: .version, 2)
    let calls = try await fixture.calls { try await fixture.expect(.built) }
    #expect(calls.filter(\.isChange) == [.startBuild, .putRecord])
  }

  @Test("creates the version again that others delete before its variables are set", arguments: [1, 2])
  func deletedBefore(_ number: Int) async throws {
    try await fixture.push()
    let wanted = fixture.platform.calls.count { $0.kind == .setVariable } + number
    fixture.platform.setHook { [unowned fixture = self.fixture] call in
      guard call.kind == .setVariable, call.number == wanted else { return }
      try fixture.platform.edit { state throws(PlatformError) in
        for id in state.actors.keys { state.actors[id]?.versions = [] }
      }
    }
    try await fixture.expect(.built) {
      $0.variables = ["A", "B"].compactMap { .init(name: $0, value: "1", isSecret: false) }
    }
    let version = try fixture.platform.version("0.1", of: "~shop")
    #expect(fixture.pushed == "1" && version.envVars.map(\.name).sorted() == ["A", "B"])
  }

  @Test("leaves what others set beside the files while they are sent")
  func besides() async throws {
    try await fixture.push()
    try fixture.write("mine")
    let wanted = fixture.platform.calls.count { $0.kind == .updateVersion } + 1
    fixture.platform.setHook { [unowned fixture = self.fixture] call in
      guard call.kind == .updateVersion, call.number == wanted else { return }
      var change = VersionChange()
      change.buildTag = .value("theirs")
      change.envVars = [
        .init(name: "P", value: "1"), .init(name: "THEIRS", value: "secret", isSecret: true),
      ]
      try fixture.platform.setVersion("0.1", of: "~shop", change)
    }
    try await fixture.expect(.built) {
      $0.variables = [DeclaredVariables.Variable(name: "P", value: "1", isSecret: false)].compactMap(\.self)
    }
    let version = try fixture.platform.version("0.1", of: "~shop")
    #expect(fixture.pushed == "mine" && version.buildTag == "theirs")
    #expect(version.envVars.map(\.name).sorted() == ["P", "THEIRS"])
    // Of the tag the next push knows that it is not the one that was given.
    try fixture.write("mine again")
    let failure = try await failedPush { try await fixture.push() }
    #expect(Self.objection(failure?.error) == .tag)
  }

  @Test("says that what was built is not what it sent")
  func beforeBuild() async throws {
    try await fixture.push()
    try fixture.write("mine")
    editElsewhere("theirs", before: .startBuild)
    let failure = try await failedPush { try await fixture.push() }
    guard case .overtaken(.built, _) = failure?.error else {
      Issue.record("\(String(describing: failure?.error))")
      return
    }
    #expect(failure?.outcome.build != nil)
  }

  @Test("says that the version holds other files by the time it is built")
  func afterBuild() async throws {
    try await fixture.push()
    try fixture.write("mine")
    editElsewhere("theirs", before: .version, 3)
    let failure = try await failedPush { try await fixture.push() }
    guard case .overtaken(.replaced, _) = failure?.error else {
      Issue.record("\(String(describing: failure?.error))")
      return
    }
  }

  /// When others replace what was pushed.
  enum Moment: CaseIterable, Sendable {
    case beforeBuild, afterBuild, failedBuild, notBuilt, buildNotStarted
  }

  @Test(
    "loses nothing to the pull that merges what has replaced it", arguments: Moment.allCases, [false, true])
  func merge(_ moment: Moment, isForgotten: Bool) async throws {
    try fixture.write("1\n")
    try await fixture.push()
    if isForgotten { try fixture.forget() }
    try fixture.write("mine\n")
    try fixture.project.write("mine.js", "x")
    if moment == .failedBuild { fixture.platform.script(BuildScript(.fail)) }
    switch moment {
    case .beforeBuild, .failedBuild, .buildNotStarted: editElsewhere("theirs\n", before: .startBuild)
    case .afterBuild, .notBuilt: editElsewhere("theirs\n", before: .version, 3)
    }
    if moment == .buildNotStarted {
      fixture.platform.inject(
        .refused(APIError(type: .network, message: "gone", method: "POST", path: "/", attempts: 1)),
        into: .startBuild)
    }
    // Without its memory the push is known by what the version says of it.
    _ = try? await fixture.push { request in
      if moment == .notBuilt { request.build = .never }
      if isForgotten { request.isForced = true }
    }
    #expect(fixture.pushed == "theirs\n")
    let again = try await failedPush { try await fixture.push() }
    #expect(Self.objection(again?.error) != nil, "\(String(describing: again?.error))")
    let pulled = try await fixture.pull()
    #expect(pulled.conflicts.count == 1)
    let tree = fixture.tree
    #expect(tree["mine.js"] == "x" && tree["main.js"]?.contains("mine\n") == true, "\(tree)")
  }

  @Test("creates the version again that others delete before it is changed")
  func deleted() async throws {
    try await fixture.push()
    try fixture.write("mine")
    let platform = fixture.platform
    platform.inject(
      .refused(
        APIError(
          type: .recordNotFound, message: "no version", status: 404, method: "PUT", path: "/", attempts: 1)),
      into: .updateVersion)
    let failure = try await failedPush { try await fixture.push() }
    // It is there all the same: what creates it finds it taken, by a version that is not this one.
    #expect(Self.objection(failure?.error) == .meanwhile, "\(String(describing: failure?.error))")
    #expect(fixture.pushed == "1")
  }
}

@Suite("A push whose answers are lost", .timeLimit(.minutes(1)))
struct LostAnswerTests {
  private let fixture: PushFixture

  init() throws { fixture = try PushFixture() }

  private static let changes: [PlatformCall.Kind] = [
    .createActor, .createVersion, .updateVersion, .startBuild, .getOrCreateStore, .putRecord,
  ]

  @Test(
    "leaves what the next push of the same files completes", arguments: changes, [SourceChoice.files, .zip])
  func next(_ kind: PlatformCall.Kind, _ form: SourceChoice) async throws {
    try fixture.project.write("other.js", "x")
    if kind == .updateVersion {
      try await fixture.push { $0.form = form }
      try fixture.write("2")
    }
    fixture.platform.inject(.lostAnswer, into: kind)
    var first: PushOutcome.Verdict?
    do {
      first = try await fixture.push { $0.form = form }.verdict
    } catch let failure as PushFailure {
      guard case .platform(let error, _) = failure.error else { throw failure }
      #expect(error.type == .network && error.outcomeIsUnknown, "it says that it does not know")
    }
    let isUsed = form == .zip || ![.getOrCreateStore, .putRecord].contains(kind)
    // What is looked for after a lost answer is found; a record is given up that was sent again and again.
    let isRecovered = ![.getOrCreateStore, .putRecord].contains(kind) || !isUsed
    #expect((first == .built) == isRecovered, "\(String(describing: first))")
    let second = try await fixture.push { $0.form = form }
    #expect(second.plan?.conflict == nil)
    #expect(second.verdict == (isRecovered ? .upToDate : .built), "what was never built is built")
    #expect(fixture.platform.state.actors.count == 1)
    try await fixture.expect(.upToDate) { $0.form = form }
    #expect(try fixture.platform.builds(of: "~shop").count <= 2)
  }

  @Test("knows after a lost update that the version is its own, also where no look came through")
  func update() async throws {
    try await fixture.push()
    try fixture.write("2")
    fixture.platform.inject(
      .refusedAfterwards(APIError(type: .network, message: "closed", attempts: 9, outcomeIsUnknown: true)),
      into: .updateVersion)
    _ = try await failedPush { try await fixture.push() }
    #expect(fixture.pushed == "2")
    let next = try await fixture.push()
    #expect(next.plan?.action == PushPlan.Action.none && next.verdict == .built)
    try fixture.write("3")
    try await fixture.expect(.built)
  }

  @Test(
    "changes nothing where a look is refused", arguments: [PlatformCall.Kind.actor, .currentUser, .version])
  func refused(_ kind: PlatformCall.Kind) async throws {
    try await fixture.push()
    try fixture.write("2")
    fixture.platform.inject(
      .refused(APIError(type: .rateLimitExceeded, message: "slow down", status: 429, attempts: 9)), into: kind
    )
    let calls = try await fixture.calls {
      let failure = try await failedPush { try await fixture.push() }
      if case .platform(let error, _) = failure?.error {
        #expect(error.status == 429)
      } else {
        Issue.record("no failure")
      }
    }
    #expect(calls.filter(\.isChange) == [] && fixture.pushed == "1")
  }
}
