// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ApifyAPI
internal import Deflate
internal import NIOCore
internal import Testing

@Suite("Requests, as they arrive")
struct ClientRequestTests {
  static let version = #"{"data":{"versionNumber":"0.1","sourceType":"SOURCE_FILES","sourceFiles":[]}}"#
  static let number = "0.1"

  @Test("a GET has the headers of an honest client")
  func headers() async throws {
    try await ScriptedServer.run(.json(#"{"data":{"id":"u","username":"anna","extra":1}}"#)) { server in
      let client = try Recorder().client(of: server.url) {
        $0.origin = .ci
        $0.extraHeaders = [
          ("X-Apify-Github-Actions-Run-Url", "https://x/1"), ("Authorization", "Basic evil"),
        ]
      }
      #expect(try await client.currentUser().username == "anna")
      let request = server.received[0]
      #expect(request.line == "GET /v2/users/me")
      #expect(request["Authorization"] == ["Bearer \(Recorder.secret)"])
      #expect(request["User-Agent"].allSatisfy { $0.hasPrefix("actorpush/1.2.3 (") })
      #expect(request["X-Apify-Request-Origin"] == ["CI"])
      #expect(request["X-Apify-Github-Actions-Run-Url"] == ["https://x/1"])
      #expect(request["Accept-Encoding"] == ["gzip"])
      #expect(request["Content-Type"].isEmpty && request.body.isEmpty)
      await client.shutdown()
    }
  }

  @Test("every operation has its method and path")
  func paths() async throws {
    let actor = Answer.json(#"{"data":{"id":"a","name":"n"}}"#)
    let version = Answer.json(Self.version)
    try await ScriptedServer.run(actor, actor, actor, version, version, version) { server in
      let client = try Recorder().client(of: server.url + "/prefix/v2/")
      let reference = try ActorReference("anna/n")
      _ = try await client.actor(reference)
      _ = try await client.actor(.own(name: "n"))
      _ = try await client.createActor(NewActor(name: "n"))
      _ = try await client.version(actor: reference, number: "0.1")
      _ = try await client.createVersion(
        actor: .id("a"), number: "0.1", body: .json(VersionUpdate(versionNumber: "0.1")))
      _ = try await client.updateVersion(actor: .id("a"), number: "0.1", VersionUpdate())
      #expect(
        server.received.map(\.line) == [
          "GET /prefix/v2/actors/anna~n", "GET /prefix/v2/actors/~n", "POST /prefix/v2/actors",
          "GET /prefix/v2/actors/anna~n/versions/0.1", "POST /prefix/v2/actors/a/versions",
          "PUT /prefix/v2/actors/a/versions/0.1",
        ])
      await client.shutdown()
    }
  }

  @Test(
    "JSON is compressed when it is longer than 1,024 bytes",
    arguments: [(1024, false), (1025, true), (100_000, true)])
  func compression(_ count: Int, _ isCompressed: Bool) async throws {
    try await ScriptedServer.run(.json(Self.version)) { server in
      let client = try Recorder().client(of: server.url)
      var update = VersionUpdate()
      update.buildTag = String(repeating: "x", count: count - #"{"buildTag":""}"#.utf8.count)
      try await client.updateVersion(actor: .id("a"), number: Self.number, update)
      let request = server.received[0]
      #expect(request["Content-Type"] == ["application/json"])
      #expect(request["Content-Encoding"] == (isCompressed ? ["gzip"] : []))
      #expect(request["Content-Length"] == ["\(request.body.count)"])
      let body = isCompressed ? try decompress(request.body, format: .gzip, limit: 1 << 20) : request.body
      #expect(body.count == count)
      await client.shutdown()
    }
  }

  @Test("bytes that are compressed already go out as they are")
  func rawBody() async throws {
    let packed = try gzip(Array(repeating: 7, count: 3_000_000), level: 0)
    try await ScriptedServer.run(.json(Self.version)) { server in
      let client = try Recorder().client(of: server.url)
      let body = RequestBody(packed, encoding: .gzip)
      try await client.updateVersion(actor: .id("a"), number: Self.number, body: body)
      #expect(server.received[0].body == packed)
      #expect(server.received[0]["Content-Encoding"] == ["gzip"])
      await client.shutdown()
    }
  }

  @Test("a body is made again for every attempt and redirect")
  func replay() async throws {
    let moved = Answer.redirect(308, to: "/v2/moved")
    try await ScriptedServer.run(.error(503, "x"), moved, .json(Self.version)) { server in
      let client = try Recorder().client(of: server.url)
      let body = RequestBody(length: 6) { Chunks(["abc", "def"]) }
      try await client.updateVersion(actor: .id("a"), number: Self.number, body: body)
      #expect(server.received.map(\.text) == ["abcdef", "abcdef", "abcdef"])
      #expect(server.received.map(\.target).last == "/v2/moved")
      await client.shutdown()
    }
  }

  @Test("what the maker of a body throws comes out as it is, without another attempt")
  func failingBody() async throws {
    try await ScriptedServer.run { server in
      let recorder = Recorder()
      let client = try recorder.client(of: server.url)
      let body = RequestBody(length: 6) { Chunks(["abc"], failsAtEnd: true) }
      await #expect(throws: Chunks.Vanished.self) {
        try await client.updateVersion(actor: .id("a"), number: Self.number, body: body)
      }
      #expect(recorder.pauses.isEmpty)
      await client.shutdown()
    }
  }

  @Test("a refusal that comes before the body is through is heard")
  func earlyRefusal() async throws {
    try await ScriptedServer.run(.early(413, "request-too-large")) { server in
      let client = try Recorder().client(of: server.url)
      let body = RequestBody([UInt8](repeating: 7, count: 8_000_000))
      let error = await apiError {
        try await client.updateVersion(actor: .id("a"), number: Self.number, body: body)
      }
      #expect(error?.type == .requestTooLarge && error?.status == 413 && error?.attempts == 1)
      await client.shutdown()
    }
  }

  @Test("requests run side by side")
  func concurrency() async throws {
    let user = Answer.json(#"{"data":{"id":"u"}}"#)
    try await ScriptedServer.run(user, user, user, user, user, user) { server in
      let client = try Recorder().client(of: server.url)
      try await withThrowingTaskGroup(of: String.self) { group in
        for _ in 0..<6 { group.addTask { try await client.currentUser().id } }
        for try await id in group { #expect(id == "u") }
      }
      await client.shutdown()
    }
  }
}

/// A body in chunks, which may fail on the way.
private struct Chunks: AsyncSequence, Sendable {
  struct Vanished: Error {}
  let parts: [String]
  let failsAtEnd: Bool

  init(_ parts: [String], failsAtEnd: Bool = false) {
    self.parts = parts
    self.failsAtEnd = failsAtEnd
  }

  struct AsyncIterator: AsyncIteratorProtocol {
    var parts: ArraySlice<String>
    let failsAtEnd: Bool

    mutating func next() async throws -> ByteBuffer? {
      if parts.isEmpty && failsAtEnd { throw Vanished() }
      return parts.popFirst().map { ByteBuffer(string: $0) }
    }
  }

  func makeAsyncIterator() -> AsyncIterator { AsyncIterator(parts: parts[...], failsAtEnd: failsAtEnd) }
}
