// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import AsyncHTTPClient
internal import EmulatorFaults
internal import EmulatorTesting
internal import PlatformEmulator
internal import PlatformModel
internal import Testing

@Suite struct FaultTests {
  static let users = "/v2/users/me"

  @Test func anErrorIsAnsweredOnceAndToTheRequestItIsFor() async throws {
    try await TestPlatform.running { platform in
      platform.emulator.inject(
        Fault(
          .error(status: 402, type: "usage-limit", message: "No."), method: "PUT", pathPrefix: "/v2/actors"))
      #expect(try await platform.send(.GET, Self.users).status == 200)
      #expect(try await platform.send(.GET, "/v2/actors").status == 200)
      let answer = try await platform.send(.PUT, "/v2/actors/~x", "{}")
      #expect(answer.status == 402)
      #expect(try answer.errorType == "usage-limit")
      #expect(try await platform.send(.PUT, "/v2/actors/~x", "{}").status == 404)
      #expect(platform.emulator.pendingFaults == 0)
      #expect(platform.emulator.requests.map(\.wasFaulted) == [false, false, true, false])
    }
  }

  @Test func faultsAreUsedInTheirOrder() async throws {
    try await TestPlatform.running { platform in
      platform.emulator.inject(Fault(.gatewayPage), Fault(.rateLimited(retryAfter: "2")), Fault(.handled))
      platform.emulator.inject(Fault(.error(status: 500, type: "internal-error", message: "")), times: 2)
      var statuses: [Int] = []
      for _ in 0..<6 { statuses.append(try await platform.send(.GET, Self.users).status) }
      #expect(statuses == [503, 429, 200, 500, 500, 200])
    }
  }

  @Test func aGatewaysPageIsHTML() async throws {
    try await TestPlatform.running { platform in
      platform.emulator.inject(Fault(.gatewayPage))
      let answer = try await platform.send(.GET, Self.users)
      #expect(answer.status == 503)
      #expect(answer.headers["content-type"] == "text/html")
      #expect(String(decoding: answer.body, as: UTF8.self).hasPrefix("<html>"))
    }
  }

  @Test func aRateLimitSaysWhenToComeBack() async throws {
    try await TestPlatform.running { platform in
      platform.emulator.inject(Fault(.rateLimited(retryAfter: "7")), Fault(.rateLimited()))
      let first = try await platform.send(.GET, Self.users)
      #expect(first.headers["retry-after"] == "7")
      #expect(try first.errorType == "rate-limit-exceeded")
      #expect(try await platform.send(.GET, Self.users).headers["retry-after"] == nil)
    }
  }

  @Test func aRedirectionNamesItsTarget() async throws {
    try await TestPlatform.running { platform in
      platform.emulator.inject(Fault(.redirect(status: 307, location: "http://127.0.0.1:9/elsewhere")))
      let answer = try await platform.send(.GET, Self.users)
      #expect(answer.status == 307)
      #expect(answer.headers["location"] == "http://127.0.0.1:9/elsewhere")
    }
  }

  @Test func truncatedJSONIsWholeHTTP() async throws {
    try await TestPlatform.running { platform in
      platform.emulator.inject(Fault(.truncatedJSON))
      let answer = try await platform.send(.GET, Self.users)
      #expect(answer.status == 200)
      #expect(answer.body.starts(with: #"{"data":"#.utf8))
      #expect(throws: (any Error).self) { try answer.json }
    }
  }

  @Test func aCutOffBodyIsAnErrorOfTheConnection() async throws {
    try await TestPlatform.running { platform in
      platform.emulator.inject(Fault(.cutOffBody))
      await #expect(throws: (any Error).self) { try await platform.send(.GET, Self.users) }
      let next = try await platform.send(.GET, Self.users)
      #expect(next.status == 200)
    }
  }

  @Test func aDroppedConnectionHasDoneNothing() async throws {
    try await TestPlatform.running { platform in
      platform.emulator.inject(Fault(.droppedConnection))
      await #expect(throws: (any Error).self) {
        try await platform.send(.POST, "/v2/actors", #"{"name":"my-actor"}"#)
      }
      let actor = try await platform.send(.GET, "/v2/actors/~my-actor")
      #expect(actor.status == 404)
      #expect(platform.emulator.requests.first?.status == nil)
    }
  }

  @Test func aLostAnswerHasDoneIt() async throws {
    try await TestPlatform.running { platform in
      platform.emulator.inject(Fault(.lostAnswer))
      await #expect(throws: (any Error).self) {
        try await platform.send(.POST, "/v2/actors", #"{"name":"my-actor"}"#)
      }
      let actor = try await platform.send(.GET, "/v2/actors/~my-actor")
      #expect(actor.status == 200)
      #expect(platform.emulator.requestCount("POST", "/v2/actors") == 1)
    }
  }

  @Test func theHookCanChangeThePlatformUnderARequest() async throws {
    try await TestPlatform.running { platform in
      try await platform.makeActor()
      let emulator = platform.emulator
      let edited = [SourceFile(name: "theirs", kind: .file(.text, content: "x"))]
      emulator.setHook { request in
        guard request.method == "PUT" else { return }
        do {
          try emulator.setFiles(edited, of: "0.0", "~my-actor")
        } catch {
          Issue.record(error)
        }
      }
      let before = try await platform.send(.GET, TestPlatform.version).data
      #expect(before["sourceFiles"] == .array([]))
      let put = try await platform.send(.PUT, TestPlatform.version, #"{"buildTag":"mine"}"#).data
      #expect(put["sourceFiles"][0]["name"] == .string("theirs"))
      let version = try emulator.version("0.0", of: "owner~my-actor")
      #expect(version.files == edited)
      #expect(version.buildTag == "mine")
      #expect(emulator.requestCount("PUT", "/v2/actors/{ref}/versions/{version}") == 1)
      emulator.setHook(nil)
    }
  }

  @Test func theConsoleAddsWhatIsMissing() async throws {
    try await TestPlatform.running { platform in
      let made = try platform.emulator.makeActor(named: "console-made")
      try platform.emulator.setFiles([], of: "1.2", made.id)
      let answer = try await platform.send(.GET, "/v2/actors/~console-made/versions/1.2")
      #expect(try answer.data["sourceFiles"] == .array([]))
      #expect(try platform.emulator.actor("~console-made").modifiedAt > made.modifiedAt)
    }
  }
}
