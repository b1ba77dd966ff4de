// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import TestSupport
import Testing

@testable import Deploy

/// To undo a pull would take back what was pushed since: nothing, where nothing was sent.
@Suite("The way back from a pull", .timeLimit(.minutes(1)))
struct KeptUndoTests {
  @Test("stays open for a push that sends nothing, and only for that", arguments: [false, true])
  func push(_ isSent: Bool) async throws {
    let fixture = try PushFixture()
    try await fixture.push()
    try fixture.editElsewhere("theirs")
    try fixture.write("mine")
    try await fixture.pull { $0.preference = .theirs }
    #expect(fixture.tree["main.js"] == "theirs")
    if isSent { try fixture.project.write("other", "1") }
    try await fixture.push { $0.build = .never }
    let abort = PullAbort(Array(fixture.project.path.utf8), fixture.context)
    if isSent {
      #expect(throws: DeployError.self) { _ = try abort.run() }
      #expect(fixture.tree["main.js"] == "theirs")
    } else {
      _ = try abort.run()
      #expect(fixture.tree["main.js"] == "mine")
    }
  }
}
