// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ApifyAPI
internal import EmulatorTesting
internal import Foundation
internal import PlatformEmulator
internal import PlatformModel
internal import Testing

@Suite(.timeLimit(.minutes(5))) struct RecordContractTests {
  private static let key = "version-0.1.zip"

  @Test(arguments: Subject.allCases)
  func aStoreIsCreatedOnce(subject: Subject) async throws {
    try await Fixture.running(subject) { fixture in
      let store = try await fixture.platform.getOrCreateStore(name: "a-store")
      #expect(try await fixture.platform.getOrCreateStore(name: "a-store").id == store.id)
      #expect(store.urlSigningSecretKey?.isEmpty == false)
      #expect(fixture.edits.state.stores.count == 1)
    }
  }

  @Test(arguments: Subject.allCases)
  func theTimeIsThatOfThePlatform(subject: Subject) async throws {
    try await Fixture.running(subject) { fixture in
      let began = Date.now
      _ = try await fixture.platform.currentUser()
      let asked = Int(Date.now.timeIntervalSince(began).rounded(.up))
      let (time, now) = (fixture.platform.time, Int(Date.now.timeIntervalSince1970))
      #expect(((now - 30)...(now + 1)).contains(time.lowerBound), "\(now)")
      #expect(time.upperBound - time.lowerBound <= 1 + asked)
    }
  }

  @Test(arguments: Subject.allCases)
  func anAbsentRecordIsNil(subject: Subject) async throws {
    try await Fixture.running(subject) { fixture in
      let store = try await fixture.platform.getOrCreateStore(name: "a-store").id
      #expect(try await fixture.platform.recordTail(store: store, key: "none", count: 9) == nil)
      #expect(try await fixture.platform.record(store: store, key: "none", limit: 10) == nil)
      #expect(try await fixture.platform.record(store: "CCCCCCCCCCCCCCCCC", key: "none", limit: 10) == nil)
    }
  }

  @Test(arguments: Subject.allCases, [0, 1, 300_000, 1_000_000])
  func aRecordIsReadAsItWasWritten(subject: Subject, count: Int) async throws {
    try await Fixture.running(subject) { fixture in
      let store = try await fixture.platform.getOrCreateStore(name: "a-store").id
      let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 7 &+ $0 >> 8) }
      let body = RequestBody(bytes, contentType: "application/zip")
      try await fixture.platform.putRecord(store: store, key: Self.key, body: body)
      let tail = try await fixture.platform.recordTail(store: store, key: Self.key, count: 1000)
      #expect(tail?.recordLength == count)
      // An empty record has no part that could be sent.
      if count > 0 { #expect(tail?.bytes == bytes.suffix(1000)) }
      #expect(try await fixture.platform.record(store: store, key: Self.key, limit: count) == bytes)
      if count > 0 {
        #expect(try await fixture.platform.record(store: store, key: Self.key, limit: count - 1) == nil)
      }
    }
  }

  @Test(arguments: Subject.allCases)
  func aRecordTakesThePlaceOfTheOneBefore(subject: Subject) async throws {
    try await Fixture.running(subject) { fixture in
      let store = try await fixture.platform.getOrCreateStore(name: "a-store").id
      for text in ["before", "after"] {
        try await fixture.platform.putRecord(store: store, key: Self.key, body: RequestBody(Array(text.utf8)))
      }
      let bytes = try await fixture.platform.record(store: store, key: Self.key, limit: 100)
      #expect(bytes == Array("after".utf8))
    }
  }

  @Test(arguments: Subject.allCases)
  func aCompressedRecordIsKeptAsWhatItHolds(subject: Subject) async throws {
    try await Fixture.running(subject) { fixture in
      let store = try await fixture.platform.getOrCreateStore(name: "a-store").id
      let body = try RequestBody.json([String(repeating: "a", count: 5000)])
      #expect(body.encoding == .gzip)
      try await fixture.platform.putRecord(store: store, key: Self.key, body: body)
      #expect(
        try await fixture.platform.recordTail(store: store, key: Self.key, count: 9)?.recordLength == 5004)
    }
  }

  @Test(arguments: Subject.allCases)
  func anOddKeyIs400(subject: Subject) async throws {
    try await Fixture.running(subject) { fixture in
      let store = try await fixture.platform.getOrCreateStore(name: "a-store").id
      let error = try await refusal {
        try await fixture.platform.putRecord(store: store, key: "a b", body: RequestBody([1]))
      }
      #expect(error.status == 400 && error.type == .invalidInput)
    }
  }

  @Test(arguments: Subject.allCases)
  func aLostAnswerOfAPutIsUnknownAndTheRecordThere(subject: Subject) async throws {
    try await Fixture.running(subject) { fixture in
      let store = try await fixture.platform.getOrCreateStore(name: "a-store").id
      fixture.loseAnswer(.putRecord)
      let error = try await refusal {
        try await fixture.platform.putRecord(store: store, key: Self.key, body: RequestBody([1, 2, 3]))
      }
      #expect(error.outcomeIsUnknown && error.type == .network)
      #expect(try await fixture.platform.record(store: store, key: Self.key, limit: 10) == [1, 2, 3])
    }
  }

  @Test(arguments: Subject.allCases)
  func aBuilderFetchesAZipByItsSignedAddress(subject: Subject) async throws {
    try await Fixture.withActor(subject) { fixture in
      let store = try await fixture.platform.getOrCreateStore(name: "a-store")
      let body = RequestBody(Array("no zip".utf8), contentType: "application/zip")
      try await fixture.platform.putRecord(store: store.id, key: Self.key, body: body)
      var update = VersionUpdate()
      update.sourceType = .tarball
      update.tarballUrl = RecordAddress(root: fixture.platform.root, store: store, key: Self.key).url
      try await fixture.platform.updateVersion(actor: Fixture.actor, number: "0.1", update)
      let build = try await fixture.endedBuild()
      #expect(build.status == .failed)
      let log = fixture.edits.state.builds[build.id]?.log.last ?? ""
      #expect(log.contains("The source zip can't be unpacked"))
      update.tarballUrl? += "x"
      try await fixture.platform.updateVersion(actor: Fixture.actor, number: "0.1", update)
      let other = try await fixture.endedBuild()
      let refused = fixture.edits.state.builds[other.id]?.log.last ?? ""
      #expect(refused.contains("403 insufficient-permissions"))
    }
  }

  @Test(arguments: Subject.allCases)
  func keysAreListedByTheirBeginning(subject: Subject) async throws {
    try await Fixture.running(subject) { fixture in
      let store = try await fixture.platform.getOrCreateStore(name: "keys").id
      for key in (0..<1003).map({ "a-\($0)" }) + ["b"] {
        try await fixture.platform.putRecord(store: store, key: key, body: RequestBody([1]))
      }
      let keys = try await fixture.platform.recordKeys(store: store, prefix: "a-")
      #expect(keys?.count == 1003 && keys?.contains("b") == false)
      #expect(try await fixture.platform.recordKeys(store: store, prefix: "c") == [])
      #expect(try await fixture.platform.recordKeys(store: "nothing", prefix: "") == nil)
    }
  }

  @Test(arguments: Subject.allCases)
  func aRecordIsRemoved(subject: Subject) async throws {
    try await Fixture.running(subject) { fixture in
      let store = try await fixture.platform.getOrCreateStore(name: "keys").id
      try await fixture.platform.putRecord(store: store, key: "a", body: RequestBody([1]))
      for _ in 0..<2 {
        try await fixture.platform.removeRecord(store: store, key: "a")
        #expect(try await fixture.platform.recordTail(store: store, key: "a", count: 9) == nil)
      }
    }
  }
}
