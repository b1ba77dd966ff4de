// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ApifyAPI
internal import Testing

@Suite("Records")
struct RecordTests {
  @Test(
    "are signed as the platform does it",
    arguments: [
      ("hmac-secret-key", "hmac-message-to-be-authenticated", "pcVagAsudj8dFqdlg7mG"),
      ("hmac-same-secret-key", "hmac-same-message-to-be-authenticated", "FYMcmTIm3idXqleF1Sw5"),
    ])
  func signature(_ secret: String, _ key: String, _ signature: String) {
    #expect(RecordSignature.of(key, secret: secret) == signature)
  }

  @Test("have addresses that can be read back, below the same root only")
  func address() throws {
    let root = try APIRoot("http://localhost:8000/api")
    let url = "http://localhost:8000/api/v2/key-value-stores/s1/records/version-0.1%27.zip?signature=abc"
    let address = try #require(RecordAddress(url, root: root))
    #expect(address.store == "s1" && address.key == "version-0.1'.zip" && address.url == url)
    for other in [
      "http://localhost:8001/api/v2/key-value-stores/s1/records/k", "https://example.com/x.zip",
      "http://localhost:8000/v2/key-value-stores/s1/records/k",
      "http://localhost:8000/api/v2/key-value-stores/s1/keys/k",
      "http://localhost:8000/api/v2/key-value-stores/s1/records/%2e%2e",
      "http://localhost:8000/api/v2/key-value-stores/s1/records/a%2Fb", "no address",
    ] {
      #expect(RecordAddress(other, root: root) == nil, "\(other)")
    }
  }

  @Test("are sent again from their first byte after an upload that broke off")
  func retry() async throws {
    let bytes = (0..<3_000_000).map { UInt8(truncatingIfNeeded: $0 &* 31 >> 4) }
    try await ScriptedServer.run(.reset, .page(503, "x"), .json(201, #"{"data":{}}"#)) { server in
      let client = try Recorder().client(of: server.url)
      let body = RequestBody(length: bytes.count, contentType: "application/zip") { offset, count in
        Array(bytes[offset..<min(offset + count, bytes.count)])
      }
      try await client.putRecord(store: "s", key: "version-0.1.zip", body: body)
      let last = try #require(server.received.last)
      let isSame = last.body == bytes
      #expect(isSame && last["Content-Type"] == ["application/zip"] && server.received.count == 3)
      #expect(last.line == "PUT /v2/key-value-stores/s/records/version-0.1.zip")
      await client.shutdown()
    }
  }

  @Test("that get shorter while they are sent are an error, not another record")
  func shrunk() async throws {
    try await ScriptedServer.run(.json(201, #"{"data":{}}"#)) { server in
      let client = try Recorder().client(of: server.url, retries: 0)
      let body = RequestBody(length: 1_000_000, contentType: "x/y") { offset, count in
        offset < 600_000 ? [UInt8](repeating: 1, count: min(count, 600_000 - offset)) : []
      }
      let error = await apiError { try await client.putRecord(store: "s", key: "k", body: body) }
      #expect(error?.type == .invalidRequest)
      await client.shutdown()
    }
  }

  @Test("are fetched as they are, up to a limit, and nil where there is none")
  func fetch() async throws {
    let good = Answer.send(200, [("Content-Type", "application/zip")], body: Array("0123456789".utf8))
    try await ScriptedServer.run(good, good, good, .error(404, "record-not-found")) { server in
      let client = try Recorder().client(of: server.url)
      #expect(try await client.record(store: "s", key: "k", limit: 10) == Array("0123456789".utf8))
      #expect(try await client.record(store: "s", key: "k", limit: 9) == nil)
      #expect(try await client.recordTail(store: "s", key: "k", count: 9)?.recordLength == 10)
      #expect(try await client.record(store: "s", key: "k", limit: 10) == nil)
      #expect(server.received.first?["Accept"] == ["*/*"])
      await client.shutdown()
    }
  }

  @Test("that lie on another host are fetched from there without the token")
  func elsewhere() async throws {
    try await ScriptedServer.run(.send(200, body: Array("zip".utf8))) { other in
      try await ScriptedServer.run(.redirect(302, to: other.url + "/bucket/k?sig=1")) { server in
        let client = try Recorder().client(of: server.url)
        #expect(try await client.record(store: "s", key: "k", limit: 10) == Array("zip".utf8))
        #expect(server.received.first?["Authorization"].count == 1)
        #expect(other.received.first?["Authorization"] == [])
        await client.shutdown()
      }
    }
  }
}
