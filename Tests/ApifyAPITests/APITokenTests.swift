// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ApifyAPI
internal import Testing

@Suite("APIToken")
struct APITokenTests {
  private struct Holder { let token: APIToken }

  @Test("nothing that prints it shows it")
  func printing() throws {
    let token = try APIToken(Recorder.secret)
    var text = "\(token) \(String(reflecting: token)) \(String(describing: Optional(token))) \([token]) "
    text += "\(Holder(token: token)) \(String(reflecting: Holder(token: token)))"
    dump(Holder(token: token), to: &text)
    dump(token, to: &text)
    #expect(!text.contains(Recorder.secret))
    #expect(Mirror(reflecting: token).children.isEmpty)
  }

  @Test("blanks and line ends around it are dropped", arguments: ["%", "%\n", "%\r\n", " %\t\n\n", "\n%"])
  func trimming(_ pattern: String) async throws {
    let text = String(pattern.flatMap { $0 == "%" ? Array(Recorder.secret) : [$0] })
    try await ScriptedServer.run(.json(#"{"data":{"id":"u"}}"#)) { server in
      let client = ApifyClient(
        root: try APIRoot(server.url), token: try APIToken(text),
        configuration: ClientConfiguration(userAgent: "x"))
      _ = try await client.currentUser()
      #expect(server.received[0]["Authorization"] == ["Bearer \(Recorder.secret)"])
      await client.shutdown()
    }
  }

  @Test("one of less than eight bytes is looked for in no text: words would have it, and types of errors")
  func short() async throws {
    for (text, shown) in [("record", "record-not-found"), ("not-found", "record-[token]")] {
      let body = #"{"error":{"type":"record-not-found","message":"record"}}"#
      try await ScriptedServer.run(.json(404, body)) { server in
        let client = ApifyClient(
          root: try APIRoot(server.url), token: try APIToken(text),
          configuration: ClientConfiguration(userAgent: "x"))
        let error = await #expect(throws: APIError.self) { try await client.currentUser() }
        #expect(error?.type.rawValue == shown)
        await client.shutdown()
      }
    }
  }

  @Test(
    "what cannot be a token is refused",
    arguments: [
      ("", APITokenError.empty), (" \n", .empty), ("a b", .invalidCharacter), ("a\nb", .invalidCharacter),
      ("a\u{0}b", .invalidCharacter), ("a\u{7F}", .invalidCharacter), ("tökén", .invalidCharacter),
      ("a\r\nX-Evil: 1", .invalidCharacter),
    ])
  func refused(_ text: String, _ error: APITokenError) {
    #expect(throws: error) { try APIToken(text) }
  }
}
