// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ApifyAPI
internal import EmulatorFaults
internal import EmulatorTesting
internal import PlatformEmulator
internal import PlatformModel
internal import Testing

/// What only the platform in memory does.
@Suite struct InMemoryTests {
  private let platform: InMemoryPlatform

  init() throws {
    platform = try InMemoryPlatform()
    try platform.makeActor(named: "my-actor")
    try platform.setFiles([], of: "0.1", "~my-actor")
  }

  private func update(_ tag: String) async throws {
    var update = VersionUpdate()
    update.buildTag = tag
    try await platform.updateVersion(actor: Fixture.actor, number: "0.1", update)
  }

  @Test func aFaultIsForTheCallWithItsNumber() async throws {
    let fault = APIError(type: .rateLimitExceeded, message: "slow down", status: 429)
    platform.inject(.refused(fault), into: .updateVersion, number: 2)
    try await update("one")
    await #expect(throws: fault) { try await update("two") }
    #expect(try platform.version("0.1", of: "~my-actor").buildTag == "one")
    try await update("three")
    #expect(try platform.version("0.1", of: "~my-actor").buildTag == "three")
  }

  @Test func aFaultCanComeAfterTheChange() async throws {
    let fault = APIError(type: .timeout, message: "too late", outcomeIsUnknown: true)
    platform.inject(.refusedAfterwards(fault), into: .updateVersion)
    await #expect(throws: fault) { try await update("one") }
    #expect(try platform.version("0.1", of: "~my-actor").buildTag == "one")
  }

  @Test func aHookEditsBeforeACallIsCarriedOut() async throws {
    let platform = platform
    platform.setHook { call in
      if call.kind == .version { try platform.setFiles([], of: "0.2", "~my-actor") }
    }
    #expect(try await platform.version(actor: Fixture.actor, number: "0.2")?.versionNumber == "0.2")
  }

  @Test func theCallsAreListed() async throws {
    _ = try await platform.currentUser()
    try await update("one")
    _ = try await platform.startBuild(actor: Fixture.actor, version: "0.1", tag: "beta")
    #expect(platform.calls.map(\.kind) == [.currentUser, .updateVersion, .startBuild])
    #expect(platform.calls.last?.path == "/v2/actors/~my-actor/builds?version=0.1&useCache=1&tag=beta")
  }

  @Test func aHeldBuildStaysUntilItIsReleased() async throws {
    try platform.setFiles([.init(name: "a", kind: .file(.text, content: ""))], of: "0.1", "~my-actor")
    platform.script(BuildScript(holdingAt: [.start, .end]))
    let id = try await platform.startBuild(actor: Fixture.actor, version: "0.1", tag: nil).id
    #expect(try await platform.build(id: id)?.status == .ready)
    platform.release(.start, of: id)
    #expect(try await platform.build(id: id)?.status == .running)
    platform.release(.end, of: id)
    #expect(try await platform.build(id: id)?.status == .succeeded)
  }
}
