// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import ApifyAPI
import EmulatorTesting
import PlatformModel
import TestSupport
import Testing

@testable import Deploy

/// A build that is remembered is of what was pushed then, and not of what others have made of the version
/// since, though that is here by now.
@Suite("The memory of a build", .timeLimit(.minutes(1)))
struct BuildMemoryTests {
  private let fixture: PushFixture

  /// A push that was built, after which the version has become, there and here, another one.
  init() async throws {
    fixture = try PushFixture()
    try await fixture.push()
    try fixture.editElsewhere("2")
    try await fixture.pull()
    #expect(fixture.tree["main.js"] == "2")
  }

  @Test("does not outlive what was pushed: the next push builds")
  func next() async throws {
    try await fixture.expect(.built)
    try await fixture.expect(.upToDate)
    #expect(try fixture.platform.builds(of: "~shop").count == 2)
  }

  @Test("nor where the push before was not to build")
  func afterUnbuilt() async throws {
    try await fixture.expect(.upToDate) { $0.build = .never }
    try await fixture.expect(.built)
  }

  @Test("nor where the build that was asked for was refused")
  func afterRefusal() async throws {
    let refusal = APIError(type: "payment-required", message: "no", status: 402, attempts: 1)
    fixture.platform.inject(.refused(refusal), into: .startBuild)
    await #expect(throws: PushFailure.self) { try await fixture.push() }
    try await fixture.expect(.built)
    #expect(try fixture.platform.builds(of: "~shop").count == 2)
  }

  @Test("holds where another push has found the same")
  func same() async throws {
    try await fixture.expect(.built)
    let calls = try await fixture.calls {
      for _ in 0..<2 { try await fixture.expect(.upToDate) }
    }
    #expect(!calls.contains(.builds))
  }
}
