// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import Testing

@testable import Checks

@Suite("A Dockerfile")
struct DockerfileTests {
  private func read(_ text: String) -> [String] {
    Dockerfile(Array(text.utf8)).instructions.map {
      "\($0.line) \($0.name) \(String(decoding: $0.arguments, as: UTF8.self))"
    }
  }

  @Test(
    "is read as BuildKit reads it",
    arguments: [
      ("FROM a\nRUN b", ["1 from a", "2 run b"]),
      ("\u{FEFF}from a\r\ncopy  x  y \r\n", ["1 from a", "2 copy x  y"]),
      ("# note\n\n  COPY a b\n", ["3 copy a b"]),
      // Continued lines, with comments and empty lines within.
      ("COPY a \\\n  # no\n\n  b \\\n c\nRUN x", ["1 copy a   b  c", "6 run x"]),
      ("RUN a \\  \n b", ["1 run a  b"]), ("RUN a \\\\\nRUN b", ["1 run a \\\\", "2 run b"]),
      ("RUN echo # no comment", ["1 run echo # no comment"]),
      // Another escape.
      ("# escape=`\nCOPY a `\n b", ["2 copy a  b"]), ("#Escape = ` \nCOPY a `\n b", ["2 copy a  b"]),
      ("# note\n# escape=`\nCOPY a `\nRUN b", ["3 copy a `", "4 run b"]),
      ("# syntax=docker/dockerfile:1\n# escape=`\nCOPY a `\n b", ["3 copy a  b"]),
      // Heredocs.
      ("RUN <<EOF\nCOPY x y\nEOF\nCOPY a b", ["1 run <<EOF", "4 copy a b"]),
      ("COPY <<\"A B\" /x\nCOPY x y\nA B\nRUN z", ["1 copy <<\"A B\" /x", "4 run z"]),
      ("RUN cat <<-A <<'B' > f\n1\n\tA\n2\nB\nRUN z", ["1 run cat <<-A <<'B' > f", "6 run z"]),
      ("RUN echo $((1<<2))\nRUN z", ["1 run echo $((1<<2))", "2 run z"]),
      ("RUN <<EOF\nCOPY x y", ["1 run <<EOF"]), ("CMD <<EOF\nRUN z", ["1 cmd <<EOF", "2 run z"]),
    ] as [(String, [String])])
  func lines(_ text: String, _ instructions: [String]) {
    #expect(read(text) == instructions)
  }

  @Test("has flags before the arguments")
  func flags() {
    let file = Dockerfile(Array("COPY --from=builder --link --chown=a:b  x y\nRUN -- --a".utf8))
    #expect(file.instructions.first?.flags.map(\.name) == ["from", "link", "chown"])
    #expect(file.instructions.first?.flag("from")?.value == Array("builder".utf8))
    #expect(file.instructions.first?.words.count == 2)
    #expect(file.instructions.last?.flags.isEmpty == true)
  }

  @Test(
    "has words in JSON, or between blanks",
    arguments: [
      (#"["a b", "c"]"#, ["a b", "c"]), (#"[ "a\"b\\" ,"c" ]"#, ["a\"b\\", "c"]), ("[]", []),
      ("[a] b", ["[a]", "b"]), (#"["a" "b"]"#, [#"["a""#, #""b"]"#]), (#"["a",]"#, [#"["a",]"#]),
      ("a\t b", ["a", "b"]),
    ])
  func words(_ text: String, _ words: [String]) {
    let file = Dockerfile(Array("COPY \(text)".utf8))
    #expect(file.instructions.first?.words.map { String(decoding: $0, as: UTF8.self) } == words)
  }

  @Test(
    "gives its variables their values, or none where another may hold",
    arguments: [
      ("ARG A=x", "$A", "x"), ("ARG A=x", "${A}/b", "x/b"), ("ARG A", "$A", nil), ("", "$A", nil),
      ("ARG A='x y'", "\"$A\"", "x y"), ("ARG A=x", "'$A'", "$A"), ("ARG A=x", "\\$A", "$A"),
      ("ARG A=x", "${A:-y}", "x"), ("ARG A=", "${A:-y}", "y"), ("ARG A=", "${A-y}", ""),
      ("ARG A=x", "${A:+y}", "y"), ("ARG A=", "${A:+y}", ""), ("ARG A=x", "${A#x}", nil),
      ("", "${A:-y}", nil),
      ("ENV A=x", "$A", "x"), ("ENV A x y", "$A", "x y"), ("ENV A=x\nENV B=$A-1", "$B", "x-1"),
      ("ARG A=x\nENV A=y", "$A", "y"), ("ENV A=y\nARG A=x", "$A", "y"), ("ENV A=$B\nARG A=x", "$A", nil),
      ("ENV A=x\nENV A=y B=$A", "$B", "x"), ("ARG NODE_VERSION=20", "$NODE_VERSION", nil),
      ("ARG OPEN=x", "$OPEN", nil), ("ARG A=x", "${A", nil), ("ARG A=x", "\"$A", nil), ("ARG A=x", "$", nil),
    ] as [(String, String, String?)])
  func variables(_ lines: String, _ word: String, _ value: String?) throws {
    let file = Dockerfile(Array("FROM scratch\n\(lines)\nCOPY \(word) /".utf8))
    let copy = try #require(DockerStages(file, open: ["OPEN"]).copies.first)
    // A word with a blank in it is several.
    let source = word.contains(" ") ? nil : copy.sources.first ?? nil
    #expect(source.map { String(decoding: $0, as: UTF8.self) } == (value == "" ? nil : value))
  }

  @Test(
    "is built only as far as its last stage needs it",
    arguments: [
      ("FROM a\nCOPY 1 .\nFROM b\nCOPY 2 .", ["2"]),
      ("FROM a AS x\nCOPY 1 .\nFROM b\nCOPY --from=x 1 .\nCOPY 2 .", ["1", "2"]),
      ("FROM a\nCOPY 1 .\nFROM b\nCOPY --from=0 1 .", ["1"]),
      ("FROM a AS Base\nCOPY 1 .\nFROM BASE\nCOPY 2 .", ["1", "2"]),
      ("FROM a AS x\nCOPY 1 .\nFROM b\nRUN --mount=type=bind,from=x,target=/x true", ["1"]),
      ("FROM a AS x\nCOPY 1 .\nFROM b\nONBUILD COPY 2 .\nADD https://x/y .\nADD a.git#v1 .", [nil, nil]),
      ("ARG A=1\nFROM b\nCOPY $A .\nARG A\nCOPY $A .", [nil, "1"]),
      ("FROM a AS x\nARG A=1\nENV B=2\nFROM x\nCOPY $A $B .", ["1", "2"]),
      ("FROM a\nCOPY <<EOF b /x\nCOPY 1 .\nEOF\n", [nil, "b"]), ("COPY 1 .", []),
    ] as [(String, [String?])])
  func stages(_ text: String, _ sources: [String?]) {
    let copies = DockerStages(Dockerfile(Array(text.utf8)), open: []).copies
    #expect(copies.flatMap(\.sources).map { $0.map { String(decoding: $0, as: UTF8.self) } } == sources)
  }

  @Test("never traps, whatever it holds", arguments: 0..<200)
  func hostile(_ seed: UInt64) {
    let words = [
      "FROM a", "COPY", "ADD", "RUN", "ARG A=${A:-${B", "ENV", "ENV A", "--from", "--from=", "[", "]", "\"",
      "'",
      "\\", "`", "<<", "<<-", "<<EOF", "EOF", "# escape=`", "$", "${", "}", "\n", "\n", "\r\n", " ", "\t",
      "\u{0}",
      "é", "[\"a\",", "**", "*", "?", "[^", "[a-", "..", "/", "!", "ONBUILD", "AS", "x",
    ]
    var state = seed &* 0x9E37_79B9_7F4A_7C15 | 1
    var text: [UInt8] = []
    for _ in 0..<300 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      text += words[Int(state >> 33) % words.count].utf8
      if state >> 60 == 0 { text.append(UInt8(truncatingIfNeeded: state >> 20)) }
    }
    let name = String(decoding: text, as: UTF8.self)
    _ = Fixture(dockerfile: name, [".dockerignore": name, "a/b": "", "x": ""]).findings
    _ = Fixture(actor: name).findings
    for pattern in [Array(text.prefix(40)), Array(text.suffix(30))] {
      _ = GoPattern.matches(pattern, text)
      _ = DockerIgnore(pattern, path: []).exclusion(of: Array(text.prefix(200))[...])
    }
  }
}
