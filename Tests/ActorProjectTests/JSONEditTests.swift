// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import Testing

@testable import ActorProject

@Suite("An edit of actor.json")
struct JSONEditTests {
  private static func edited(_ text: String, _ settings: [([String], String)]) throws -> String {
    let result = try ActorConfiguration.edited(
      Array(text.utf8), file: "actor.json", settings.map { (path: $0.0, value: $0.1) })
    return String(decoding: result, as: UTF8.self)
  }

  /// The text, the variable A that is set, and the text afterwards.
  static let variables = [
    (#"{"environmentVariables":{"A":"1"}}"#, #"{"environmentVariables":{"A":"new"}}"#),
    (
      #"{ "environmentVariables" : { "B":"1", "A" :  "1" } , "x":2}"#,
      #"{ "environmentVariables" : { "B":"1", "A" :  "new" } , "x":2}"#
    ),
    (#"{"environmentVariables":{"\u0041":"1"}}"#, #"{"environmentVariables":{"\u0041":"new"}}"#),
    (
      #"{"environment\u0056ariables":{"B":"1"}}"#, #"{"environment\u0056ariables":{"B":"1", "A": "new"}}"#
    ),
    (#"{"environmentVariables":{"B":"1"}}"#, #"{"environmentVariables":{"B":"1", "A": "new"}}"#),
    (#"{"environmentVariables":{}}"#, #"{"environmentVariables":{"A": "new"}}"#),
    (#"{"environmentVariables":null,"name":"abc"}"#, #"{"environmentVariables":{"A": "new"},"name":"abc"}"#),
    (#"{"name":"abc"}"#, #"{"name":"abc", "environmentVariables": {"A": "new"}}"#),
    (#"{}"#, #"{"environmentVariables": {"A": "new"}}"#),
    (
      "{\n\t\"name\": \"abc\"\n}\n",
      "{\n\t\"name\": \"abc\",\n\t\"environmentVariables\": {\n\t\t\"A\": \"new\"\n\t}\n}\n"
    ),
    (
      "{\n  \"environmentVariables\": {\n    \"B\": \"1\"\n  }\n}",
      "{\n  \"environmentVariables\": {\n    \"B\": \"1\",\n    \"A\": \"new\"\n  }\n}"
    ),
    (
      "{\r\n  \"name\": \"abc\",\r\n  \"environmentVariables\": {\r\n    \"B\": \"1\"\r\n  }\r\n}",
      "{\r\n  \"name\": \"abc\",\r\n  \"environmentVariables\": {\r\n    \"B\": \"1\",\r\n    \"A\": \"new\"\r\n  }\r\n}"
    ),
    (
      "\u{FEFF}{\"environmentVariables\":{\"A\":\"1\"}}", "\u{FEFF}{\"environmentVariables\":{\"A\":\"new\"}}"
    ),
    (
      #"{"x":{"environmentVariables":{"A":"1"}},"environmentVariables":{"A":"2"}}"#,
      #"{"x":{"environmentVariables":{"A":"1"}},"environmentVariables":{"A":"new"}}"#
    ),
  ]

  @Test(
    "changes one value, or adds it as its neighbours are, and leaves every other byte", arguments: variables)
  func variable(_ before: String, _ after: String) throws {
    #expect(try Self.edited(before, [(["environmentVariables", "A"], "new")]) == after)
  }

  @Test("writes any text", arguments: ["", "\"", "\\", "a\nb", "\u{1}", "é😀", "</script>", "@NAME", "{}"])
  func values(_ value: String) throws {
    let text = try Self.edited(
      #"{"buildTag":"x"}"#, [(["environmentVariables", "A"], value), (["buildTag"], "beta")])
    let read = try ActorConfiguration(Array(text.utf8), file: "actor.json")
    #expect(read.environmentVariables?.first?.value == value && read.buildTag?.description == "beta")
  }

  @Test(
    "is refused where no push would take it",
    arguments: [(["buildTag"], "my tag"), (["environmentVariables", "A=B"], "1")])
  func invalid(_ path: [String], _ value: String) {
    let error = #expect(throws: ProjectError.self) { try Self.edited("{}", [(path, value)]) }
    #expect(error?.code == .invalidConfiguration && error?.position != nil)
  }

  @Test(
    "is refused where it would not be seen",
    arguments: [
      #"{"environmentVariables":{"A":"1"}"#, #"{"environmentVariables":[]}"#, #"[]"#,
    ])
  func refused(_ text: String) {
    #expect(throws: ProjectError.self) { try Self.edited(text, [(["environmentVariables", "A"], "new")]) }
  }
}
