// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import AsyncHTTPClient
internal import Deflate
internal import EmulatorTesting
internal import FoundationEssentials
internal import NIOCore
internal import PlatformEmulator
internal import PlatformModel
internal import Testing

@Suite struct StoreTests {
  static let stores = "/v2/key-value-stores"
  static let record = "/v2/key-value-stores/~things/records/it.zip"

  static func isGone(_ platform: TestPlatform) throws -> Bool {
    let record = try platform.emulator.record("it.zip", in: "things")
    return record == nil
  }

  @Test func aStoreIsMadeOnceAndThenFound() async throws {
    try await TestPlatform.running { platform in
      let made = try await platform.send(.POST, Self.stores + "?name=things")
      let found = try await platform.send(.POST, Self.stores + "?name=things")
      #expect([made.status, found.status] == [201, 200])
      #expect(try made.data == found.data)
      let id = try #require(try made.data["id"].string)
      #expect(try made.data["urlSigningSecretKey"].string?.isEmpty == false)
      for name in [id, "~things", "owner~things"] {
        #expect(try await platform.send(.GET, "\(Self.stores)/\(name)").data == made.data)
      }
      let theirs = try await platform.send(.POST, Self.stores + "?name=things", token: TestPlatform.stranger)
      #expect(theirs.status == 201)
      #expect(try theirs.data["id"].string != id)
      let foreign = try await platform.send(.GET, "\(Self.stores)/\(id)", token: TestPlatform.stranger)
      #expect(try foreign.errorType == "record-or-token-not-found")
      #expect(try await platform.send(.GET, "\(Self.stores)/~nothing").errorType == "record-not-found")
    }
  }

  @Test(arguments: ["?name=", "?name=a_b", "?name=a%2Fb", "?name=" + String(repeating: "a", count: 64)])
  func aNameOfAStoreIsChecked(query: String) async throws {
    try await TestPlatform.running { platform in
      let answer = try await platform.send(.POST, Self.stores + query)
      #expect(answer.status == 400)
      #expect(platform.emulator.state.stores.isEmpty)
    }
  }

  @Test func aStoreWithoutANameIsANewOneEachTime() async throws {
    try await TestPlatform.running { platform in
      for _ in 0..<2 { #expect(try await platform.send(.POST, Self.stores).status == 201) }
      #expect(platform.emulator.state.stores.count == 2)
      let list = try await platform.send(.GET, Self.stores).data
      #expect(list["total"] == .integer(0))
    }
  }

  @Test func aRecordComesBackAsItWasPut() async throws {
    try await TestPlatform.running { platform in
      try await platform.send(.POST, Self.stores + "?name=things")
      for text in ["one", "another"] {
        let put = try await platform.send(
          .PUT, Self.record, text, headers: ["Content-Type": "application/zip"])
        #expect(put.status == 201)
        let answer = try await platform.send(.GET, Self.record)
        #expect(answer.body == Array(text.utf8))
        #expect(answer.headers["content-type"] == "application/zip")
        #expect(try platform.emulator.record("it.zip", in: "things") == Array(text.utf8))
      }
      let head = try await platform.send(.HEAD, Self.record)
      #expect(head.status == 200 && head.body.isEmpty && head.headers["content-length"] == "7")
      #expect(try await platform.send(.DELETE, Self.record).status == 204)
      #expect(try await platform.send(.GET, Self.record).errorType == "record-not-found")
      #expect(try await platform.send(.HEAD, Self.record).status == 404)
      #expect(try Self.isGone(platform))
    }
  }

  @Test(arguments: [
    ("a", 201), ("a!-_.'()Z9", 201), ("a%20b", 400), ("a%2Fb", 400), ("%C3%A9", 400), ("a%", 400),
  ])
  func aKeyHasRules(key: String, status: Int) async throws {
    try await TestPlatform.running { platform in
      try await platform.send(.POST, Self.stores + "?name=things")
      for (key, status) in [(key, status), (String(repeating: "k", count: 256), 201)] {
        let address = "\(Self.stores)/~things/records/\(key)"
        #expect(try await platform.send(.PUT, address, "x").status == status)
      }
      let address = "\(Self.stores)/~things/records/" + String(repeating: "k", count: 257)
      #expect(try await platform.send(.PUT, address, "x").status == 400)
    }
  }

  @Test func aRecordIsNotBoundByTheLimitOfRequests() async throws {
    try await TestPlatform.running { platform in
      try await platform.send(.POST, Self.stores + "?name=things")
      let bytes = [UInt8](repeating: 7, count: 10_000_000)
      #expect(try await platform.send(.PUT, Self.record, .bytes(ByteBuffer(bytes: bytes))).status == 201)
      var count = 0
      #expect(try platform.emulator.readRecord("it.zip", in: "things") { count += $0.count })
      #expect(count == bytes.count)
      #expect(platform.emulator.requests.last?.wireBytes == bytes.count)
    }
  }

  @Test func aCompressedBodyIsKeptDecompressed() async throws {
    try await TestPlatform.running { platform in
      try await platform.send(.POST, Self.stores + "?name=things")
      let text = [UInt8](repeating: 0x61, count: 300_000)
      for (encoding, format) in [("gzip", DeflateFormat.gzip), ("deflate", .zlib), ("deflate", .raw)] {
        let body = try compress(text, format: format)
        let put = try await platform.send(
          .PUT, Self.record, .bytes(ByteBuffer(bytes: body)), headers: ["Content-Encoding": encoding])
        #expect(put.status == 201)
        #expect(try platform.emulator.record("it.zip", in: "things") == text)
        try await platform.send(.DELETE, Self.record)
      }
      for (encoding, status) in [("gzip", 400), ("br", 415)] {
        let put = try await platform.send(
          .PUT, Self.record, "no gzip", headers: ["Content-Encoding": encoding])
        #expect(put.status == status)
      }
      #expect(try Self.isGone(platform))
    }
  }

  @Test(arguments: [(TestPlatform.reader, 403), (TestPlatform.stranger, 404), ("nobody", 401)])
  func onlyTheOwnerWrites(token: String, status: Int) async throws {
    try await TestPlatform.running { platform in
      let made = try await platform.send(.POST, Self.stores + "?name=things")
      let id = try #require(try made.data["id"].string)
      let address = "\(Self.stores)/\(id)/records/k"
      #expect(try await platform.send(.PUT, address, "x", token: token).status == status)
      #expect(try await platform.send(.DELETE, address, token: token).status == status)
    }
  }

  @Test(
    arguments: [
      ("hmac-secret-key", "hmac-message-to-be-authenticated", "pcVagAsudj8dFqdlg7mG"),
      ("hmac-same-secret-key", "hmac-same-message-to-be-authenticated", "FYMcmTIm3idXqleF1Sw5"),
    ])
  func signaturesAreThoseOfThePlatform(key: String, message: String, signature: String) {
    #expect(StoreRecord.signature(of: message, key: key) == signature)
  }

  @Test func withoutATokenARecordNeedsItsSignature() async throws {
    try await TestPlatform.running { platform in
      try await platform.send(.POST, Self.stores + "?name=things")
      try await platform.send(.PUT, Self.record, "x")
      let store = try #require(platform.emulator.keyValueStore(named: "things"))
      let address = "\(Self.stores)/\(store.id)/records/it.zip"
      let right = StoreRecord.signature(of: "it.zip", key: store.urlSigningSecretKey)
      let other = StoreRecord.signature(of: "other.zip", key: store.urlSigningSecretKey)
      for (query, status) in [
        ("", 403), ("?signature=", 403), ("?signature=\(other)", 403), ("?signature=\(right)x", 403),
        ("?signature=\(right)", 200),
      ] {
        #expect(try await platform.send(.GET, address + query, token: nil).status == status)
      }
      #expect(try await platform.send(.GET, address).status == 200)
      #expect(try await platform.send(.GET, address, token: TestPlatform.stranger).status == 404)
    }
  }
}
