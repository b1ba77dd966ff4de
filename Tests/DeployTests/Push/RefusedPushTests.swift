// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import ApifyAPI
import EmulatorFaults
import EmulatorTesting
import FoundationEssentials
import TestSupport
import Testing

@testable import Deploy

@Suite("A push whose update is refused", .timeLimit(.minutes(1)))
struct RefusedPushTests {
  private let fixture: PushFixture

  init() throws { fixture = try PushFixture() }

  private func refuse() {
    fixture.platform.inject(
      .refused(APIError(type: .invalidValue, message: "sourceFiles is invalid", status: 400, attempts: 1)),
      into: .updateVersion)
  }

  @Test("remembers nothing of it: the version that stayed is up to date, and is not built again")
  func unchanged() async throws {
    try await fixture.push()
    try fixture.write("2")
    refuse()
    _ = try await failedPush { try await fixture.push() }
    try fixture.write("1")
    try await fixture.expect(.upToDate)
    #expect(try fixture.platform.builds(of: "~shop").count == 1)
  }

  @Test("does not make the work of others the common base, where it was forced")
  func forced() async throws {
    try await fixture.push()
    try FileManager.default.removeItem(atPath: fixture.state.path)
    try fixture.write("mine")
    try fixture.editElsewhere("theirs")
    refuse()
    _ = try await failedPush { try await fixture.push { $0.isForced = true } }
    let failure = try await failedPush { try await fixture.push() }
    guard case .conflict? = failure?.error else {
      Issue.record("no conflict: \(String(describing: failure?.error))")
      return
    }
    #expect(fixture.pushed == "theirs")
  }
}
