// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import ActorProject
import EmulatorTesting
import PlatformEmulator
import PlatformModel
import TestSupport
import Testing

@testable import Deploy

/// A zip whose manifest beside it is gone: its key tells still what was pushed.
@Suite("A zip without its manifest", .timeLimit(.minutes(1)))
struct UnexplainedZipTests {
  private let fixture: PushFixture

  init() async throws {
    fixture = try PushFixture()
    try await fixture.push { $0.form = .zip }
    let found = fixture.platform.store.read { $0.stores.first { !$0.value.records.isEmpty } }
    let (id, record) = try #require(found)
    for key in record.records.keys where key.hasSuffix(".manifest") {
      try await fixture.platform.removeRecord(store: id, key: key)
    }
  }

  @Test(
    "is what was pushed from here: it may be replaced, by a zip or by files", arguments: ["zip", "files"])
  func replaced(_ form: String) async throws {
    try fixture.write("2")
    try await fixture.expect(.built) { $0.form = form == "zip" ? .zip : .files }
  }

  @Test("and of something else is the work of others")
  func foreign() async throws {
    try await fixture.setZip([0x50, 0x4B])
    try fixture.write("2")
    let failure = try await failedPush { try await fixture.push { $0.form = .zip } }
    guard case .conflict? = failure?.error else { return #expect(failure?.error == nil) }
  }
}
