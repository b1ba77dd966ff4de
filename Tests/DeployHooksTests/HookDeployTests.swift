// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import ActorProject
import ApifyAPI
import Deploy
import EmulatorFaults
import EmulatorTesting
import PlatformEmulator
import PlatformModel
import SystemIO
import TestSupport
import Testing

@testable import DeployHooks

@Suite("The result of a deploy", .timeLimit(.minutes(1)))
struct HookDeployTests {
  private static let files = [
    ".actor/actor.json":
      #"{"actorSpecification": 1, "name": "shop", "version": "0.1", "buildTag": "latest"}"#,
    "main.js": "1",
  ]

  private let fixture: HookFixture
  private let platform: InMemoryPlatform

  init() async throws {
    fixture = try await HookFixture(Self.files)
    platform = try InMemoryPlatform()
  }

  private func target(builds: Bool = true, actor: String = "~shop") async throws -> DeployJob.Target {
    DeployJob.Target(
      reference: "refs/heads/main", commit: try await fixture.head(), branch: "main",
      folder: fixture.work.path,
      actor: actor, version: "0.1", tag: nil, sourceType: .auto, builds: builds, key: "k")
  }

  private func deploy(
    _ target: DeployJob.Target, follows: Bool = true, now: Int = 1_000
  ) async -> DeployResult.Target {
    let job = DeployJob(
      now: now, repository: fixture.work(".git"), remote: "origin", url: "/remote", push: nil,
      targets: [target])
    return await HookDeploy(
      target: target, follows: follows, context: fixture.context, dependencies: fixture.dependencies(platform)
    ) { [events = fixture.events] in events.note($0) }.run(for: job)
  }

  @Test("is deployed, then unchanged")
  func deployed() async throws {
    let target = try await target()
    let first = await deploy(target)
    #expect(first.state == .deployed && first.exitCode == 0 && first.message.hasSuffix("succeeded"))
    #expect(first.url != nil && first.actor == "~shop" && first.commit == target.commit)
    #expect(try platform.build(tagged: "latest", of: "~shop")?.status == .succeeded)
    let second = await deploy(target, now: 2_000)
    #expect(second.state == .unchanged && second.exitCode == 0)
  }

  @Test("is deployed where the build is not followed, or not wanted", arguments: [true, false])
  func unfollowed(_ builds: Bool) async throws {
    platform.setUsualBuild(BuildScript(.hang))
    let result = await deploy(try await target(builds: builds), follows: false)
    #expect(
      result.state == .deployed && result.message == (builds ? result.message : "the version is updated"))
    #expect(try platform.builds(of: "~shop").count == (builds ? 1 : 0))
  }

  @Test(
    "is failed where the build fails, with the status of a push",
    arguments: [(BuildScript.Outcome.fail, Int32(1)), (.timeOut, 2)])
  func failedBuild(_ course: BuildScript.Outcome, _ status: Int32) async throws {
    platform.script(BuildScript(course))
    let result = await deploy(try await target())
    #expect(result.state == .failed && result.exitCode == status && result.message.contains("build"))
  }

  @Test("is failed where others have changed the version")
  func conflict() async throws {
    #expect(await deploy(try await target()).state == .deployed)
    try platform.setFiles(
      [PlatformModel.SourceFile(name: "main.js", kind: .file(.text, content: "theirs"))], of: "0.1", "~shop")
    try await fixture.commit(["main.js": "2"])
    let result = await deploy(try await target(), now: 2_000)
    #expect(result.state == .failed && result.exitCode == ExitStatus.conflict.rawValue)
  }

  @Test("is failed where the platform, or the commit, is not there")
  func errors() async throws {
    platform.inject(.refused(APIError(type: .unreachable, message: "no route", attempts: 3)), into: .actor)
    #expect(await deploy(try await target()).exitCode == 1)
    let missing = DeployJob.Target.sample(folder: fixture.work.path)
    let result = await deploy(missing, now: 2_000)
    #expect(result.state == .failed && result.exitCode == ExitStatus.invalidInput.rawValue)
  }

  @Test("is replaced where a newer push has come first")
  func replaced() async throws {
    let target = try await target()
    #expect(await deploy(target, now: 2_000).state == .deployed)
    let before = platform.calls.count
    #expect(await deploy(target, now: 1_000).state == .replaced)
    #expect(platform.calls.count == before, "the platform is not asked")
  }

  @Test("is interrupted where that was asked for before")
  func interrupted() async throws {
    fixture.cancellation.cancel()
    let result = await deploy(try await target())
    #expect(result.state == .interrupted && result.exitCode == ExitStatus.interrupted.rawValue)
    #expect(result.arrival == .arrived && result.message == "a signal ended the deploy")
    #expect(platform.state.actors.isEmpty)
  }

  @Test("is failed where a secret is in the package, and nothing is sent")
  func secret() async throws {
    try await fixture.commit(["main.js": "const token = 'apify_api_0123456789abcdefghijABCDEFGHIJ'"])
    let result = await deploy(try await target())
    #expect(result.state == .failed && result.exitCode == ExitStatus.invalidInput.rawValue)
    #expect(platform.calls.isEmpty && !result.message.contains("0123456789"))
  }
}
