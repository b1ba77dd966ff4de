// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import ActorProject
import EmulatorTesting
import PlatformEmulator
import PlatformModel
import TestSupport
import Testing

@testable import Deploy

/// The manifest beside it tells what was in it; nothing can be built of it.
@Suite("A zip that is gone from its store", .timeLimit(.minutes(1)))
struct GoneZipTests {
  private let fixture: PushFixture

  init() async throws {
    fixture = try PushFixture()
    try await fixture.push { $0.form = .zip }
    try await removeZips()
  }

  private func removeZips() async throws {
    let found = fixture.platform.store.read { $0.stores.first { !$0.value.records.isEmpty } }
    let (id, record) = try #require(found)
    for key in record.records.keys where key.hasSuffix(".zip") {
      try await fixture.platform.removeRecord(store: id, key: key)
    }
  }

  private var zipCount: Int {
    fixture.platform.store.read { $0.stores.values.flatMap(\.records.keys).count { $0.hasSuffix(".zip") } }
  }

  @Test("is sent again where nothing has changed, and is then up to date")
  func unchanged() async throws {
    try await fixture.push { $0.form = .zip }
    #expect(zipCount == 1)
    try await fixture.expect(.upToDate) { $0.form = .zip }
  }

  @Test("may be replaced by what was changed here")
  func changedHere() async throws {
    try fixture.write("2")
    try await fixture.expect(.built) { $0.form = .zip }
  }

  @Test("held the work of others where it is known to be theirs: that is a conflict, without advice to merge")
  func changedThere() async throws {
    try fixture.write("2")
    let other = try TemporaryFolder()
    try await fixture.push(from: other) { ($0.form, $0.isForced) = (.zip, true) }
    try await removeZips()
    try fixture.write("3")
    let failure = try await failedPush { try await fixture.push { $0.form = .zip } }
    guard case .conflict(let conflict, let plan)? = failure?.error else {
      Issue.record("no conflict: \(String(describing: failure?.error))")
      return
    }
    let help = Diagnosis(conflict, plan).help ?? ""
    #expect(help.contains("is gone") && !help.contains("actorpush pull"), "\(help)")
  }
}
