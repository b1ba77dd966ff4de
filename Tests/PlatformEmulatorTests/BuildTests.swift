// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import EmulatorTesting
internal import PlatformEmulator
internal import PlatformModel
internal import Testing

extension TestPlatform {
  static let builds = "/v2/actors/~my-actor/builds"

  /// Makes `my-actor` with a version 0.0 that can be built, tagged `latest`.
  @discardableResult
  func makeBuildableActor() async throws -> String {
    let id = try await makeActor()
    let files = #"[{"name":"main.js","format":"TEXT","content":"1"},{"name":"d","folder":true}]"#
    try await send(.PUT, Self.version, #"{"buildTag":"latest","sourceFiles":"# + files + "}")
    return id
  }

  /// Starts a build of version 0.0; its id.
  func startBuild(_ query: String = "") async throws -> String {
    let answer = try await send(.POST, "\(Self.builds)?version=0.0\(query)")
    try #require(answer.status == 201)
    return try #require(try answer.data["id"].string)
  }

  /// Waits until a build has ended, without asking over HTTP.
  @discardableResult
  func end(of id: String) async throws -> BuildRecord {
    try await emulator.wait("the end of a build") { $0.builds[id].flatMap { $0.status.isFinal ? $0 : nil } }
  }

  /// Asks that a tag of `my-actor` means `build`, a JSON value; the status of the answer.
  func moveTag(_ tag: String, to build: String) async throws -> Int {
    try await send(.PUT, "/v2/actors/~my-actor", #"{"taggedBuilds":{"\#(tag)":\#(build)}}"#).status
  }

  func status(of id: String) async throws -> String? {
    try await send(.GET, "/v2/actor-builds/\(id)").data["status"].string
  }
}

@Suite(.timeLimit(.minutes(10))) struct BuildTests {
  @Test func aBuildSucceedsAndItsTagMoves() async throws {
    try await TestPlatform.running { platform in
      try await platform.makeBuildableActor()
      for number in ["0.0.1", "0.0.2"] {
        let answer = try await platform.send(
          .POST, TestPlatform.builds + "?version=0.0&useCache=1&waitForFinish=60")
        let build = try answer.data
        #expect(answer.status == 201)
        #expect(build["status"] == .string("SUCCEEDED") && build["buildNumber"] == .string(number))
        #expect(build["actVersion"] == .null && build["finishedAt"].string != nil)
        let tags = try await platform.send(.GET, "/v2/actors/~my-actor").data["taggedBuilds"]
        #expect(tags["latest"]["buildId"] == build["id"] && tags["latest"]["buildNumber"] == .string(number))
      }
      try await platform.send(
        .POST, "/v2/actors/~my-actor/versions",
        #"{"versionNumber":"0.1","sourceType":"SOURCE_FILES","sourceFiles":[{"name":"a","format":"TEXT","content":""}]}"#
      )
      let other = try await platform.send(.POST, TestPlatform.builds + "?version=0.1&waitForFinish=60").data
      #expect(other["buildNumber"] == .string("0.1.1"))
      #expect(try platform.emulator.build(tagged: "latest", of: "~my-actor")?.buildNumber == "0.0.2")
    }
  }

  @Test func theTagOfTheRequestComesBeforeTheVersions() async throws {
    try await TestPlatform.running { platform in
      try await platform.makeBuildableActor()
      let id = try await platform.startBuild("&tag=beta&waitForFinish=60")
      #expect(try platform.emulator.actor("~my-actor").taggedBuilds == ["beta": id])
    }
  }

  @Test func aBuildIsOfTheVersionAsItWas() async throws {
    try await TestPlatform.running { platform in
      try await platform.makeBuildableActor()
      platform.emulator.script(BuildScript(holdingAt: [.end]))
      let id = try await platform.startBuild()
      #expect(try await platform.put(files: #"{"name":"new","format":"TEXT","content":""}"#).status == 200)
      platform.emulator.release(.end, of: id)
      let version = try await platform.send(.GET, "/v2/actor-builds/\(id)?waitForFinish=60").data[
        "actVersion"]
      #expect(version["sourceFiles"][0]["name"] == .string("main.js"))
      #expect(version["versionNumber"] == .string("0.0"))
    }
  }

  @Test(
    arguments: [
      ("", 400), ("?version=0.9", 404), ("?version=x", 404), ("?version=0.0&tag=a%20b", 400),
      ("?version=0.0&waitForFinish=x", 400),
    ])
  func whatCannotBeBuiltIsRefused(query: String, status: Int) async throws {
    try await TestPlatform.running { platform in
      try await platform.makeBuildableActor()
      #expect(try await platform.send(.POST, TestPlatform.builds + query).status == status)
      #expect(platform.emulator.state.builds.isEmpty)
    }
  }

  @Test func buildsAreOnlyForThoseWhoMay() async throws {
    try await TestPlatform.running { platform in
      try await platform.makeBuildableActor()
      let id = try await platform.startBuild("&waitForFinish=60")
      let actor = try platform.emulator.actor("~my-actor").id
      for address in ["/v2/actor-builds/\(id)", "/v2/logs/\(id)", "/v2/actors/\(actor)/builds"] {
        #expect(try await platform.send(.GET, address, token: TestPlatform.stranger).status == 404)
        #expect(try await platform.send(.GET, address, token: nil).status == 401)
      }
      for token in [TestPlatform.stranger, TestPlatform.reader] {
        let start = try await platform.send(.POST, "/v2/actors/\(actor)/builds?version=0.0", token: token)
        #expect([403, 404].contains(start.status))
        let abort = try await platform.send(.POST, "/v2/actor-builds/\(id)/abort", token: token)
        #expect([403, 404].contains(abort.status))
      }
    }
  }

  @Test func buildsAreListedOldestOrNewestFirst() async throws {
    try await TestPlatform.running { platform in
      try await platform.makeBuildableActor()
      for origin in ["CLI", "CI", ""] {
        try await platform.send(
          .POST, TestPlatform.builds + "?version=0.0", headers: ["X-Apify-Request-Origin": origin])
      }
      func numbers(_ query: String) async throws -> [String?] {
        let list = try await platform.send(.GET, TestPlatform.builds + query).data
        #expect(list["total"] == .integer(3))
        return list["items"].elements.map { $0["buildNumber"].string }
      }
      #expect(try await numbers("") == ["0.0.1", "0.0.2", "0.0.3"])
      #expect(try await numbers("?desc=1") == ["0.0.3", "0.0.2", "0.0.1"])
      #expect(try await numbers("?desc=1&limit=1") == ["0.0.3"])
      #expect(try await numbers("?desc=1&limit=1&offset=1") == ["0.0.2"])
      let items = try await platform.send(.GET, TestPlatform.builds).data["items"].elements
      #expect(items.map { $0["meta"]["origin"].string } == ["CLI", "CI", "API"])
    }
  }

  @Test func buildsAreThereAfterARestart() async throws {
    try await DataDirectoryTests.withDirectory { path in
      var ids: [String] = []
      try await TestPlatform.running(dataDirectory: path) { platform in
        try await platform.makeBuildableActor()
        ids.append(try await platform.startBuild("&waitForFinish=60"))
        platform.emulator.script(BuildScript(.hang))
        ids.append(try await platform.startBuild())
        try await platform.emulator.wait("a running build") {
          $0.builds[ids[1]]?.status == .running ? true : nil
        }
      }
      try await TestPlatform.running(dataDirectory: path) { platform in
        #expect(try await platform.status(of: ids[0]) == "SUCCEEDED")
        #expect(try await platform.status(of: ids[1]) == "FAILED")
        let log = try await platform.send(.GET, "/v2/logs/\(ids[0])").body
        #expect(String(decoding: log, as: UTF8.self).contains("Build finished"))
        #expect(try platform.emulator.build(tagged: "latest", of: "~my-actor")?.id == ids[0])
        #expect(
          try await platform.send(.POST, TestPlatform.builds + "?version=0.0").data["buildNumber"]
            == .string("0.0.3"))
      }
    }
  }

  @Test func aTagIsMovedByHand() async throws {
    try await TestPlatform.running { platform in
      try await platform.makeBuildableActor()
      let first = try await platform.startBuild("&waitForFinish=60")
      let second = try await platform.startBuild("&waitForFinish=60")
      platform.emulator.script(BuildScript(.fail))
      let failed = try await platform.startBuild("&waitForFinish=60")
      func tags() throws -> [String: String]? { try platform.emulator.actor("~my-actor").taggedBuilds }
      #expect(try tags() == ["latest": second])
      #expect(try await platform.moveTag("latest", to: #"{"buildId":"\#(first)"}"#) == 200)
      #expect(try await platform.moveTag("old", to: #"{"buildId":"\#(first)"}"#) == 200)
      #expect(try tags() == ["latest": first, "old": first])
      #expect(try await platform.moveTag("old", to: "null") == 200)
      for build in [#"{"buildId":"\#(failed)"}"#, #"{"buildId":"nothing"}"#, "{}", #""x""#] {
        #expect(try await platform.moveTag("latest", to: build) == 400)
      }
      #expect(try tags() == ["latest": first])
    }
  }
}
