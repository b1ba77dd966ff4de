// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import ActorProject
import ApifyAPI
import EmulatorTesting
import PlatformEmulator
import PlatformModel
import SourcePackage
import Synchronization
import TestSupport
import Testing

@testable import Deploy

/// Zips of no version and no build: those of pushes that were killed or refused, and those of pushes that
/// are under way.
@Suite(.timeLimit(.minutes(2))) struct AbandonedArchiveTests {
  /// A project that is pushed as zips, to a platform whose clock is set by the test.
  private final class Fixture: Sendable {
    let push: PushFixture
    private let seconds = Clock()

    final class Clock: Sendable {
      let now = Mutex<Int64>(1_800_000_000)
    }

    init() throws {
      let clock = seconds
      push = try PushFixture(clock: { Timestamp(milliseconds: clock.now.withLock { $0 } * 1000) })
    }

    func wait(_ count: Int64) { seconds.now.withLock { $0 += count } }

    /// Pushes `text`, and keeps the last `count` zips. Returns the keys of those that were removed.
    @discardableResult
    func push(_ text: String, keeping count: Int = 1) async throws -> [String] {
      try push.write(text)
      let removed = Mutex<[String]>([])
      let outcome = try await push.push {
        $0.form = .zip
        $0.keptArchives = count
      } events: { event in
        if case .archivesRemoved(let keys) = event { removed.withLock { $0 += keys } }
      }
      #expect(outcome.verdict == PushOutcome.Verdict.built)
      return removed.withLock { $0 }
    }

    /// Pushes `text` as far as its zip is sent: then the update is refused.
    func leaveZip(_ text: String) async throws {
      let refusal = APIError(type: "invalid-input", message: "no", status: 400, attempts: 1)
      push.platform.inject(.refused(refusal), into: .updateVersion)
      try push.write(text)
      await #expect(throws: PushFailure.self) { try await push.push { $0.form = .zip } }
    }

    /// The keys of the records in the Actor's store.
    var keys: Set<String> { Set(push.platform.store.read { $0.stores.values.flatMap(\.records.keys) }) }
    var zips: Set<String> { keys.filter { $0.hasSuffix(".zip") } }
    var storeID: String { push.platform.store.read { $0.stores.keys.first } ?? "" }
  }

  @Test func theZipOfARefusedPushIsRemovedWhenNoPushCanNameItAnyLonger() async throws {
    let fixture = try Fixture()
    try await fixture.push("1")
    let first = fixture.zips
    try await fixture.leaveZip("2")
    let left = fixture.zips.subtracting(first)
    #expect(left.count == 1)

    // It may be that of a push that is under way.
    fixture.wait(3599)
    #expect(try await Set(fixture.push("3")) == first)
    #expect(fixture.zips.isSuperset(of: left))

    fixture.wait(3)
    let third = fixture.zips.subtracting(left)
    #expect(try await Set(fixture.push("4")) == left.union(third))
    // The manifest beside it goes with it.
    #expect(fixture.zips.count == 1)
    #expect(fixture.keys.subtracting(["build-0.1.json"]).count == 2)
  }

  @Test func aPushThatFindsItsZipThereRenewsItsLease() async throws {
    let fixture = try Fixture()
    try await fixture.push("1")
    try await fixture.leaveZip("2")
    let left = fixture.zips.sorted()
    fixture.wait(5000)
    // It is found, written down again, and then the push fails once more.
    try await fixture.leaveZip("2")
    #expect(fixture.zips.sorted() == left)
    #expect(try await fixture.push("3").count == 1)
    #expect(fixture.zips.count == 2)
    fixture.wait(3601)
    #expect(try await fixture.push("4").count == 2)
  }

  @Test func aZipOfTheLastBuildsIsNotTakenForOneOfNone() async throws {
    let fixture = try Fixture()
    try await fixture.push("1", keeping: 3)
    try await fixture.push("2", keeping: 3)
    try await fixture.push("3", keeping: 3)
    let zips = fixture.zips
    // Their builds are out of sight behind those of other pushes.
    for _ in 0..<25 {
      _ = try await fixture.push.platform.startBuild(
        actor: ActorReference("local-dev~shop"), version: "0.1", tag: nil, after: nil)
    }
    fixture.wait(5000)
    #expect(try await fixture.push("4", keeping: 3).isEmpty)
    #expect(fixture.zips.isSuperset(of: zips))
  }

  @Test func aManifestWhoseZipNeverArrivedIsRemoved() async throws {
    let fixture = try Fixture()
    try await fixture.push("1")
    let key = try #require(fixture.zips.first)
    let manifest = ManifestRecord.key(besideZip: key)
    let lonely = "version-0.1-\(String(repeating: "f", count: 32))-77.manifest"
    let bytes = try #require(
      try await fixture.push.platform.record(store: fixture.storeID, key: manifest, limit: 1 << 20))
    try await fixture.push.platform.putRecord(
      store: fixture.storeID, key: lonely, body: RequestBody(bytes))
    try await fixture.push("2")
    #expect(fixture.keys.contains(lonely))
    fixture.wait(3601)
    try await fixture.push("3")
    #expect(!fixture.keys.contains(lonely))
  }

  @Test func aZipThatSaysNothingOfItselfStays() async throws {
    let fixture = try Fixture()
    try await fixture.push("1")
    let foreign = "version-0.1-\(String(repeating: "e", count: 32))-3.zip"
    try await fixture.push.platform.putRecord(
      store: fixture.storeID, key: foreign, body: RequestBody([1, 2, 3]))
    fixture.wait(1_000_000)
    try await fixture.push("2")
    #expect(fixture.zips.contains(foreign))
  }

  @Test(arguments: [0, 1_800_000_000, Int.max])
  func aLeaseEndsWhenBothClocksSaySo(end: Int) {
    let lease = ArchiveLease(end: end)
    #expect(!lease.hasEnded(by: 0...end))
    if end < Int.max {
      #expect(!lease.hasEnded(by: end...(end + 1_000_000)))
      #expect(lease.hasEnded(by: (end + 1)...(end + 1)))
    }
    #expect(ArchiveLease(from: 5...900).end == 4500)
  }

  @Test func aRecordOfAnEarlyVersionIsBelievedAndItsZipStays() async throws {
    let fixture = try Fixture()
    try await fixture.push("1")
    try await fixture.leaveZip("2")
    let store = fixture.storeID
    for key in fixture.keys where key.hasSuffix(".manifest") {
      let bytes = try #require(
        try await fixture.push.platform.record(store: store, key: key, limit: 1 << 20))
      let end = try #require(bytes.firstIndex(of: 10))
      let head = String(decoding: bytes[..<end], as: UTF8.self)
      let early = head.replacing(/"lease":[0-9]+,/, with: "")
      #expect(early != head)
      try await fixture.push.platform.putRecord(
        store: store, key: key, body: RequestBody(Array(early.utf8) + bytes[end...]))
    }
    let left = fixture.zips
    fixture.wait(1_000_000)
    #expect(try await fixture.push("3").count == 1)
    #expect(fixture.zips.intersection(left).count == 1)
  }
}
