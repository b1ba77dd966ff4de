// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import ActorProject
import ApifyAPI
import SourcePackage
import SourceTree
import SystemIO
import TestSupport
import Testing

@testable import Deploy
@testable import DeployHooks

@Suite("A run of the hook", .timeLimit(.minutes(1)))
struct PrePushOperationTests {
  private static let files = [
    ".actor/actor.json": #"{"actorSpecification": 1, "name": "shop", "version": "0.3"}"#,
    ".actor/actorpush.json": #"{"push": {"main": {"version": "1.0"}}}"#, "main.js": "1",
  ]

  private static func operation(
    _ fixture: HookFixture, input: String? = nil, isStrict: Bool = false
  ) async throws -> PrePushOperation {
    try await fixture.allow()
    let commit = try await fixture.head()
    let input = input ?? "refs/heads/main \(commit) refs/heads/main \(HookFixture.zero)\n"
    // The program that would deploy; this one ends at once and leaves the job as it is.
    var request = PrePushOperation.Request(input: Array(input.utf8), program: Array("/bin/true".utf8))
    request.isStrict = isStrict
    // However loaded the machine is.
    request.quickLook = 60_000
    request.url = "/remote"
    return PrePushOperation(request, fixture.hookContext, fixture.dependencies()) {
      [events = fixture.events] in
      events.note($0)
    }
  }

  private static func entries(_ fixture: HookFixture) throws -> [JobStore.Entry] {
    JobStore(state: Array(fixture.state.path.utf8), repository: Array(fixture.work(".git").utf8))
      .entries(now: 0)
  }

  private static func jobs(_ fixture: HookFixture) throws -> [DeployJob] {
    try entries(fixture).map(\.job)
  }

  /// Rows: what is wrong. What it means for a push, and for one that was asked to be strict.
  private static let responses:
    [(DeployError, PrePushOperation.Response, strict: PrePushOperation.Response)] = [
      (.interrupted, .goOn, .goOn),
      (.secretInPackage([.init(path: [120], line: 1, name: "a token")]), .leaveOut, .stop),
      (.project(ProjectError(.invalidConfiguration, reason: "x")), .leaveOut, .stop),
      (.project(ProjectError(.missingSecret, reason: "x")), .leaveOut, .stop),
      (.tree(SourceTreeError(.linkBroken, path: [120])), .leaveOut, .stop),
      (.tree(SourceTreeError(.spool, path: [])), .leaveOut, .leaveOut),
      (.tree(SourceTreeError(.gitMissing, path: [])), .leaveOut, .leaveOut),
      (.overPackageLimit, .leaveOut, .stop),
      (.nothingToPush, .leaveOut, .leaveOut),
      (.project(ProjectError(.noActor, reason: "x")), .leaveOut, .leaveOut),
      (.spool(SystemError(code: 28)), .leaveOut, .leaveOut),
      (.platform(APIError(type: .network, message: "x"), .apify), .leaveOut, .leaveOut),
    ]

  @Test(
    "holds the push up only for what the user can mend, where that was asked for",
    arguments: responses.indices)
  func response(_ index: Int) async throws {
    let (error, usual, strict) = Self.responses[index]
    let fixture = try await HookFixture([:])
    #expect(try await Self.operation(fixture).response(to: error) == usual)
    #expect(try await Self.operation(fixture, isStrict: true).response(to: error) == strict)
  }

  @Test("writes the targets down as a job, and says so")
  func schedules() async throws {
    let fixture = try await HookFixture(Self.files)
    try await Self.operation(fixture).run()
    #expect(fixture.events.words == ["scheduled ~shop 1.0"])
    let job = try #require(try Self.jobs(fixture).first)
    #expect(job.targets.map(\.version) == ["1.0"] && job.url == "/remote" && job.remote == "origin")
  }

  private static func results(_ fixture: HookFixture) throws -> [String] {
    JobStore(state: Array(fixture.state.path.utf8), repository: Array(fixture.work(".git").utf8))
      .entries(now: 0).flatMap { entry -> [String] in
        guard case .ended(let result) = entry.state else { return [] }
        return result.targets.map { "\($0.actor) \($0.version) \($0.state.rawValue): \($0.message)" }
      }
  }

  @Test(
    "deploys neither of two Actors that are the same version, and what is beside them",
    arguments: [false, true])
  func twins(_ isStrict: Bool) async throws {
    let map = #"{"push": {"main": {"version": "0.1"}}}"#
    let actor = #"{"actorSpecification": 1, "name": "shop", "version": "0.1"}"#
    let fixture = try await HookFixture([
      "shop/.actor/actor.json": actor, "shop/.actor/actorpush.json": map, "shop/main.js": "shop",
      "cart/.actor/actor.json": actor, "cart/.actor/actorpush.json": map, "cart/main.js": "cart",
      "docs/.actor/actor.json": #"{"actorSpecification": 1, "name": "docs", "version": "0.1"}"#,
      "docs/.actor/actorpush.json": map, "docs/main.js": "docs",
    ])
    let operation = try await Self.operation(fixture, isStrict: isStrict)
    if isStrict {
      await #expect {
        try await operation.run()
      } throws: { error in
        guard case HookError.deploy(.project(let error)) = error else { return false }
        return error.cause.hasPrefix("~shop 0.1: shop of main (")
      }
      #expect(try Self.jobs(fixture).isEmpty)
      return
    }
    try await operation.run()
    let refused = "not deployed ~shop: invalid-input"
    #expect(fixture.events.words == [refused, refused, "scheduled ~docs 0.1"])
    let commit = try await fixture.head().prefix(12)
    #expect(
      try Self.results(fixture)
        == ["shop", "cart"].map {
          "~shop 0.1 failed: \($0) of main (\(commit)) would be the same version; neither is deployed"
        })
    #expect(try Self.jobs(fixture).flatMap(\.targets).map(\.actor).sorted() == ["~docs", "~shop", "~shop"])
  }

  @Test("deploys neither of two commits that are one version, but one commit of two branches")
  func twoCommits() async throws {
    var files = Self.files
    files[".actor/actorpush.json"] = #"{"push": {"main": {"version": "1.0"}, "rel/*": {"version": "{1}"}}}"#
    let fixture = try await HookFixture(files)
    let first = try await fixture.head()
    let second = try await fixture.commit(["main.js": "2"])
    func input(_ other: String) -> String {
      "refs/heads/main \(second) refs/heads/main \(HookFixture.zero)\n"
        + "refs/heads/x \(other) refs/heads/rel/1.0 \(HookFixture.zero)\n"
    }
    try await Self.operation(fixture, input: input(first)).run()
    let refused = "not deployed ~shop: invalid-input"
    #expect(fixture.events.words == [refused, refused])
    #expect(
      try Self.results(fixture)
        == [("rel/1.0", first), ("main", second)].map {
          "~shop 1.0 failed: \($0) (\($1.prefix(12))) would be the same version; neither is deployed"
        })
    try await Self.operation(fixture, input: input(second)).run()
    #expect(fixture.events.words.dropFirst(2) == ["scheduled ~shop 1.0", "scheduled ~shop 1.0"])
  }

  @Test(
    "does nothing where nothing is pushed",
    arguments: ["", "(delete) \(HookFixture.zero) refs/heads/main \(HookFixture.zero)\n"])
  func nothing(_ input: String) async throws {
    let fixture = try await HookFixture(Self.files)
    try await Self.operation(fixture, input: input).run()
    #expect(try Self.jobs(fixture).isEmpty)
  }

  @Test("refuses what is not git's input")
  func malformed() async throws {
    let fixture = try await HookFixture(Self.files)
    await #expect {
      try await Self.operation(fixture, input: "hello\n").run()
    } throws: { error in
      if case HookError.malformedInput("hello") = error { true } else { false }
    }
    #expect(try Self.jobs(fixture).isEmpty)
  }

  @Test(
    "leaves a target out whose package cannot be made, or stops where it is strict", arguments: [false, true])
  func brokenPackage(_ isStrict: Bool) async throws {
    let fixture = try await HookFixture(Self.files)
    try fixture.work.link("gone", to: "nowhere")
    try await fixture.commit([:])
    let operation = try await Self.operation(fixture, isStrict: isStrict)
    if isStrict {
      await #expect {
        try await operation.run()
      } throws: { error in
        if case HookError.deploy(.tree(let error)) = error { error.code == .linkBroken } else { false }
      }
    } else {
      try await operation.run()
      #expect(fixture.events.words == ["not deployed ~shop: link-broken"])
    }
    if isStrict {
      #expect(try Self.jobs(fixture).isEmpty)
      return
    }
    // Why it is not deployed is kept, as a job that has ended, with its log.
    let kept = try #require(try Self.entries(fixture).first)
    guard case .ended(let result) = kept.state else {
      Issue.record("it has not ended")
      return
    }
    #expect(result.targets.map(\.state) == [.failed] && result.targets.map(\.exitCode) == [5])
    let log = String(decoding: Paths.contents(kept.log) ?? [], as: UTF8.self)
    #expect(
      log == "~shop \(result.targets[0].version): \(result.targets[0].message)\n"
        && log.hasSuffix("; not deployed\n"), "\(log)")
  }

  @Test("schedules nothing where it was interrupted before the look", arguments: [false, true])
  func interrupted(_ isStrict: Bool) async throws {
    let fixture = try await HookFixture(Self.files)
    let operation = try await Self.operation(fixture, isStrict: isStrict)
    fixture.cancellation.cancel()
    await #expect {
      try await operation.run()
    } throws: { error in
      if case HookError.deploy(.interrupted) = error { true } else { false }
    }
    #expect(try Self.jobs(fixture).isEmpty)
    #expect(!fixture.events.words.contains { $0.hasPrefix("scheduled") })
  }
}
