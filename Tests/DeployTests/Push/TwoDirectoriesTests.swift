// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import ApifyAPI
import EmulatorFaults
import EmulatorTesting
import Foundation
import SystemIO
import TestSupport
import Testing

@testable import Deploy

@Suite("Two directories of one machine with one Actor", .timeLimit(.minutes(1)))
struct TwoDirectoriesTests {
  private let fixture: PushFixture
  private let other: TemporaryFolder

  init() throws {
    fixture = try PushFixture()
    other = try TemporaryFolder()
    try other.write(
      ".actor/actor.json",
      #"{"actorSpecification": 1, "name": "shop", "version": "0.1", "buildTag": "latest"}"#)
    try other.write("main.js", "1")
  }

  /// Pushes the other directory.
  private func pushOther() async throws -> PushOutcome {
    try await fixture.push { $0.location = ProjectLocation(Array(other.path.utf8)) }
  }

  private func expectConflict(
    at location: SourceLocation = #_sourceLocation, _ body: () async throws -> PushOutcome
  ) async throws -> Conflict.Reason? {
    guard case .conflict(let conflict, _)? = try await failedPush(body)?.error else {
      Issue.record("no conflict", sourceLocation: location)
      return nil
    }
    return conflict.reason
  }

  @Test("do not overwrite each other's work, also where one was never pushed from")
  func neverPushed() async throws {
    try await fixture.push()
    try fixture.write("2")
    try await fixture.push()
    try other.write("main.js", "3")
    let reason = try await expectConflict { try await pushOther() }
    guard case .otherDirectory(let directory)? = reason else {
      Issue.record("\(String(describing: reason))")
      return
    }
    #expect(directory.hasSuffix(fixture.project.path))
    #expect(fixture.pushed == "2")
  }

  @Test("take turns where each has seen the other's, and are told where not")
  func turns() async throws {
    try await fixture.push()
    #expect(try await pushOther().verdict == .upToDate)
    try other.write("main.js", "2")
    #expect(try await pushOther().verdict == .built)
    try fixture.write("3")
    let reason = try await expectConflict { try await fixture.push() }
    guard case .changedSince? = reason else {
      Issue.record("\(String(describing: reason))")
      return
    }
    try fixture.write("2")
    try await fixture.expect(.upToDate)
    try fixture.write("3")
    try await fixture.expect(.built)
    #expect(fixture.pushed == "3")
  }

  @Test("know of each other's builds: what one has built the other does not build again")
  func builds() async throws {
    try await fixture.push()
    #expect(try await pushOther().verdict == .upToDate)
    #expect(try fixture.platform.builds(of: "~shop").count == 1)
  }

  @Test("take what arrived without an answer for the one's that sent it, not for the other's")
  func lostAnswer() async throws {
    try await fixture.push()
    #expect(try await pushOther().verdict == .upToDate)
    try other.write("main.js", "2")
    let cause = APIError(type: .network, message: "it broke off", attempts: 1)
    fixture.platform.inject(.refusedAfterwards(cause), into: .updateVersion)
    _ = try await failedPush { try await pushOther() }
    #expect(fixture.pushed == "2")
    try fixture.write("3")
    _ = try await expectConflict { try await fixture.push() }
    try other.write("main.js", "4")
    #expect(try await pushOther().verdict == .built)
    #expect(fixture.pushed == "4")
  }

  @Test("are one where the way to it goes through a link")
  func linked() async throws {
    try await fixture.push()
    try fixture.write("2")
    let link = other.path + "/link"
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: fixture.project.path)
    let outcome = try await fixture.push { $0.location = ProjectLocation(Array(link.utf8)) }
    #expect(outcome.verdict == .built)
  }
}
