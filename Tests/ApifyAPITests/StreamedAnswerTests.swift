// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ApifyAPI
internal import Deflate
internal import Synchronization
internal import Testing

@Suite("Answers that are read while they arrive")
struct StreamedAnswerTests {
  static let whole = Answer.send(200, body: Array("0123456789".utf8))
  static let cut = Answer.cutOff("01234")
  static let refusal = Answer.error(500, "internal-error")

  /// What a reader of a record was called with.
  private struct Reading {
    var begins = 0
    var bytes: [UInt8] = []
    var text: String { String(decoding: bytes, as: UTF8.self) }
  }

  private static func read(_ client: ApifyClient, into reading: inout Reading) async throws -> Int? {
    try await client.readRecord(store: "s", key: "k") {
      reading.begins += 1
      reading.bytes = []
    } onBytes: { bytes in
      // SAFETY: read only, within the call.
      unsafe bytes.withUnsafeBytes { unsafe reading.bytes.append(contentsOf: $0) }
    }
  }

  @Test(
    "a record that breaks off is read again from its first byte",
    arguments: [
      // A reset may overtake the head of the answer.
      ([cut], 2...2), ([.resetWithin("012")], 1...2), ([.chunkedCutOff("0123")], 2...2),
      ([cut, refusal, cut], 3...3),
    ])
  func cutOnce(_ faults: [Answer], _ begins: ClosedRange<Int>) async throws {
    try await ScriptedServer.run(faults + [Self.whole]) { server in
      let recorder = Recorder()
      let client = try recorder.client(of: server.url)
      var reading = Reading()
      #expect(try await Self.read(client, into: &reading) == 10)
      #expect(reading.text == "0123456789")
      #expect(begins.contains(reading.begins), "\(reading.begins)")
      #expect(server.received.count == faults.count + 1)
      #expect(recorder.pauses == faults.indices.map { Duration.milliseconds(500 << $0) })
      await client.shutdown()
    }
  }

  @Test("a record that comes compressed, unasked, is decompressed, and read again where it is cut")
  func compressedRecord() async throws {
    let packed = try gzip(Array("0123456789".utf8))
    let headers = [("Content-Encoding", "gzip")]
    let (whole, cut) = (
      Answer.send(200, headers, body: packed), Answer.send(200, headers, body: Array(packed.dropLast(6)))
    )
    try await ScriptedServer.run([cut, whole]) { server in
      let client = try Recorder().client(of: server.url)
      var reading = Reading()
      #expect(try await Self.read(client, into: &reading) == 10)
      #expect(reading.text == "0123456789" && server.received.count == 2)
      #expect(
        server.received.allSatisfy { request in
          request.headers.contains { $0.name.lowercased() == "accept-encoding" && $0.value == "identity" }
        })
      await client.shutdown()
    }
  }

  @Test("the end of a record is asked for again where it comes compressed", arguments: [200, 206])
  func compressedTail(_ status: Int) async throws {
    let packed = try gzip(Array("789".utf8))
    let range = ("Content-Range", "bytes 7-9/10")
    let answers = [
      Answer.send(status, [range, ("Content-Encoding", "gzip")], body: packed),
      Answer.send(206, [range], body: Array("789".utf8)),
    ]
    try await ScriptedServer.run(answers) { server in
      let client = try Recorder().client(of: server.url)
      let tail = try await client.recordTail(store: "s", key: "k", count: 3)
      #expect(tail == RecordTail(recordLength: 10, bytes: Array("789".utf8)) && server.received.count == 2)
      await client.shutdown()
    }
  }

  @Test("a record that breaks off each time is an error of the network, with all attempts")
  func cutAlways() async throws {
    try await ScriptedServer.run(Array(repeating: Self.cut, count: 4)) { server in
      let recorder = Recorder()
      let client = try recorder.client(of: server.url, retries: 3)
      var reading = Reading()
      let error = await apiError { try await Self.read(client, into: &reading) }
      #expect(error?.type == .network && error?.attempts == 4 && error?.status == nil)
      #expect(error?.message == "the connection was closed before the answer was complete")
      #expect(error?.path == "/v2/key-value-stores/s/records/k" && reading.begins == 4)
      #expect(
        recorder.events.count {
          if case .failed(_, .network, _, _) = $0 { true } else { false }
        } == 4)
      await client.shutdown()
    }
  }

  @Test(
    "an error of the reader reaches the caller as it is, without a second attempt", arguments: [true, false])
  func readersError(_ isAtBegin: Bool) async throws {
    struct Full: Error {}
    try await ScriptedServer.run(Self.whole, Self.whole) { server in
      let client = try Recorder().client(of: server.url)
      await #expect(throws: Full.self) {
        try await client.readRecord(store: "s", key: "k") {
          if isAtBegin { throw Full() }
        } onBytes: { _ in
          throw Full()
        }
      }
      #expect(server.received.count == 1)
      await client.shutdown()
    }
  }

  @Test("a record that stalls is asked for again, and is an error where it always does", arguments: [1, 2])
  func stalls(_ stalled: Int) async throws {
    let answers = Array(repeating: Answer.stalled("01234"), count: stalled) + [Self.whole]
    try await ScriptedServer.run(answers) { server in
      let client = try Recorder().client(of: server.url, retries: 1) {
        $0.timeouts.read = .seconds(7)
        $0.clock.timer = { time in
          if time != .seconds(7) || server.received.count > stalled { try await never() }
        }
      }
      var reading = Reading()
      if stalled == 1 {
        #expect(try await Self.read(client, into: &reading) == 10)
        #expect(reading.text == "0123456789" && reading.begins == 2)
      } else {
        let error = await apiError { try await Self.read(client, into: &reading) }
        #expect(error?.type == .timeout && error?.attempts == 2)
        #expect(error?.message == "the answer stalled for 7 s")
      }
      await client.shutdown()
    }
  }

  @Test("cancelling ends the wait for the rest of a record", .timeLimit(.minutes(1)))
  func cancelled() async throws {
    try await ScriptedServer.run(.stalled("01234")) { server in
      let client = try Recorder().client(of: server.url)
      let task = Task { try await client.record(store: "s", key: "k", limit: 100) }
      try await server.arrival(1)
      task.cancel()
      await #expect(throws: CancellationError.self) { try await task.value }
      await client.shutdown()
    }
  }

  @Test("a log that breaks off goes on with the line that was not told yet")
  func log() async throws {
    let answers = [
      Answer.cutOff("one\ntwo\nthr"), .cutOff("one\n"), .send(200, body: Array("one\ntwo\nthree\nfour".utf8)),
    ]
    try await ScriptedServer.run(answers) { server in
      let client = try Recorder().client(of: server.url)
      var lines: [String] = []
      try await client.followLog(build: "b") { lines.append($0) }
      #expect(lines == ["one", "two", "three", "four"])
      #expect(server.received.count == 3)
      await client.shutdown()
    }
  }

  @Test("a log that always breaks off is an error of the network")
  func logCutAlways() async throws {
    try await ScriptedServer.run(Array(repeating: Answer.cutOff("one\n"), count: 3)) { server in
      let client = try Recorder().client(of: server.url, retries: 2)
      let error = await apiError { try await client.followLog(build: "b") { _ in } }
      #expect(error?.type == .network && error?.attempts == 3)
      await client.shutdown()
    }
  }

  @Test("where nobody can tell whether a build was started, the error of the look says so")
  func failedLook() async throws {
    let denied = Answer.error(403, "insufficient-permissions")
    let dated = Answer.json(200, [("Date", "Wed, 01 May 2024 12:00:00 GMT")], #"{"data":{"id":"u"}}"#)
    try await ScriptedServer.run(dated, .reset, denied) { server in
      let client = try Recorder().client(of: server.url)
      _ = try await client.currentUser()
      let error = await apiError {
        try await client.startBuild(actor: .id("a"), version: "0.1", tag: nil)
      }
      #expect(error?.type == .insufficientPermissions && error?.outcomeIsUnknown == true)
      await client.shutdown()
    }
  }
}
