// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import EmulatorTesting
import Foundation
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
      guard case .actorRenamed("shop", to: "store")? = failure?.error else {
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
    for name in try FileManager.default.contentsOfDirectory(atPath: fixture.state.path) {
      try FileManager.default.removeItem(atPath: fixture.state(name))
    }
    try await fixture.push()
    #expect(names == ["other", "shop", "store"])
  }
}
