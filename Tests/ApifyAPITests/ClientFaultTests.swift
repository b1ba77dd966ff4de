// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ApifyAPI
internal import Deflate
internal import Testing

@Suite("Faults on the way")
struct ClientFaultTests {
  static let user = Answer.json(#"{"data":{"id":"u"}}"#)

  @Test(
    "a request survives what happens to it",
    arguments: [
      [Answer.close], [.reset], [.cutOff(#"{"data":{"id""#)], [.json("{")],
      [.page(200, "<html>Welcome</html>")],
      [.page(503, "<html>503</html>")], [.error(429, "rate-limit-exceeded")], [.send(200, body: [])],
      [.send(200, [("Content-Encoding", "gzip")], body: [1, 2, 3])],
      [.close, .reset, .json(500, "{}"), .page(502, "x")],
    ])
  func survives(_ faults: [Answer]) async throws {
    try await ScriptedServer.run(faults + [Self.user]) { server in
      let recorder = Recorder()
      let client = try recorder.client(of: server.url)
      #expect(try await client.currentUser().id == "u")
      #expect(server.received.count == faults.count + 1)
      #expect(recorder.pauses == faults.indices.map { Duration.milliseconds(500 << $0) })
      await client.shutdown()
    }
  }

  @Test("it gives up after nine attempts, and says what the page said")
  func givesUp() async throws {
    let page = Answer.page(503, "<html><title>Down for\nmaintenance</title></html>")
    try await ScriptedServer.run(Array(repeating: page, count: 9)) { server in
      let recorder = Recorder()
      let client = try recorder.client(of: server.url)
      let error = await apiError { try await client.currentUser() }
      #expect(error?.type == .invalidResponse && error?.status == 503 && error?.attempts == 9)
      #expect(error?.message == "the answer is a web page: Down for maintenance")
      #expect(error?.path == "/v2/users/me" && error?.method == "GET")
      await client.shutdown()
    }
  }

  @Test("a server's Retry-After is heeded")
  func retryAfter() async throws {
    let busy = Answer.json(429, [("Retry-After", "7")], "{}")
    try await ScriptedServer.run(busy, Self.user) { server in
      let recorder = Recorder()
      let client = try recorder.client(of: server.url)
      _ = try await client.currentUser()
      #expect(recorder.pauses == [.seconds(7)])
      await client.shutdown()
    }
  }

  @Test("a server that doesn't answer is asked again")
  func hanging() async throws {
    try await ScriptedServer.run(.hang, Self.user) { server in
      let recorder = Recorder()
      // The first attempt's time is over when the server has its request; the second's never.
      let client = try recorder.client(of: server.url) {
        $0.clock.timer = { time in
          if time == .seconds(30) { try await server.arrival(1) } else { try await never() }
        }
      }
      #expect(try await client.currentUser().id == "u")
      #expect(
        recorder.events.contains {
          if case .failed(_, .timeout, "no answer within 30 s", _) = $0 { true } else { false }
        })
      await client.shutdown()
    }
  }

  @Test("a port where nobody listens is unreachable")
  func refused() async throws {
    let url = try await ScriptedServer.run { $0.url }
    let client = try Recorder().client(of: url, retries: 2)
    let error = await apiError { try await client.currentUser() }
    #expect(error?.type == .unreachable && error?.message == "connection refused" && error?.attempts == 3)
    #expect(error?.status == nil && error?.isLocal == true)
    await client.shutdown()
  }

  @Test("a host that doesn't exist is unreachable")
  func unknownHost() async throws {
    // RFC 6761: this name never exists.
    let client = try Recorder().client(of: "https://nobody.invalid", retries: 0)
    let error = await apiError { try await client.currentUser() }
    #expect(error?.type == .unreachable)
    await client.shutdown()
  }

  @Test("https spoken to a server of plain http is a TLS error at once")
  func notTLS() async throws {
    try await ScriptedServer.run(.close) { server in
      let url = "https" + server.url.dropFirst(4)
      let client = try Recorder().client(of: url, retries: 1)
      let error = await apiError { try await client.currentUser() }
      #expect(error?.type == .tls && error?.attempts == 1)
      await client.shutdown()
    }
  }

  @Test(
    "compressed answers are read",
    arguments: [("gzip", DeflateFormat.gzip), ("x-gzip", .gzip), ("deflate", .zlib)])
  func compressed(_ name: String, _ format: DeflateFormat) async throws {
    let text = #"{"data":{"id":"\#(String(repeating: "u", count: 200_000))"}}"#
    let body = try compress(Array(text.utf8), format: format)
    try await ScriptedServer.run(.send(200, [("Content-Encoding", name)], body: body)) { server in
      let client = try Recorder().client(of: server.url)
      #expect(try await client.currentUser().id.utf8.count == 200_000)
      await client.shutdown()
    }
  }

  @Test("an answer that is too long is an error at once, compressed or not", arguments: [true, false])
  func tooLong(_ isCompressed: Bool) async throws {
    let text = Array(repeating: UInt8(ascii: " "), count: 100_000)
    let answer =
      isCompressed
      ? Answer.send(200, [("Content-Encoding", "gzip")], body: try gzip(text)) : Answer.send(200, body: text)
    try await ScriptedServer.run(answer) { server in
      let client = try Recorder().client(of: server.url) { $0.responseLimit = 99_999 }
      let error = await apiError { try await client.currentUser() }
      #expect(error?.type == .responseTooLarge && error?.attempts == 1)
      await client.shutdown()
    }
  }

  @Test("an encoding that nobody asked for is an error at once")
  func unknownEncoding() async throws {
    try await ScriptedServer.run(.send(200, [("Content-Encoding", "br")], body: [1])) { server in
      let client = try Recorder().client(of: server.url)
      let error = await apiError { try await client.currentUser() }
      #expect(error?.type == .invalidResponse && error?.attempts == 1)
      await client.shutdown()
    }
  }

  @Test("JSON without `data` says what is missing")
  func shape() async throws {
    try await ScriptedServer.run(.json(#"{"data":{"username":"x"}}"#), .json("{}")) { server in
      let client = try Recorder().client(of: server.url)
      let error = await apiError { try await client.currentUser() }
      #expect(error?.type == .invalidResponse && error?.message == "the answer lacks data.id")
      #expect(await apiError { try await client.currentUser() }?.message == "the answer lacks data")
      await client.shutdown()
    }
  }
}
