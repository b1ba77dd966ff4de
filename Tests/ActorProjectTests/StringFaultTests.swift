// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import Testing

@testable import ActorProject

@Suite("A string that JSON does not have")
struct StringFaultTests {
  private static func error(_ string: [UInt8]) -> ProjectError? {
    let text = Array("{\n  \"title\": \"a".utf8) + string + Array("\"}".utf8)
    do throws(ProjectError) {
      _ = try ActorConfiguration(text, file: "actor.json")
      return nil
    } catch {
      return error
    }
  }

  @Test(
    "is told with its place and the cause",
    arguments: [
      (Array(#"\ud800x"#.utf8), 14, "half of a surrogate pair"), (Array(#"é\udc00"#.utf8), 15, "half of"),
      (Array(#"\ud83d\u0041"#.utf8), 14, "half of"), (Array(#"\ud83d\ud83d"#.utf8), 14, "half of"),
      (Array(#"\q"#.utf8), 14, "no escape that JSON has"), (Array(#"\u12"#.utf8), 14, "no escape"),
      (Array(#"\u+123"#.utf8), 14, "no escape"), (Array(#"\u-000"#.utf8), 14, "no escape"),
      (Array(#"\U0041"#.utf8), 14, "no escape"), ([0x78, 0xFF], 15, "not UTF-8"),
      ([0xC0, 0x80], 14, "not UTF-8"), ([0xED, 0xA0, 0x80], 14, "not UTF-8"),
    ] as [([UInt8], Int, String)])
  func faults(_ string: [UInt8], _ column: Int, _ cause: String) {
    let error = Self.error(string)
    let text = error.map { "\($0)" } ?? "none"
    #expect(error?.position?.line == 2 && error?.position?.column == column, "\(text)")
    #expect(
      error?.reason.hasPrefix("not valid JSON: ") == true && error?.reason.contains(cause) == true, "\(text)")
  }

  @Test(
    "is not one that has escapes, pairs and all characters",
    arguments: [
      #"\"\\\/\b\f\n\r\t"#, #"\ud83d\ude00"#, #"\uD83D\uDE00"#, #"\u0000"#, #"\u00e9\u20AC"#, "😀é",
      #"\\ud800"#,
    ])
  func strings(_ string: String) {
    #expect(Self.error(Array(string.utf8)) == nil)
  }
}
