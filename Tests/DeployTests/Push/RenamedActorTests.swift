// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import ActorProject
import EmulatorTesting
import SystemIO
import TestSupport
import Testing

@testable import Deploy
@testable import PlatformModel

@Suite("An Actor that was renamed since the last push", .timeLimit(.minutes(1)))
struct RenamedActorTests {
  private let fixture: PushFixture

  init() throws { fixture = try PushFixture() }

  private func rename(to name: String) throws {
    let id = try fixture.platform.actor("~shop").id
    try fixture.platform.edit { state throws(PlatformError) in state.actors[id]?.name = name }
  }

  private var names: [String] { fixture.platform.state.actors.values.map(\.name).sorted() }

  @Test("is not created anew under its old name, unless forced")
  func renamed() async throws {
    try await fixture.push()
    try rename(to: "store")
    try fixture.write("2")
    for isDryRun in [true, false] {
      let failure = try await failedPush { try await fixture.push { $0.isDryRun = isDryRun } }
      guard case .actorRenamed("shop", to: "store", isOwn: true)? = failure?.error else {
        Issue.record("\(String(describing: failure?.error))")
        return
      }
    }
    #expect(names == ["store"])
    try await fixture.push { $0.isForced = true }
    #expect(names == ["shop", "store"])
  }

  @Test("is created where it was deleted, where nothing is remembered, and under another name")
  func created() async throws {
    try await fixture.push()
    let id = try fixture.platform.actor("~shop").id
    try fixture.platform.edit { state throws(PlatformError) in state.actors[id] = nil }
    try await fixture.push()
    #expect(names == ["shop"])
    try rename(to: "store")
    try fixture.project.write(
      ".actor/actor.json", #"{"actorSpecification": 1, "name": "other", "version": "0.1"}"#)
    try await fixture.push()
    #expect(names == ["other", "store"])
    try fixture.project.write(
      ".actor/actor.json", #"{"actorSpecification": 1, "name": "shop", "version": "0.1"}"#)
    try fixture.forget()
    try await fixture.push()
    #expect(names == ["other", "shop", "store"])
  }

  /// What asks for the Actor that actor.json names, beside a push.
  enum Command: CaseIterable, Sendable {
    case pull, pullBuild, diff, version, edit, builds, build, address, tag, account
  }

  private func run(_ command: Command) async throws {
    let location = ProjectLocation(Array(fixture.project.path.utf8))
    let settings = try Project(location, fixture.context).settings(for: VersionTarget())
    let platform = fixture.platform
    switch command {
    case .pull: try await fixture.pull()
    case .pullBuild: try await fixture.pull { $0.build = "latest" }
    case .diff:
      _ = try await DiffOperation(location, VersionTarget(), fixture.context).run(on: platform) { _ in }
    case .version: _ = try await VersionReader(settings, platform: platform).find()
    case .edit:
      var edit = VersionEdit()
      edit.buildTag = try .set(BuildTag("beta"))
      _ = try await edit.run(settings, on: platform)
    case .builds: _ = try await BuildsOperation(settings, limit: 1).run(on: platform)
    case .build: _ = try await BuildOperation(settings, .newest(nil), .look).run(on: platform) { _ in }
    case .address: _ = try await AddressOperation(settings).run(on: platform)
    case .tag: _ = try await TagOperation(BuildTag("beta"), to: .named("latest"), settings).run(on: platform)
    case .account: _ = try await AccountCheck(settings).run(on: platform).actor?.get()
    }
  }

  @Test("is told with its new name by what asks for it, and by no other name", arguments: Command.allCases)
  func told(command: Command) async throws {
    try await fixture.push()
    try rename(to: "store")
    let error = await #expect(throws: DeployError.self) { try await run(command) }
    guard case .actorRenamed("shop", to: "store", isOwn: true)? = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    // One that was deleted is not called otherwise.
    let id = try fixture.platform.actor("~store").id
    try fixture.platform.edit { state throws(PlatformError) in state.actors[id] = nil }
    let gone = await #expect(throws: DeployError.self) { try await run(command) }
    guard case .noSuchActor? = gone else {
      Issue.record("\(String(describing: gone))")
      return
    }
  }

  @Test("is known where it was pulled, and by its full name")
  func pulled() async throws {
    try await fixture.push()
    try fixture.forget()
    try await fixture.pull()
    try rename(to: "store")
    for name in ["shop", "local-dev/shop"] {
      try fixture.project.write(
        ".actor/actor.json", #"{"actorSpecification": 1, "name": "\#(name)", "version": "0.1"}"#)
      let failure = try await failedPush { try await fixture.push() }
      guard case .actorRenamed("shop", to: "store", isOwn: true)? = failure?.error else {
        Issue.record("\(name): \(String(describing: failure?.error))")
        continue
      }
    }
    #expect(names == ["store"])
  }
}
