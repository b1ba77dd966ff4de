// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import AsyncHTTPClient
internal import FoundationEssentials
internal import NIOCore
internal import PlatformEmulator
internal import Testing

@Suite("Key-value stores")
struct StoreTests {
  /// A store's id and key.
  private static func makeStore(_ platform: TestPlatform, _ name: String = "s") async throws -> String {
    let made = try await platform.send(.POST, "/v2/key-value-stores?name=\(name)")
    return try made.data["id"].string ?? ""
  }

  @Test("are made once, and show their key to those who may write only")
  func make() async throws {
    try await TestPlatform.running { platform in
      let first = try await platform.send(.POST, "/v2/key-value-stores?name=s")
      let second = try await platform.send(.POST, "/v2/key-value-stores?name=s")
      #expect(first.status == 201 && second.status == 200)
      #expect(try first.data["id"].string == second.data["id"].string)
      #expect(try first.data["urlSigningSecretKey"].string?.isEmpty == false)
      let id = try first.data["id"].string ?? ""
      #expect(
        try await platform.send(.GET, "/v2/key-value-stores/\(id)", token: TestPlatform.stranger).status
          == 404)
      #expect(try await platform.send(.GET, "/v2/key-value-stores/~s").status == 200)
      #expect(
        try await platform.send(.POST, "/v2/key-value-stores?name=r", token: TestPlatform.reader).status
          == 403)
    }
  }

  @Test("keep records and give them back to their owner, and to others by signature")
  func records() async throws {
    try await TestPlatform.running { platform in
      let id = try await Self.makeStore(platform)
      let bytes = (0..<300_000).map { UInt8(truncatingIfNeeded: $0) }
      let path = "/v2/key-value-stores/\(id)/records/version-0.1.zip"
      let put = try await platform.send(
        .PUT, path, .bytes(ByteBuffer(bytes: bytes)), headers: ["Content-Type": "application/zip"])
      #expect(put.status == 201)
      let got = try await platform.send(.GET, path)
      let isSame = got.body == bytes
      #expect(got.status == 200 && isSame && got.headers["content-type"] == "application/zip")
      #expect(try await platform.send(.GET, path, token: nil).status == 403)
      #expect(try await platform.send(.GET, path + "?signature=x", token: nil).status == 403)
      #expect(try await platform.send(.GET, path, token: TestPlatform.stranger).status == 404)
      #expect(try platform.emulator.record("version-0.1.zip", in: "s")?.count == 300_000)
    }
  }

  @Test("refuse keys that the platform refuses", arguments: ["a%20b", "a%2Fb", "%C3%A9"])
  func keys(_ key: String) async throws {
    try await TestPlatform.running { platform in
      let id = try await Self.makeStore(platform)
      let put = try await platform.send(
        .PUT, "/v2/key-value-stores/\(id)/records/\(key)", .bytes(ByteBuffer(string: "x")))
      #expect(put.status == 400)
    }
  }
}
