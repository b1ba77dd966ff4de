// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import EmulatorTesting
internal import PlatformEmulator
internal import PlatformModel
internal import Testing

@Suite struct RequestLogTests {
  @Test func requestsAreCountedByMethodAndRoute() async throws {
    try await TestPlatform.running { platform in
      let id = try await platform.makeActor()
      for address in ["/v2/actors/~my-actor", "/v2/acts/\(id)", "/v2/actors/nobody"] {
        _ = try await platform.send(.GET, address)
      }
      _ = try await platform.send(.PUT, TestPlatform.version, "{}")
      _ = try await platform.send(.GET, "/v2/nothing")
      let emulator = platform.emulator
      #expect(
        emulator.requestCounts == [
          "POST /v2/actors": 1, "GET /v2/actors/{ref}": 3, "PUT /v2/actors/{ref}/versions/{version}": 1,
          "GET /v2/nothing": 1,
        ])
      #expect(emulator.requestCount == 6)
      #expect(emulator.requestCount("GET", "/v2/actors/{ref}") == 3)
      emulator.clearRequests()
      #expect(emulator.requestCount == 0)
      #expect(emulator.requests.isEmpty)
    }
  }

  @Test func aRecordTellsWhatWasSentAndAnsweredWithoutTheToken() async throws {
    try await TestPlatform.running { platform in
      let answer = try await platform.send(
        .GET, "/v2/users/me?a=1&token=\(TestPlatform.owner)",
        headers: ["User-Agent": "test/1", "Cookie": "c=1"])
      let record = try #require(platform.emulator.requests.last)
      #expect(record.request.method == "GET")
      #expect(record.request.path == "/v2/users/me")
      #expect(record.request.query == "a=1&token=...")
      #expect(record.request.headers["user-agent"] == "test/1")
      #expect(record.request.hasAuthorization)
      #expect(record.status == 200)
      #expect(record.responseBytes == answer.body.count)
      #expect(!"\(record)".contains(TestPlatform.owner))
      #expect(!"\(record)".contains("c=1"))
      _ = try await platform.send(.GET, "/v2/users/me", token: nil)
      #expect(platform.emulator.requests.last?.request.hasAuthorization == false)
    }
  }

  @Test func theLogIsBoundedAndTheCountsAreNot() async throws {
    var configuration = PlatformEmulator.Configuration()
    configuration.requestLogLimit = 3
    try await PlatformEmulator.running(configuration) { emulator, address in
      let platform = TestPlatform(emulator: emulator, baseURL: address.baseURL)
      for _ in 0..<5 { _ = try await platform.send(.GET, "/v2/users/me", token: emulator.users[0].token) }
      #expect(emulator.requests.map(\.request.number) == [3, 4, 5])
      #expect(emulator.requestCount == 5)
    }
  }
}
