// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import ActorProject
import Testing

@Suite("A dotenv file")
struct DotenvFileTests {
  static let texts: [(String, [String: String])] = [
    ("", [:]),
    ("# nothing\n\n \t\n", [:]),
    ("A=1\nB=2", ["A": "1", "B": "2"]),
    ("\u{FEFF}A=1\r\nB = 2 \r\n", ["A": "1", "B": "2"]),
    ("export A=1\n  export  B=2", ["A": "1", "B": "2"]),
    ("export=1", ["export": "1"]),
    ("A=", ["A": ""]),
    ("A=\nB=", ["A": "", "B": ""]),
    ("A=a b # comment", ["A": "a b"]),
    ("A=a#b", ["A": "a"]),
    ("A='a # b' # comment", ["A": "a # b"]),
    ("A='a\\nb'", ["A": "a\\nb"]),
    ("A=\"a\\nb\\t\\\"c\\\" \\\\ \\$D \\x\"", ["A": "a\nb\t\"c\" \\ $D \\x"]),
    ("A=\"two\nlines\"\nB=2", ["A": "two\nlines", "B": "2"]),
    ("A=`it's \"this\"`", ["A": "it's \"this\""]),
    ("A=$B ${C}", ["A": "$B ${C}"]),
    ("A=1\nA=2", ["A": "2"]),
    ("A.b-c_1=ž漢😀", ["A.b-c_1": "ž漢😀"]),
    ("A==b=c", ["A": "=b=c"]),
  ]

  @Test("gives its variables", arguments: texts)
  func reads(text: String, variables: [String: String]) throws {
    let file = try DotenvFile(Array(text.utf8), file: ".env")
    #expect(Dictionary(uniqueKeysWithValues: file.variables.map { ($0.name, $0.value) }) == variables)
  }

  static let faults: [(String, String)] = [
    ("A=1\nnonsense", ".env:2"), ("=1", ".env:1"), ("A=1\n\nB='x\ny", ".env:3"), ("A='x' y", ".env:1"),
    ("A B=1", ".env:1"), ("ä=1", ".env:1"), ("A=\"x\\\"", ".env:1"),
  ]

  @Test("names the line that it cannot read", arguments: faults)
  func fails(text: String, place: String) {
    let error = #expect(throws: ProjectError.self) { try DotenvFile(Array(text.utf8), file: ".env") }
    #expect(error?.file == place && error?.code == .invalidInput)
  }

  @Test("is UTF-8")
  func encoding() {
    #expect(throws: ProjectError.self) { try DotenvFile([0x41, 0x3D, 0xFF], file: ".env") }
  }
}
