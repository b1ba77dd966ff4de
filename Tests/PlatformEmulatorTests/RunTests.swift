// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import EmulatorTesting
internal import NIOCore
internal import PlatformEmulator
internal import PlatformModel
internal import TestSupport
internal import Testing

@Suite(.timeLimit(.minutes(10))) struct RunTests {
  private static let runs = "/v2/actors/~my-actor/runs"

  @Test func aRunUsesTheDefaultBuildUnlessAnotherIsNamed() async throws {
    try await TestPlatform.running { platform in
      try await platform.makeBuildableActor()
      let none = try await platform.send(.POST, Self.runs, "{}")
      #expect(none.status == 404)
      #expect(try none.errorType == "unknown-build-tag")
      _ = try await platform.startBuild("&waitForFinish=60")
      _ = try await platform.startBuild("&tag=beta&waitForFinish=60")
      for (query, number) in [("", "0.0.1"), ("?build=beta", "0.0.2"), ("?build=0.0.1", "0.0.1")] {
        let run = try await platform.send(.POST, Self.runs + query, "{}")
        #expect(run.status == 201)
        #expect(try run.data["buildNumber"].string == number)
      }
      #expect(try await platform.send(.POST, Self.runs + "?build=nothing", "{}").status == 404)
    }
  }

  @Test func aRunIsWaitedForAndItsInputIsInItsStore() async throws {
    try await TestPlatform.running { platform in
      try await platform.makeBuildableActor()
      _ = try await platform.startBuild("&waitForFinish=60")
      platform.emulator.scriptRun(BuildScript(.fail, logLines: ["boom"]))
      let run = try await platform.send(.POST, Self.runs + "?waitForFinish=60&memory=256", #"{"a":1}"#).data
      #expect(run["status"].string == "FAILED" && run["exitCode"] == .integer(1))
      #expect(run["options"]["memoryMbytes"] == .integer(256) && run["stats"]["inputBodyLen"] == .integer(7))
      let store = try #require(run["defaultKeyValueStoreId"].string)
      let input = try await platform.send(.GET, "/v2/key-value-stores/\(store)/records/INPUT")
      #expect(input.headers["content-type"] == "application/json")
      #expect(String(decoding: input.body, as: UTF8.self) == #"{"a":1}"#)
      let id = try #require(run["id"].string)
      for path in ["/v2/logs/\(id)", "/v2/actor-runs/\(id)/log"] {
        let log = try await platform.send(.GET, path)
        #expect(String(decoding: log.body, as: UTF8.self).contains("boom"))
      }
      // Stores without names are listed where they are asked for.
      #expect(try await platform.send(.GET, "/v2/key-value-stores").data["total"] == .integer(0))
      #expect(try await platform.send(.GET, "/v2/key-value-stores?unnamed=1").data["total"] == .integer(1))
    }
  }

  @Test func aRunIsSeenByItsOwnersAlone() async throws {
    try await TestPlatform.running { platform in
      try await platform.makeBuildableActor()
      _ = try await platform.startBuild("&waitForFinish=60")
      let reader = try await platform.send(.POST, Self.runs, "{}", token: TestPlatform.reader)
      #expect(reader.status == 403)
      let id = try #require(try await platform.send(.POST, Self.runs, "{}").data["id"].string)
      for path in ["/v2/actor-runs/\(id)", "/v2/logs/\(id)"] {
        #expect(try await platform.send(.GET, path, token: TestPlatform.stranger).status == 404)
      }
      let own = try await platform.send(.GET, "/v2/actor-runs", token: TestPlatform.stranger)
      #expect(try own.data["total"] == .integer(0))
    }
  }

  @Test func runsAreListedByPages() async throws {
    try await TestPlatform.running { platform in
      try await platform.makeBuildableActor()
      _ = try await platform.startBuild("&waitForFinish=60")
      var ids: [String?] = []
      for _ in 0..<3 { ids.append(try await platform.send(.POST, Self.runs, "{}").data["id"].string) }
      let page = try await platform.send(.GET, Self.runs + "?desc=1&limit=1&offset=1").data
      #expect(page["items"][0]["id"].string == ids[1] && page["total"] == .integer(3))
      #expect(page["count"] == .integer(1) && page["desc"] == .bool(true))
      // As the official client asks for all.
      let all = try await platform.send(.GET, Self.runs + "?limit=0").data
      #expect(all["items"].elements.map(\.["id"].string) == ids && all["limit"] == .integer(1000))
    }
  }

  @Test func aRunOutlivesTheEmulatorAsOneThatFailed() async throws {
    let folder = try TemporaryFolder()
    let id = try await TestPlatform.running(dataDirectory: folder.path) { platform in
      try await platform.makeBuildableActor()
      _ = try await platform.startBuild("&waitForFinish=60")
      platform.emulator.scriptRun(BuildScript(.hang))
      return try await platform.send(.POST, Self.runs, "{}").data["id"].string
    }
    try await TestPlatform.running(dataDirectory: folder.path) { platform in
      let run = try await platform.send(.GET, "/v2/actor-runs/\(id ?? "")").data
      #expect(run["status"].string == "FAILED")
    }
  }

  @Test func aBuildIsDeletedUnlessItIsTheDefaultOrUnderWay() async throws {
    try await TestPlatform.running { platform in
      try await platform.makeBuildableActor()
      let first = try await platform.startBuild("&waitForFinish=60")
      let second = try await platform.startBuild("&waitForFinish=60")
      platform.emulator.script(BuildScript(.hang))
      let third = try await platform.startBuild("&tag=beta")
      for (id, status) in [(first, 204), (second, 400), (third, 400), (first, 404)] {
        #expect(try await platform.send(.DELETE, "/v2/actor-builds/\(id)").status == status)
      }
      let list = try await platform.send(.GET, "/v2/actors/~my-actor/builds").data
      #expect(list["items"].elements.map(\.["id"].string) == [second, third])
      let fallback = try await platform.send(.GET, "/v2/actors/~my-actor/builds/default").data
      #expect(fallback["id"].string == second)
    }
  }
}
