// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import EmulatorTesting
internal import NIOCore
internal import NIOPosix
internal import PlatformEmulator
internal import PlatformModel
internal import Testing

@Suite struct ServerTests {
  @Test func aPortInUseIsAnError() async throws {
    try await PlatformEmulator.running { _, address in
      var configuration = PlatformEmulator.Configuration()
      configuration.port = address.port
      let second = try PlatformEmulator(configuration: configuration)
      let error = await #expect(throws: EmulatorError.self) { try await second.start() }
      #expect(error == .portInUse(address.port))
    }
  }

  @Test func startedTwiceIsAnError() async throws {
    try await PlatformEmulator.running { emulator, _ in
      let error = await #expect(throws: EmulatorError.self) { try await emulator.start() }
      #expect(error == .alreadyRunning)
    }
  }

  @Test func stoppedItAnswersNothingAndStartedAgainItKnowsWhatItKnew() async throws {
    try await TestPlatform.running { platform in
      try await platform.makeActor()
      await platform.emulator.stop()
      await #expect(throws: (any Error).self) { try await platform.send(.GET, "/v2/users/me") }
      let address = try await platform.emulator.start()
      let again = TestPlatform(emulator: platform.emulator, baseURL: address.baseURL)
      #expect(try await again.send(.GET, "/v2/actors/~my-actor").status == 200)
    }
  }

  @Test func itStopsWhereverItsConnectionsAre() async throws {
    for _ in 1...20 {
      let emulator = try PlatformEmulator()
      let address = try await emulator.start()
      let client = ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      let connections = (1...64).map { _ in client.connect(host: "127.0.0.1", port: address.port) }
      _ = try await connections[0].get()
      await emulator.stop()
      for connection in connections { try? await connection.get().close() }
    }
  }

  @Test func manyRequestsAtOnceAreAllAnswered() async throws {
    try await TestPlatform.running { platform in
      try await platform.makeActor()
      let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
        for number in 1...50 {
          group.addTask {
            let body =
              "{\"versionNumber\":\"1.\(number)\",\"sourceType\":\"SOURCE_FILES\",\"sourceFiles\":[]}"
            return try await platform.send(.POST, "/v2/actors/~my-actor/versions", body).status
          }
        }
        return try await group.reduce(into: []) { $0.append($1) }
      }
      #expect(statuses == Array(repeating: 201, count: 50))
      let list = try await platform.send(.GET, "/v2/actors/~my-actor/versions").data
      #expect(list["total"] == .integer(51))
    }
  }

  @Test(
    arguments: [
      (0, "1970-01-01T00:00:00.000Z"), (951_782_400_000, "2000-02-29T00:00:00.000Z"),
      (1_709_251_199_999, "2024-02-29T23:59:59.999Z"), (4_107_542_400_001, "2100-03-01T00:00:00.001Z"),
      (-1, "1969-12-31T23:59:59.999Z"),
    ] as [(Int64, String)])
  func timesAreISO8601(milliseconds: Int64, text: String) {
    #expect(Timestamp(milliseconds: milliseconds).iso8601 == text)
  }
}
