// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ApifyAPI
internal import Testing

@Suite("Error bodies")
struct ErrorBodyTests {
  func read(_ text: String) throws -> ErrorBody {
    ErrorBody(Array(text.utf8), token: try APIToken(Recorder.secret))
  }

  @Test("the platform's words come through")
  func platform() throws {
    let body = try read(#"{"error":{"type":"invalid-value","message":"sourceFiles is invalid","data":{}}}"#)
    #expect(body.type == .invalidValue)
    #expect(body.message == "sourceFiles is invalid")
  }

  @Test(
    "what isn't the platform's JSON is an invalid response with an excerpt",
    arguments: [
      ("", "the answer is empty"), ("  \r\n", "the answer is empty"),
      ("upstream timed out", "the answer is not what the API sends: upstream timed out"),
      (#"{"error":"no"}"#, #"the answer is not what the API sends: {"error":"no"}"#),
      (
        "<html><head><title>503 Service\nUnavailable</title><style>a<b{}</style></head><body><h1>Sorry</h1></body></html>",
        "the answer is a web page: 503 Service Unavailable Sorry"
      ),
      ("<script>var a = '<b>'</script>x<br", "the answer is a web page: x"), ("<", "the answer is empty"),
    ])
  func others(_ text: String, _ message: String) throws {
    let body = try read(text)
    #expect(body.type == .invalidResponse)
    #expect(body.message == message)
  }

  @Test(
    "a token that a server echoes is taken out",
    arguments: [
      #"{"error":{"type":"x%","message":"Token % is unknown: %"}}"#, "no such token: %",
      "<p>% and <b>%</b></p>",
    ])
  func echo(_ pattern: String) throws {
    let text = String(pattern.flatMap { $0 == "%" ? Array(Recorder.secret) : [$0] })
    let body = try read(text)
    #expect(body.message.contains("[token]"))
    #expect(!body.message.contains(Recorder.secret) && !body.type.rawValue.contains(Recorder.secret))
  }

  @Test(
    "a message is one line; what must not reach a terminal is left to the one who shows it",
    arguments: [
      ("a\u{1B}[31mb", "a\u{1B}[31mb"), ("a\r\n\t b", "a b"), ("a\u{202E}b\u{9B}c", "a\u{202E}b\u{9B}c"),
      ("  a  ", "a"), ("žluť 😀", "žluť 😀"), ("a\u{2028}b\u{85}c", "a b c"),
    ])
  func line(_ text: String, _ expected: String) {
    #expect(OneLine.of(text) == expected)
  }

  @Test("what is too long is cut")
  func cut() {
    #expect(OneLine.of(String(repeating: "x", count: 1000), limit: 10) == "xxxxxxxxxx…")
    #expect(OneLine.of("xxxxxxxxxx", limit: 10) == "xxxxxxxxxx")
  }

  @Test(
    "that is cut off says nothing about the request",
    arguments: [
      (#"{"error":{"type":"record-not-fou"#, true), ("{", true), (#"{"error":{"type":"x"}}"#, false),
      ("{}", false), ("<html>", false), ("", false),
    ])
  func cutOff(_ text: String, _ isCutOff: Bool) throws {
    #expect(try read(text).isCutOff == isCutOff)
  }
}
