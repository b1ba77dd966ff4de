// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import EmulatorTesting
internal import PlatformEmulator
internal import PlatformModel
internal import Testing

@Suite struct AuthorizationTests {
  @Test func aTokenNamesItsUser() async throws {
    try await TestPlatform.running { platform in
      let answer = try await platform.send(.GET, "/v2/users/me")
      #expect(answer.status == 200)
      #expect(try answer.data["username"] == .string("owner"))
      #expect(try answer.data["id"].string?.utf8.count == 17)
    }
  }

  @Test(arguments: ["/v2/users/me", "/v2/actors", "/v2/actors/~my-actor", TestPlatform.version])
  func withoutATokenTheAnswerIs401(path: String) async throws {
    try await TestPlatform.running { platform in
      let answer = try await platform.send(.GET, path, token: nil)
      #expect(answer.status == 401)
      #expect(try answer.errorType == "token-not-provided")
    }
  }

  @Test func anUnknownTokenIsRefused() async throws {
    try await TestPlatform.running { platform in
      let answer = try await platform.send(.GET, "/v2/users/me", token: "nobody's")
      #expect(answer.status == 401)
      #expect(try answer.errorType == "user-or-token-not-found")
    }
  }

  @Test func aTokenInTheQueryIsNoToken() async throws {
    try await TestPlatform.running { platform in
      let answer = try await platform.send(.GET, "/v2/users/me?token=\(TestPlatform.owner)", token: nil)
      #expect(answer.status == 401)
    }
  }

  @Test(arguments: ["bearer", "BEARER", "Bearer "])
  func theSchemeIsReadInAnyCase(scheme: String) async throws {
    try await TestPlatform.running { platform in
      let answer = try await platform.send(
        .GET, "/v2/users/me", token: nil, headers: ["Authorization": "\(scheme) \(TestPlatform.owner)"])
      #expect(answer.status == 200)
    }
  }

  @Test(arguments: [
    (HTTPVerb.POST, "/v2/actors"), (.PUT, "/v2/actors/~my-actor"),
    (.POST, "/v2/actors/~my-actor/versions"), (.PUT, TestPlatform.version), (.DELETE, TestPlatform.version),
  ])
  func aReadOnlyTokenChangesNothing(method: HTTPVerb, path: String) async throws {
    try await TestPlatform.running { platform in
      let body = #"{"name":"other","versionNumber":"0.1","sourceType":"SOURCE_FILES","sourceFiles":[]}"#
      let answer = try await platform.send(
        method, path, method == .DELETE ? "" : body, token: TestPlatform.reader)
      #expect(answer.status == 403)
      #expect(try answer.errorType == "insufficient-permissions")
    }
  }

  @Test func anotherUsersActorLooksAsIfItDidNotExist() async throws {
    try await TestPlatform.running { platform in
      let id = try await platform.makeActor()
      for path in ["/v2/actors/\(id)", "/v2/actors/owner~my-actor", "/v2/actors/\(id)/versions/0.0"] {
        let answer = try await platform.send(.GET, path, token: TestPlatform.stranger)
        #expect(answer.status == 404)
        #expect(try answer.errorType == "record-or-token-not-found")
      }
      let put = try await platform.send(
        .PUT, "/v2/actors/\(id)/versions/0.0", "{}", token: TestPlatform.stranger)
      #expect(put.status == 404)
    }
  }

  @Test func aPublicActorCanBeReadAndNotChangedByOthers() async throws {
    try await TestPlatform.running { platform in
      let id = try await platform.makeActor()
      try await platform.send(.PUT, "/v2/actors/\(id)", #"{"isPublic":true}"#)
      let get = try await platform.send(.GET, "/v2/actors/owner~my-actor", token: TestPlatform.stranger)
      #expect(get.status == 200)
      let put = try await platform.send(
        .PUT, "/v2/actors/\(id)", #"{"title":"mine"}"#, token: TestPlatform.stranger)
      #expect(put.status == 403)
      #expect(try put.errorType == "insufficient-permissions")
    }
  }

  @Test(arguments: ["/nothing", "/v2", "/v2/nothing", "/v2/actors/~a/nothing", "/v3/users/me"])
  func anUnknownAddressIsJSONToo(path: String) async throws {
    try await TestPlatform.running { platform in
      let answer = try await platform.send(.GET, path, token: nil)
      #expect(answer.status == 404)
      #expect(try answer.errorType == "page-not-found")
      #expect(answer.headers["content-type"] == "application/json; charset=utf-8")
    }
  }
}
