// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ApifyAPI
internal import Testing

@Suite("The token stays where it belongs")
struct ClientSecurityTests {
  static let user = Answer.json(#"{"data":{"id":"u"}}"#)

  @Test("a redirect to another port is not followed, with whatever body")
  func otherPort() async throws {
    try await ScriptedServer.run(Self.user) { other in
      try await ScriptedServer.run(.redirect(307, to: other.url + "/a"), .redirect(308, to: other.url + "/b"))
      {
        server in
        let client = try Recorder().client(of: server.url)
        let error = try #require(await apiError { try await client.currentUser() })
        #expect(error.type == .redirectRefused)
        #expect(error.message.contains(server.url) && error.message.contains(other.url))
        let stored = await apiError {
          try await client.putRecord(store: "s", key: "k", body: RequestBody(Array("secret".utf8)))
        }
        #expect(stored?.type == .redirectRefused)
        #expect(other.received.isEmpty && server.received.count == 2)
        await client.shutdown()
      }
    }
  }

  @Test("a record's redirect to the storage gets neither token nor extra headers")
  func storage() async throws {
    try await ScriptedServer.run(.send(200, body: Array("abc".utf8))) { other in
      try await ScriptedServer.run(.redirect(302, to: other.url + "/elsewhere")) { server in
        let client = try Recorder().client(of: server.url) { $0.extraHeaders = [("X-Extra", "1")] }
        var bytes = 0
        let count = try await client.readRecord(store: "s", key: "k", onBegin: {}) { bytes += $0.byteCount }
        #expect(count == 3 && bytes == 3)
        let request = other.received[0]
        #expect(request.line == "GET /elsewhere")
        #expect(request["Authorization"].isEmpty && request["X-Extra"].isEmpty)
        #expect(!request.headers.contains { $0.value.contains(Recorder.secret) })
        #expect(server.received[0]["Authorization"] == ["Bearer \(Recorder.secret)"])
        await client.shutdown()
      }
    }
  }

  @Test("a redirect on the same host gets it")
  func samePort() async throws {
    try await ScriptedServer.run(.redirect(301, to: "/v2/moved"), Self.user) { server in
      let client = try Recorder().client(of: server.url)
      _ = try await client.currentUser()
      #expect(server.received[1].line == "GET /v2/moved")
      #expect(server.received[1]["Authorization"] == ["Bearer \(Recorder.secret)"])
      await client.shutdown()
    }
  }

  @Test("a redirect in circles ends")
  func circle() async throws {
    try await ScriptedServer.run(Array(repeating: .redirect(307, to: "/v2/users/me"), count: 9)) { server in
      let client = try Recorder().client(of: server.url)
      #expect(await apiError { try await client.currentUser() }?.type == .redirectRefused)
      #expect(server.received.count == 6)
      await client.shutdown()
    }
  }

  @Test("no event, error or description holds it, even where the server echoes it")
  func noEcho() async throws {
    let echo = "token \(Recorder.secret) is bad"
    try await ScriptedServer.run(
      .page(503, "<b>\(echo)</b>"), .json(200, echo), .close, .redirect(307, to: "/?\(Recorder.secret)"),
      .json(#"{"data":{"\#(Recorder.secret)":1}}"#), .error(401, "bad-\(Recorder.secret)", echo)
    ) { server in
      let recorder = Recorder()
      let client = try recorder.client(of: server.url)
      var text = ""
      for _ in 0..<2 {
        let error = try #require(await apiError { try await client.currentUser() })
        text += "\(error) \(error.message) \(String(reflecting: error))"
        dump(error, to: &text)
      }
      for event in recorder.events { text += "\(event)" }
      dump(client, to: &text)
      dump(recorder.events, to: &text)
      #expect(text.contains("[token]"))
      #expect(!text.contains(Recorder.secret))
      await client.shutdown()
    }
  }

  @Test("events tell the story")
  func events() async throws {
    try await ScriptedServer.run(.redirect(307, to: "/v2/x"), .error(500, "internal-error"), Self.user) {
      server in
      let recorder = Recorder()
      let client = try recorder.client(of: server.url)
      _ = try await client.currentUser()
      let told = recorder.events.map { event in
        switch event {
        case .started(let attempt): "start \(attempt.method) \(attempt.path) \(attempt.number)"
        case .finished(let attempt, let status, _, _): "finish \(attempt.number) \(status)"
        case .failed(let attempt, let type, _, _): "fail \(attempt.number) \(type)"
        case .redirected(let attempt, _): "redirect \(attempt.number)"
        case .retrying(let attempt, let reason, let delay): "retry \(attempt.number) \(reason) \(delay)"
        case .looking(let attempt, _, _): "look \(attempt.number)"
        }
      }
      #expect(
        told == [
          "start GET /v2/users/me 1", "finish 1 307", "redirect 1", "start GET /v2/users/me 1",
          "finish 1 500",
          "retry 1 500 internal-error 0.5 seconds", "start GET /v2/users/me 2", "finish 2 200",
        ])
      await client.shutdown()
    }
  }
}
