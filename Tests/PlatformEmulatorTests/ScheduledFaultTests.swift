// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import EmulatorFaults
internal import FoundationEssentials
internal import NIOCore
internal import PlatformEmulator
internal import PlatformModel
internal import TestSupport
internal import Testing

/// Each kind of fault, over a socket.
@Suite("A scheduled fault", .timeLimit(.minutes(2)))
struct ScheduledFaultTests {
  static let users = "/v2/users/me"

  /// Runs `body` with an emulator whose requests under `/v2` meet `fault`, a file's members, once.
  private func running(_ fault: String, _ body: (TestPlatform) async throws -> Void) async throws {
    let schedule = try FaultFile(Array(#"{"faults": [{"path": "/v2/**", \#(fault)}]}"#.utf8)).schedule
    try await TestPlatform.running { platform in
      platform.emulator.plugIn(schedule)
      try await body(platform)
      // Once only.
      #expect(try await platform.send(.GET, Self.users).status == 200)
    }
  }

  @Test("answers any status, with Retry-After where that is asked for")
  func status() async throws {
    try await running(#""fault": "status", "status": 429, "retryAfter": 7, "type": "rate-limit-exceeded""#) {
      let answer = try await $0.send(.GET, Self.users)
      #expect(answer.status == 429 && answer.headers["retry-after"] == "7")
      #expect(try answer.errorType == "rate-limit-exceeded")
    }
  }

  @Test("answers a page, before or after the change", arguments: [false, true])
  func page(isDone: Bool) async throws {
    try await running(#""fault": "html", "status": 502, "done": \#(isDone)"#) { platform in
      let answer = try await platform.send(.POST, "/v2/actors", #"{"name":"my-actor"}"#)
      #expect(answer.status == 502 && answer.headers["content-type"] == "text/html")
      let actor = try await platform.send(.GET, "/v2/actors/~my-actor")
      #expect(actor.status == (isDone ? 200 : 404))
    }
  }

  @Test(
    "ends the connection before, in or after the request, or after the change",
    arguments: [
      (#""fault": "close""#, false), (#""fault": "close-in-request", "bytes": 3"#, false),
      (#""fault": "close-after-request""#, false), (#""fault": "close", "done": true"#, true),
      (#""fault": "close-in-answer""#, true),
    ])
  func close(_ fault: String, isDone: Bool) async throws {
    try await running(fault) { platform in
      await #expect(throws: (any Error).self) {
        try await platform.send(.POST, "/v2/actors", #"{"name":"my-actor"}"#)
      }
      let actor = try await platform.send(.GET, "/v2/actors/~my-actor")
      #expect(actor.status == (isDone ? 200 : 404))
    }
  }

  @Test("ends the connection after a whole answer")
  func closeAfterwards() async throws {
    try await running(#""fault": "close-after-answer""#) {
      let answer = try await $0.send(.GET, Self.users)
      #expect(try answer.data["username"] == .string("owner"))
      // The client of the tests does not repeat a request that meets the end of a connection.
      try await Task.sleep(for: .milliseconds(300))
    }
  }

  @Test(
    "gives no answer, or half of one, and keeps the connection",
    arguments: [
      (#""fault": "hang""#, false), (#""fault": "hang", "done": true"#, true),
      (#""fault": "hang-in-answer""#, true),
    ])
  func hang(_ fault: String, isDone: Bool) async throws {
    try await running(fault) { platform in
      let request = Task { try await platform.send(.POST, "/v2/actors", #"{"name":"my-actor"}"#) }
      try await Task.sleep(for: .milliseconds(300))
      request.cancel()
      await #expect(throws: (any Error).self) { try await request.value }
      let actor = try await platform.send(.GET, "/v2/actors/~my-actor")
      #expect(actor.status == (isDone ? 200 : 404))
    }
  }

  @Test("spoils the JSON", arguments: ["cut-json", "garbled-json"])
  func spoilt(_ fault: String) async throws {
    try await running(#""fault": "\#(fault)""#) {
      let answer = try await $0.send(.GET, Self.users)
      #expect(answer.status == 200 && answer.body.first == UInt8(ascii: "{"))
      #expect(throws: (any Error).self) { try answer.json }
    }
  }

  @Test("gives the values other types")
  func mistyped() async throws {
    try await running(#""fault": "mistyped-json""#) {
      let user = try await $0.send(.GET, Self.users).data
      #expect(user["username"] == .integer(1))
    }
  }

  @Test("answers without end")
  func endless() async throws {
    try await running(#""fault": "endless-json""#) { platform in
      // The client of the tests takes 64 MiB.
      await #expect(throws: (any Error).self) { try await platform.send(.GET, Self.users) }
    }
  }

  @Test("answers slowly")
  func slow() async throws {
    try await running(#""fault": "slow", "bytesPerSecond": 400"#) { platform in
      let start = ContinuousClock.now
      let answer = try await platform.send(.GET, Self.users)
      #expect(answer.status == 200 && ContinuousClock.now - start > .milliseconds(200))
      #expect(try answer.data["username"] == .string("owner"))
    }
  }

  @Test("leads elsewhere")
  func redirect() async throws {
    try await running(#""fault": "redirect", "status": 308, "location": "http://127.0.0.1:9/x""#) {
      let answer = try await $0.send(.GET, Self.users)
      #expect(answer.status == 308 && answer.headers["location"] == "http://127.0.0.1:9/x")
    }
  }

  @Test(
    "answers in chunks, or compressed",
    arguments: [
      (#""fault": "chunked", "bytes": 5"#, "transfer-encoding", "chunked"),
      (#""fault": "compressed", "encoding": "gzip""#, "content-encoding", "gzip"),
      (#""fault": "compressed", "encoding": "deflate", "cut": true"#, "content-encoding", "deflate"),
      (#""fault": "compressed", "encoding": "br""#, "content-encoding", "br"),
    ])
  func encoded(_ fault: String, _ header: String, _ value: String) async throws {
    try await running(fault) { platform in
      let answer = try await platform.send(.GET, Self.users)
      #expect(answer.headers[header] == value)
      if value == "gzip" { #expect(answer.body.starts(with: [0x1F, 0x8B])) }
      if value == "chunked" { #expect(try answer.data["username"] == .string("owner")) }
    }
  }

  @Test("waits first, where that is asked for")
  func delay() async throws {
    try await running(#""delay": 0.2"#) { platform in
      let start = ContinuousClock.now
      let answer = try await platform.send(.GET, Self.users)
      #expect(answer.status == 200 && ContinuousClock.now - start > .milliseconds(190))
    }
  }

  @Test("is shown, replaced and dropped over HTTP")
  func endpoint() async throws {
    try await TestPlatform.running { platform in
      let path = "/emulator/faults"
      #expect(try await platform.send(.GET, path).status == 404)
      platform.emulator.plugIn(FaultSchedule([]))
      let put = try await platform.send(
        .PUT, path, #"{"faults": [{"path": "/v2/users/*", "occurrence": 2, "fault": "html"}]}"#)
      #expect(put.status == 200)
      var statuses: [Int] = []
      for _ in 0..<3 { statuses.append(try await platform.send(.GET, Self.users).status) }
      #expect(statuses == [200, 503, 200])
      let shown = try await platform.send(.GET, path).json["faults"][0]
      #expect(shown["fault"] == .string("html") && shown["path"] == .string("/v2/users/*"))
      #expect(shown["matched"] == .integer(3) && shown["applied"] == .integer(1))
      let refused = try await platform.send(.PUT, path, #"{"faults": [{"fault": "slow"}]}"#)
      #expect(try refused.status == 400 && refused.errorMessage == "faults[0].bytesPerSecond: is missing")
      #expect(try await platform.send(.DELETE, path).status == 204)
      #expect(try await platform.send(.GET, path).json["faults"].elements.isEmpty)
    }
  }
}
