// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ApifyAPI
internal import Synchronization
internal import Testing

@Suite("Builds")
struct BuildOperationTests {
  private static let date = "Tue, 24 Nov 2026 10:00:00 GMT"

  private static func build(_ id: String, _ number: String, _ started: String) -> String {
    #"{"id":"\#(id)","status":"RUNNING","buildNumber":"\#(number)","startedAt":"\#(started)"}"#
  }

  private static func started(
    _ answers: [Answer], after last: String? = nil
  ) async throws -> (Build?, lines: [String]) {
    // An answer that tells the platform's time, as every one does.
    let user = Answer.json(200, [("Date", date)], #"{"data":{"id":"u"}}"#)
    return try await ScriptedServer.run([user] + answers) { server in
      let client = try Recorder().client(of: server.url)
      _ = try await client.currentUser()
      let build = try? await client.startBuild(
        actor: .id("a"), version: "0.1", tag: "latest", after: last)
      await client.shutdown()
      return (build, server.received.dropFirst().map { String($0.line.prefix { $0 != "?" }) })
    }
  }

  @Test("whose start got no answer are looked for before another one is started")
  func lost() async throws {
    let list =
      #"{"data":{"items":["# + Self.build("new", "0.1.8", "2026-11-24T10:00:00.500Z") + ","
      + Self.build("old", "0.1.7", "2026-11-24T09:59:00.000Z") + "]}}"
    let (build, lines) = try await Self.started([.close, .json(list)])
    #expect(build?.id == "new")
    #expect(lines == ["POST /v2/actors/a/builds", "GET /v2/actors/a/builds"])
  }

  @Test(
    "that began before, or are of another version, are not taken for it",
    arguments: [("0.1.7", "2026-11-24T09:59:00.000Z"), ("0.2.1", "2026-11-24T10:00:01.000Z")])
  func others(_ number: String, _ started: String) async throws {
    let list = #"{"data":{"items":["# + Self.build("other", number, started) + "]}}"
    let fresh = #"{"data":"# + Self.build("mine", "0.1.8", "2026-11-24T10:00:02.000Z") + "}"
    let (build, lines) = try await Self.started([.close, .json(list), .json(201, fresh)])
    #expect(build?.id == "mine")
    #expect(lines.count == 3)
  }

  @Test("that were there before are not taken for it, however short before")
  func known() async throws {
    let before = Self.build("before", "0.1.7", "2026-11-24T10:00:00.500Z")
    let older = Self.build("older", "0.1.6", "2026-11-24T10:00:00.400Z")
    let list = #"{"data":{"items":["# + before + "," + older + "]}}"
    let fresh = #"{"data":"# + Self.build("mine", "0.1.8", "2026-11-24T10:00:02.000Z") + "}"
    let (build, _) = try await Self.started([.close, .json(list), .json(201, fresh)], after: "before")
    #expect(build?.id == "mine")
  }

  @Test("have logs that come line by line, to their last one")
  func log() async throws {
    let text = "first\r\nsecond\n\nkůň \u{1F600}"
    try await ScriptedServer.run(.send(200, body: Array(text.utf8)), .send(200, body: Array(text.utf8))) {
      server in
      let client = try Recorder().client(of: server.url)
      let lines = Mutex<[String]>([])
      try await client.followLog(build: "b") { line in lines.withLock { $0.append(line) } }
      #expect(lines.withLock { $0 } == ["first", "second", "", "kůň \u{1F600}"])
      lines.withLock { $0 = [] }
      try await client.followLog(build: "b", skipping: 3) { line in lines.withLock { $0.append(line) } }
      #expect(lines.withLock { $0 } == ["kůň \u{1F600}"])
      #expect(server.received.map(\.line) == Array(repeating: "GET /v2/logs/b?stream=1", count: 2))
      await client.shutdown()
    }
  }

  @Test("that nobody knows (yet) are none")
  func absent() async throws {
    try await ScriptedServer.run(.error(404, "record-not-found")) { server in
      let client = try Recorder().client(of: server.url)
      #expect(try await client.build(id: "b")?.id == nil)
      await client.shutdown()
    }
  }

  @Test("get tags by their ids")
  func tags() async throws {
    try await ScriptedServer.run(.json(#"{"data":{"id":"a","name":"n"}}"#)) { server in
      let client = try Recorder().client(of: server.url)
      try await client.setTag("latest", to: "b", actor: .id("a"))
      #expect(server.received.map(\.line) == ["PUT /v2/actors/a"])
      #expect(server.received.first?.text == #"{"taggedBuilds":{"latest":{"buildId":"b"}}}"#)
      await client.shutdown()
    }
  }

  @Test("get no tag back that others have moved while the answer was lost")
  func movedTag() async throws {
    struct Moved: Error {}
    let now = Answer.json(#"{"data":{"id":"a","name":"n","taggedBuilds":{"latest":{"buildId":"c"}}}}"#)
    try await ScriptedServer.run(.close, now) { server in
      let client = try Recorder().client(of: server.url)
      await #expect(throws: Moved.self) {
        try await client.setTag("latest", to: "b", actor: .id("a")) { actor in
          guard actor.taggedBuilds["latest"]?.buildId != "c" else { throw Moved() }
          return true
        }
      }
      #expect(server.received.map(\.line) == ["PUT /v2/actors/a", "GET /v2/actors/a"])
      await client.shutdown()
    }
  }

  @Test("get a tag once, where the answer was lost and the look finds it")
  func setTag() async throws {
    let now = Answer.json(#"{"data":{"id":"a","name":"n","taggedBuilds":{"latest":{"buildId":"b"}}}}"#)
    try await ScriptedServer.run(.close, now) { server in
      let client = try Recorder().client(of: server.url)
      let actor = try await client.setTag("latest", to: "b", actor: .id("a")) { actor in
        actor.taggedBuilds["latest"]?.buildId == "b"
      }
      #expect(actor.id == "a" && server.received.count == 2)
      await client.shutdown()
    }
  }

  @Test(
    "begin at times that are understood",
    arguments: [
      ("1970-01-01T00:00:00Z", 0), ("1970-01-01T00:00:01.5Z", 1_500_000_000),
      ("2000-02-29T12:00:00.000Z", 951_825_600_000_000_000),
    ])
  func times(_ text: String, _ nanoseconds: Int) {
    #expect(ISOTime.nanoseconds(text) == nanoseconds)
    #expect(ISOTime.nanoseconds(String(text.dropLast())) == nil)
  }

  @Test(
    "begin at no time where that is before 1970 or centuries ahead",
    arguments: [
      "9999-12-31T23:59:59Z", "0000-01-01T00:00:00Z", "2262-01-01T00:00:00.5Z", "1969-12-31T23:59:59Z",
    ])
  func farTimes(_ text: String) { #expect(ISOTime.nanoseconds(text) == nil) }
}
