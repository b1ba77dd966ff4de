// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import ActorProject
import ApifyAPI
import EmulatorTesting
import PlatformModel
import SourcePackage
import Synchronization
import Testing

@testable import Deploy

@Suite("Looking at builds")
struct BuildOperationTests {
  private static func settings(_ tag: String? = nil) throws -> PushSettings {
    try PushSettings(
      configuration: nil,
      target: VersionTarget(
        actor: .own(name: "shop"), version: try VersionNumber("0.1"),
        tag: try tag.map { try BuildTag($0) }))
  }

  @Test("lists them with tags, commit and digest, the newest first")
  func list() async throws {
    let fixture = try PushFixture()
    try await fixture.expect(.built)
    let digest = try await fixture.push().package?.summary.digest
    try fixture.write("2")
    fixture.platform.script(BuildScript(.fail))
    try await fixture.expect(.buildFailed)
    let found = try await BuildsOperation(try Self.settings(), limit: 10).run(on: fixture.platform)
    #expect(found.builds.map(\.build.buildNumber) == ["0.1.2", "0.1.1"])
    #expect(found.builds.map(\.tags) == [[], ["latest"]])
    #expect(found.builds.map(\.build.status) == [.failed, .succeeded])
    #expect(found.builds.last?.digest == digest && found.builds.last?.provenance?.digest == digest)
    #expect(found.builds.first?.digest != digest)
    let one = try await BuildsOperation(try Self.settings(), limit: 1).run(on: fixture.platform)
    #expect(one.builds.map(\.build.buildNumber) == ["0.1.2"])
    let other = try await BuildsOperation(
      try Self.settings(), of: try VersionNumber("0.2"), limit: 10
    ).run(on: fixture.platform)
    #expect(other.builds.isEmpty)
  }

  @Test("knows the digest of a zip from its list of files, and where that is gone from its key")
  func zip() async throws {
    let fixture = try PushFixture()
    let digest = try await fixture.push { $0.form = .zip }.package?.summary.digest
    let list = BuildsOperation(try Self.settings(), limit: 10)
    #expect(try await list.run(on: fixture.platform).builds.first?.digest == digest)
    let store = try #require(fixture.platform.state.stores.values.first { $0.name != nil })
    for key in store.records.keys { try await fixture.platform.removeRecord(store: store.id, key: key) }
    let prefix = try await list.run(on: fixture.platform).builds.first?.digest
    #expect(prefix?.count == 32 && digest?.hasPrefix(prefix ?? "-") == true)
  }

  /// A name, and the build that it means; nil where none is found.
  private static let names: [(BuildOperation.Target, String?)] = [
    (.named("0.1.1"), "0.1.1"), (.named("latest"), "0.1.1"), (.newest(nil), "0.1.2"),
    (.newest(try? VersionNumber("0.1")), "0.1.2"), (.newest(try? VersionNumber("0.2")), nil),
    (.named("0.1.9"), nil),
    (.named("beta"), nil), (.named(""), nil),
  ]

  @Test("finds one by number, tag or as the newest, and offers what there is", arguments: names.indices)
  func find(_ index: Int) async throws {
    let (target, number) = Self.names[index]
    let fixture = try PushFixture()
    try await fixture.expect(.built)
    try fixture.write("2")
    fixture.platform.script(BuildScript(.fail))
    try await fixture.expect(.buildFailed)
    let before = fixture.platform.calls.count
    do {
      let operation = BuildOperation(try Self.settings(), target, .look)
      let outcome = try await operation.run(on: fixture.platform) { _ in }
      #expect(outcome.build.build.buildNumber == number && outcome.ending == nil)
      let id = outcome.build.build.id
      let byID = BuildOperation(try Self.settings(), .named(id), .look)
      #expect(try await byID.run(on: fixture.platform) { _ in }.build.build.id == id)
    } catch let error as DeployError {
      guard case .noSuchBuild(let words, let help) = error, number == nil else { throw error }
      #expect(help?.contains("0.1.2 (FAILED), 0.1.1 (latest)") == true, "\(words)")
    }
    #expect(!fixture.platform.calls.dropFirst(before).contains { $0.kind.isChange })
  }

  @Test("says what to do where there are no builds")
  func noBuilds() async throws {
    let fixture = try PushFixture()
    try fixture.platform.makeActor(named: "shop")
    await #expect {
      _ = try await BuildOperation(try Self.settings(), .newest(nil), .look).run(on: fixture.platform) { _ in
      }
    } throws: { error in
      if case DeployError.noSuchBuild(_, let help?) = error { help.contains("actorpush push") } else { false }
    }
  }

  @Test("starts one of a version of any source, under the tag that is given", arguments: [nil, "beta"])
  func start(_ tag: String?) async throws {
    let fixture = try PushFixture()
    try fixture.platform.makeActor(named: "shop")
    var change = VersionChange()
    change.sourceType = .gitRepo
    change.gitRepoUrl = .value("https://example.com/shop.git")
    change.buildTag = .value("latest")
    try fixture.platform.setVersion("0.1", of: "~shop", change)
    let operation = BuildOperation(
      try Self.settings(), .newest(nil), .start(tag: try tag.map { try BuildTag($0) }))
    let outcome = try await operation.run(on: fixture.platform) { _ in }
    #expect(outcome.ending?.build.status == .succeeded && outcome.build.sourceType == .gitRepository)
    #expect(outcome.build.tags == [tag ?? "latest"] && outcome.build.digest == nil)
  }

  @Test("that has ended is told, whatever becomes of the looks after it")
  func lastLooks() async throws {
    let fixture = try PushFixture()
    try await fixture.expect(.built)
    let refused = CallFault.refused(APIError(type: .network, message: "gone", attempts: 9))
    for number in 2..<10 { fixture.platform.inject(refused, into: .actor, number: number) }
    let operation = BuildOperation(try Self.settings(), .newest(nil), .start(tag: nil))
    let outcome = try await operation.run(on: fixture.platform) { _ in }
    #expect(outcome.ending?.build.status == .succeeded && outcome.build.build.buildNumber == "0.1.2")
    guard case .unknown("latest", .platform)? = outcome.ending?.tag else {
      Issue.record("\(String(describing: outcome.ending?.tag))")
      return
    }
  }

  @Test("starts none of a version that is not there")
  func noVersion() async throws {
    let fixture = try PushFixture()
    try fixture.platform.makeActor(named: "shop")
    await #expect {
      let operation = BuildOperation(try Self.settings(), .newest(nil), .start(tag: nil))
      _ = try await operation.run(on: fixture.platform) { _ in }
    } throws: { error in
      if case DeployError.noSuchVersion("0.1", _, _) = error { true } else { false }
    }
    #expect(fixture.platform.state.builds.isEmpty)
  }

  @Test("follows one to its end, and aborts one")
  func followAndAbort() async throws {
    let fixture = try PushFixture()
    fixture.platform.script(BuildScript(.fail, logLines: ["boom"], holdingAt: [.end]))
    try await fixture.expect(.buildStarted) { ($0.wait, $0.followsBuild) = (.zero, false) }
    let lines = Mutex<[String]>([])
    let follow = BuildOperation(try Self.settings(), .newest(nil), .follow)
    let outcome = try await follow.run(on: fixture.platform) { [platform = fixture.platform] event in
      guard case .build(.logLine(let line)) = event else { return }
      lines.withLock { $0.append(line) }
      if line.hasSuffix("boom"), let id = platform.state.builds.keys.first { platform.release(.end, of: id) }
    }
    #expect(outcome.ending?.build.status == .failed)
    #expect(lines.withLock { $0.contains { $0.hasSuffix("boom") } })
    #expect(Diagnosis(try #require(outcome.ending), wait: nil)?.status == .failed)
    fixture.platform.script(BuildScript(.hang))
    _ = try await fixture.push { ($0.wait, $0.followsBuild) = (.zero, false) }
    let abort = BuildOperation(try Self.settings(), .newest(nil), .abort)
    #expect(try await abort.run(on: fixture.platform) { _ in }.build.build.status == .aborting)
    #expect(try fixture.platform.builds(of: "~shop").last?.status == .aborted)
  }

  @Test("leads to the pages of Console, of this machine, or to the API")
  func pages() throws {
    let build = try Build.of(7, .succeeded)
    let roots = [
      (APIRoot.apify, "https://console.apify.com/actors/a1#/builds/0.1.7"),
      (try APIRoot("http://127.0.0.1:8917"), "http://127.0.0.1:8917/builds/b7"),
      (try APIRoot("https://api.example.com"), "https://api.example.com/v2/actor-builds/b7"),
    ]
    for (root, address) in roots { #expect(PlatformPages(root, actorID: "a1").build(build) == address) }
    #expect(
      PlatformPages(.apify, actorID: "a1", organizationID: "o1").actor
        == "https://console.apify.com/organization/o1/actors/a1")
    #expect(
      PlatformPages(try APIRoot("http://localhost:1"), actorID: "a1").actor == "http://localhost:1/actors/a1")
  }
}
