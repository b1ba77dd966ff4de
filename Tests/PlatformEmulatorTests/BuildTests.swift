// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import AsyncHTTPClient
internal import FoundationEssentials
internal import NIOCore
internal import PlatformEmulator
internal import Testing

@Suite("Builds")
struct EmulatedBuildTests {
  /// Makes an Actor with a version, and builds it to the end. Gives the build as it is then.
  private static func build(
    _ platform: TestPlatform, _ script: BuildScript = BuildScript(), version: VersionChange? = nil
  ) async throws -> TestPlatform.Answer {
    let emulator = platform.emulator
    if (try? emulator.actor("~a-b-c")) == nil { try emulator.makeActor(named: "a-b-c") }
    if let version {
      try emulator.setVersion("0.1", of: "~a-b-c", version)
    } else {
      try emulator.setFiles(
        [SourceFile(name: "main.js", kind: .file(.text, content: "1"))], of: "0.1", "~a-b-c")
    }
    emulator.script(script)
    let started = try await platform.send(
      .POST, "/v2/actors/~a-b-c/builds?version=0.1&tag=latest&waitForFinish=20")
    #expect(started.status == 201, "\(started.body)")
    let id = try started.data["id"].string ?? ""
    return try await platform.send(.GET, "/v2/actor-builds/\(id)")
  }

  @Test(
    "end as they were told to",
    arguments: [(BuildScript.Outcome.succeed, "SUCCEEDED"), (.fail, "FAILED"), (.timeOut, "TIMED-OUT")])
  func outcomes(_ outcome: BuildScript.Outcome, _ status: String) async throws {
    try await TestPlatform.running { platform in
      let build = try await Self.build(platform, BuildScript(outcome, duration: .milliseconds(1)))
      #expect(try build.data["status"].string == status)
      #expect(try build.data["buildNumber"].string == "0.1.1")
      #expect(try build.data["actVersion"]["sourceFiles"][0]["name"].string == "main.js")
      let actor = try await platform.send(.GET, "/v2/actors/~a-b-c")
      let tagged = try actor.data["taggedBuilds"]["latest"]["buildNumber"].string
      #expect(tagged == (outcome == .succeed ? "0.1.1" : nil))
      let id = try build.data["id"].string ?? ""
      let log = try await platform.send(.GET, "/v2/logs/\(id)?stream=1")
      let lines = String(decoding: log.body, as: UTF8.self).split(separator: "\n")
      #expect(lines.count >= 3 && lines.allSatisfy { $0.prefix(24).hasSuffix("Z") })
    }
  }

  @Test("are aborted on request, and listed from the newest on")
  func abort() async throws {
    try await TestPlatform.running { platform in
      _ = try await Self.build(platform)
      platform.emulator.script(BuildScript(.hang))
      let started = try await platform.send(.POST, "/v2/actors/~a-b-c/builds?version=0.1")
      let id = try started.data["id"].string ?? ""
      let aborted = try await platform.send(.POST, "/v2/actor-builds/\(id)/abort")
      #expect(try aborted.data["status"].string == "ABORTED")
      let list = try await platform.send(.GET, "/v2/actors/~a-b-c/builds?desc=1&limit=1")
      #expect(try list.data["items"][0]["id"].string == id && list.data["total"] == .integer(2))
    }
  }

  @Test("of a zip fetch and check it: a missing one, a broken one and an unsigned address fail")
  func zip() async throws {
    try await TestPlatform.running { platform in
      let store = try await platform.send(.POST, "/v2/key-value-stores?name=s").data
      let id = store["id"].string ?? ""
      for (address, words) in [
        ("\(platform.baseURL)/v2/key-value-stores/\(id)/records/none.zip", "403"),
        ("https://example.com/x.zip", "its own stores only"),
      ] {
        var change = VersionChange()
        change.sourceType = .tarball
        change.tarballUrl = .value(address)
        let build = try await Self.build(platform, version: change)
        #expect(try build.data["status"].string == "FAILED")
        let log = try await platform.send(.GET, "/v2/logs/\(build.data["id"].string ?? "")")
        #expect(String(decoding: log.body, as: UTF8.self).contains(words))
      }
    }
  }

  @Test("lend tags to those that have succeeded only")
  func tags() async throws {
    try await TestPlatform.running { platform in
      let good = try await Self.build(platform).data["id"].string ?? ""
      let bad = try await Self.build(platform, BuildScript(.fail)).data["id"].string ?? ""
      func tag(_ id: String) async throws -> Int {
        let body = #"{"taggedBuilds":{"stable":{"buildId":"\#(id)"}}}"#
        let answer = try await platform.send(.PUT, "/v2/actors/~a-b-c", body)
        return answer.status
      }
      #expect(try await tag(good) == 200)
      #expect(try await tag(bad) == 400)
      #expect(try await tag("none") == 400)
      let actor = try await platform.send(.GET, "/v2/actors/~a-b-c")
      #expect(try actor.data["taggedBuilds"]["stable"]["buildId"].string == good)
    }
  }

  @Test("and records are there again when the emulator is started anew")
  func persistence() async throws {
    let folder =
      FileManager.default.temporaryDirectory.path + "/emulator-\(UInt64.random(in: 0...UInt64.max))"
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try await TestPlatform.running(dataDirectory: folder) { platform in
      _ = try await Self.build(platform)
      let store = try await platform.send(.POST, "/v2/key-value-stores?name=s").data["id"].string ?? ""
      _ = try await platform.send(
        .PUT, "/v2/key-value-stores/\(store)/records/k", .bytes(ByteBuffer(string: "kept")))
    }
    try await TestPlatform.running(dataDirectory: folder) { platform in
      let list = try await platform.send(.GET, "/v2/actors/~a-b-c/builds")
      #expect(try list.data["items"][0]["status"].string == "SUCCEEDED")
      let record = try await platform.send(.GET, "/v2/key-value-stores/~s/records/k")
      #expect(record.body == Array("kept".utf8))
    }
  }

  @Test("are on a page for people, with files and variables, and nothing of it is taken for HTML")
  func page() async throws {
    try await TestPlatform.running { platform in
      var change = VersionChange()
      change.sourceType = .sourceFiles
      change.sourceFiles = .value([
        SourceFile(name: "<b>.js", kind: .file(.text, content: "a < b && '\"<script>"))
      ])
      change.envVars = [
        .init(name: "SHOWN", value: "value"), .init(name: "KEY", value: "never-to-be-seen", isSecret: true),
      ]
      _ = try await Self.build(platform, version: change)
      let page = try await platform.send(.GET, "/", token: nil)
      let text = String(decoding: page.body, as: UTF8.self)
      #expect(page.status == 200 && page.headers["content-type"] == "text/html; charset=utf-8")
      #expect(text.contains("owner/a-b-c") && text.contains("SUCCEEDED") && text.contains("&lt;b&gt;.js"))
      #expect(text.contains("SHOWN") && text.contains("(secret)") && !text.contains("never-to-be-seen"))
      let id = try platform.emulator.actor("~a-b-c").id
      let file = try await platform.send(.GET, "/files/\(id)/0.1/0", token: nil)
      #expect(
        String(decoding: file.body, as: UTF8.self).contains("a &lt; b &amp;&amp; &#39;&quot;&lt;script&gt;"))
      #expect(try await platform.send(.GET, "/files/\(id)/0.1/1", token: nil).status == 404)
    }
  }
}
