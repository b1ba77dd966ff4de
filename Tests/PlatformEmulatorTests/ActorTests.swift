// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import EmulatorTesting
internal import PlatformEmulator
internal import PlatformModel
internal import Testing

@Suite struct ActorTests {
  @Test func aNewActorIsGivenBackWithWhatThePlatformAdds() async throws {
    try await TestPlatform.running { platform in
      let answer = try await platform.send(
        .POST, "/v2/actors",
        #"""
        {"name":"my-actor","title":"Mine","description":"It works.",
         "defaultRunOptions":{"build":"beta","memoryMbytes":1024,"timeoutSecs":60},
         "versions":[{"versionNumber":"0.0","buildTag":"latest","sourceType":"SOURCE_FILES","sourceFiles":[]}],
         "actorStandby":{"isEnabled":true,"idleTimeoutSecs":300,"nested":[1.5,null,"x"]}}
        """#)
      #expect(answer.status == 201)
      let actor = try answer.data
      #expect(actor["id"].string?.utf8.count == 17)
      #expect(actor["username"] == .string("owner"))
      #expect(actor["title"] == .string("Mine"))
      #expect(actor["description"] == .string("It works."))
      #expect(actor["defaultRunOptions"]["build"] == .string("beta"))
      #expect(actor["defaultRunOptions"]["memoryMbytes"] == .integer(1024))
      #expect(actor["actorStandby"]["nested"][0] == .number(1.5))
      #expect(actor["taggedBuilds"] == .object([:]))
      #expect(actor["versions"].elements.count == 1)
      #expect(actor["versions"][0]["buildTag"] == .string("latest"))
      #expect(actor["versions"][0].names.contains("sourceFiles") == false)
      #expect(actor["createdAt"] == actor["modifiedAt"])
      let again = try await platform.send(.GET, "/v2/actors/~my-actor")
      #expect(try again.data == actor)
    }
  }

  @Test func aNameIsTakenOncePerUser() async throws {
    try await TestPlatform.running { platform in
      try await platform.makeActor()
      let same = try await platform.send(.POST, "/v2/actors", #"{"name":"my-actor"}"#)
      #expect(same.status == 409)
      #expect(try same.errorType == "actor-name-not-unique")
      let other = try await platform.send(
        .POST, "/v2/actors", #"{"name":"my-actor"}"#, token: TestPlatform.stranger)
      #expect(other.status == 201)
    }
  }

  @Test(arguments: [
    "ab", "", "My-Actor", "my_actor", "my actor", "a/b", "m\u{E9}tro", String(repeating: "a", count: 64),
  ])
  func aNameOutsideTheRulesIsRefused(name: String) async throws {
    try await TestPlatform.running { platform in
      let answer = try await platform.send(.POST, "/v2/actors", "{\"name\":\"\(name)\"}")
      #expect(answer.status == 400)
      #expect(try answer.errorType == "invalid-input")
      #expect(try answer.errorMessage.hasPrefix("name "))
    }
  }

  @Test func anActorNeedsAName() async throws {
    try await TestPlatform.running { platform in
      let answer = try await platform.send(.POST, "/v2/actors", "{}")
      #expect(answer.status == 400)
      #expect(try answer.errorMessage == "name is required")
    }
  }

  @Test(arguments: ["actors", "acts"])
  func anActorAnswersToEachOfItsNames(family: String) async throws {
    try await TestPlatform.running { platform in
      let id = try await platform.makeActor()
      for reference in [id, "owner~my-actor", "~my-actor", "owner%7Emy-actor", "%7emy-actor"] {
        let answer = try await platform.send(.GET, "/v2/\(family)/\(reference)")
        #expect(answer.status == 200, "\(reference)")
        #expect(try answer.data["id"].string == id)
      }
      let none = [
        "my-actor", "~your-actor", "nobody~my-actor", "owner~", "AAAAAAAAAAAAAAAAA", "%",
        "~my-act%C3%A9",
      ]
      for reference in none {
        let answer = try await platform.send(.GET, "/v2/\(family)/\(reference)")
        #expect(answer.status == 404, "\(reference)")
        #expect(try answer.errorType == "record-not-found", "\(reference)")
      }
    }
  }

  @Test func aChangeTouchesOnlyWhatItNames() async throws {
    try await TestPlatform.running { platform in
      try await platform.makeActor()
      try await platform.send(
        .PUT, "/v2/actors/~my-actor", #"{"title":"A","description":"B","seoTitle":"C","isDeprecated":true}"#)
      let answer = try await platform.send(
        .PUT, "/v2/actors/~my-actor",
        #"{"title":null,"description":"D","defaultRunOptions":{"timeoutSecs":5},"unknown":1}"#)
      #expect(answer.status == 200)
      let actor = try answer.data
      #expect(actor.names.contains("title") == false)
      #expect(actor["description"] == .string("D"))
      #expect(actor["seoTitle"] == .string("C"))
      #expect(actor["isDeprecated"] == .bool(true))
      #expect(actor["defaultRunOptions"]["timeoutSecs"] == .integer(5))
      #expect(actor["defaultRunOptions"]["memoryMbytes"] == .integer(4096))
      #expect(actor["versions"].elements.count == 1)
    }
  }

  @Test func eachChangeMovesTheTimeOfModification() async throws {
    try await TestPlatform.running { platform in
      try await platform.makeActor()
      var times: [String] = []
      for _ in 0..<5 {
        try await platform.send(.PUT, TestPlatform.version, #"{"buildTag":"beta"}"#)
        let actor = try await platform.send(.GET, "/v2/actors/~my-actor").data
        times.append(try #require(actor["modifiedAt"].string))
      }
      #expect(Set(times).count == 5)
      #expect(times == times.sorted())
    }
  }

  @Test func aRenamedActorLeavesItsOldName() async throws {
    try await TestPlatform.running { platform in
      try await platform.makeActor()
      #expect(try await platform.send(.PUT, "/v2/actors/~my-actor", #"{"name":"renamed"}"#).status == 200)
      #expect(try await platform.send(.GET, "/v2/actors/~my-actor").status == 404)
      #expect(try await platform.send(.GET, "/v2/actors/~renamed/versions/0.0").status == 200)
      try await platform.makeActor()
      let clash = try await platform.send(.PUT, "/v2/actors/~my-actor", #"{"name":"renamed"}"#)
      #expect(clash.status == 409)
    }
  }

  @Test func theListHasTheUsersOwnActorsInOrder() async throws {
    try await TestPlatform.running { platform in
      for name in ["first", "second", "third"] {
        try await platform.send(.POST, "/v2/actors", "{\"name\":\"\(name)\"}")
      }
      try await platform.send(.POST, "/v2/actors", #"{"name":"other"}"#, token: TestPlatform.stranger)
      let all = try await platform.send(.GET, "/v2/actors").data
      #expect(all["total"] == .integer(3))
      #expect(Set(all["items"].elements.compactMap { $0["name"].string }) == ["first", "second", "third"])
      let page = try await platform.send(.GET, "/v2/actors?offset=1&limit=1").data
      #expect(page["total"] == .integer(3))
      #expect(page["items"].elements == [all["items"][1]])
      #expect(try await platform.send(.GET, "/v2/actors?limit=x").status == 400)
    }
  }

  @Test func aTagCannotMoveToABuildThatDoesNotExist() async throws {
    try await TestPlatform.running { platform in
      try await platform.makeActor()
      let answer = try await platform.send(
        .PUT, "/v2/actors/~my-actor", #"{"taggedBuilds":{"latest":{"buildId":"AAAAAAAAAAAAAAAAA"}}}"#)
      #expect(answer.status == 400)
    }
  }
}
