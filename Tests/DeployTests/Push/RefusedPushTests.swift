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

  @Test(
    "is told from the work of others where it was carried out all the same, and the files have changed since")
  func carriedOut() async throws {
    try await fixture.push()
    for text in ["2", "3"] {
      try fixture.write(text)
      let cause = APIError(type: .network, message: "it broke off", attempts: 1)
      fixture.platform.inject(.refusedAfterwards(cause), into: .updateVersion)
      _ = try await failedPush { try await fixture.push() }
      #expect(fixture.pushed == text)
    }
    try fixture.write("4")
    try await fixture.expect(.built)
    #expect(fixture.pushed == "4")
    // Of what was sent nothing is left that could excuse others.
    try fixture.editElsewhere("3")
    try fixture.write("5")
    let failure = try await failedPush { try await fixture.push() }
    guard case .conflict? = failure?.error else {
      Issue.record("no conflict: \(String(describing: failure?.error))")
      return
    }
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
