// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import Testing

@testable import ActorProject

/// Of two members of a name some programs take the first, and others the last.
@Suite("A name that comes twice in an object")
struct RepeatedNameTests {
  /// The text, and where the second one's value stands.
  static let texts = [
    (#"{"name": "abc", "name": "abd"}"#, 1, 25),
    ("{\"name\": \"abc\",\n \"x\": {\"a\": 1, \"a\": 1}}", 2, 21),
    (#"{"name": "abc", "n\u0061me": "abd"}"#, 1, 30),
    (#"{"x": [{"a": 1}, {"a": 1, "b": 2, "a": 3}]}"#, 1, 40),
  ]

  @Test("is refused, with its place", arguments: texts)
  func refused(_ text: String, _ line: Int, _ column: Int) throws {
    let error = try #require(throws: ProjectError.self) {
      try ActorConfiguration(Array(text.utf8), file: "actor.json")
    }
    #expect(error.reason.contains("comes twice") && error.help != nil)
    #expect(error.position?.line == line && error.position?.column == column, "\(error)")
  }

  @Test("is no matter in two objects")
  func accepted() throws {
    let text = #"{"name": "abc", "x": [{"name": 1}, {"name": 1}], "y": {"name": {"name": 1}}}"#
    #expect(try ActorConfiguration(Array(text.utf8), file: "actor.json").name?.own == "abc")
  }
}
