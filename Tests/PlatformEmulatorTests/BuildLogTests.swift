// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import EmulatorTesting
internal import PlatformEmulator
internal import PlatformModel
internal import Testing

@Suite(.timeLimit(.minutes(10))) struct BuildLogTests {
  @Test func eachLineBeginsWithATime() async throws {
    try await TestPlatform.running { platform in
      try await platform.makeBuildableActor()
      let id = try await platform.startBuild("&waitForFinish=60")
      for address in ["/v2/logs/\(id)", "/v2/logs/\(id)?stream=1", "/v2/actor-builds/\(id)/log?stream=true"] {
        let answer = try await platform.send(.GET, address)
        #expect(answer.headers["content-type"] == "text/plain; charset=utf-8")
        let lines = String(decoding: answer.body, as: UTF8.self).split(separator: "\n")
        #expect(lines.count == 4)
        for line in lines {
          let time = Array(line.utf8.prefix(25))
          #expect(time.count == 25 && time[10] == UInt8(ascii: "T"))
          #expect(time[23] == UInt8(ascii: "Z") && time[24] == UInt8(ascii: " "))
        }
      }
      #expect(try await platform.send(.GET, "/v2/logs/nothing").status == 404)
    }
  }

  @Test func aStreamGoesOnAsLongAsTheBuild() async throws {
    try await TestPlatform.running { platform in
      try await platform.makeBuildableActor()
      platform.emulator.script(BuildScript(holdingAt: [.end]))
      let id = try await platform.startBuild()
      var lines: [String] = []
      try await platform.lines("/v2/logs/\(id)?stream=1") { line in
        lines.append(line)
        if line.contains("default is used") { platform.emulator.log("from the test", toBuild: id) }
        if line.hasSuffix("from the test") {
          let soFar = try await platform.send(.GET, "/v2/logs/\(id)").body
          #expect(String(decoding: soFar, as: UTF8.self) == lines.map { $0 + "\n" }.joined())
          platform.emulator.release(.end, of: id)
        }
        return true
      }
      #expect(lines.last?.contains("Build finished") == true)
      #expect(try await platform.status(of: id) == "SUCCEEDED")
    }
  }

  @Test func aStreamCanEndBeforeTheBuild() async throws {
    try await TestPlatform.running { platform in
      try await platform.makeBuildableActor()
      platform.emulator.script(BuildScript(.hang, logEnd: .early))
      let id = try await platform.startBuild()
      let log = try await platform.send(.GET, "/v2/logs/\(id)?stream=1").body
      #expect(!log.isEmpty)
      #expect(try await platform.status(of: id) == "RUNNING")
    }
  }

  @Test func aStreamCanGoOnAfterTheBuildUntilTheReaderGoes() async throws {
    try await TestPlatform.running { platform in
      try await platform.makeBuildableActor()
      platform.emulator.script(BuildScript(logEnd: .never))
      let id = try await platform.startBuild()
      try await platform.end(of: id)
      try await platform.lines("/v2/logs/\(id)?stream=1") { line in
        if line.contains("Build finished") { platform.emulator.log("after the end", toBuild: id) }
        return !line.hasSuffix("after the end")
      }
    }
  }

  @Test func anOpenStreamDoesNotKeepTheEmulatorFromStopping() async throws {
    try await TestPlatform.running { platform in
      try await platform.makeBuildableActor()
      platform.emulator.script(BuildScript(.hang, logEnd: .never))
      let id = try await platform.startBuild()
      let (lines, continuation) = AsyncStream.makeStream(of: String.self)
      let reader = Task {
        try await platform.lines("/v2/logs/\(id)?stream=1") { line in
          continuation.yield(line)
          return true
        }
      }
      for await _ in lines { break }
      await platform.emulator.stop()
      _ = await reader.result
      #expect(platform.emulator.state.builds[id]?.status == .failed)
    }
  }
}
