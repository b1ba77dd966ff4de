// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import TestSupport
import Testing

@Suite("explain")
struct ExplainTests {
  @Test("says of a path whether it is in, by which rule, and how it would be sent")
  func rules() async throws {
    let folder = try TemporaryFolder.actor()
    try folder.write(".gitignore", "*.log\nbuild/\n!kept.log\n")
    for name in ["src/main.js", "a.log", "kept.log", "build/deep/out.js", "node_modules/x/y.js"] {
      try folder.write(name, "text")
    }
    try folder.write("pixel.png", [0x89, 0])
    let program = Program()
    for (path, words) in [
      ("src/main.js", "in   src/main.js: TEXT, 4 bytes; no rule matches"),
      ("./src/../src/main.js", "in   src/main.js: TEXT, 4 bytes; no rule matches"),
      ("pixel.png", "in   pixel.png: BASE64, 2 bytes; no rule matches"),
      ("a.log", "out  a.log: .gitignore:1: *.log"),
      ("kept.log", "in   kept.log: TEXT, 4 bytes; .gitignore:3: !kept.log"),
      ("build", "out  build: .gitignore:2: build/"),
      ("build/deep/out.js", "out  build/deep/out.js: build/ is left out: .gitignore:2: build/"),
      (
        "node_modules/x",
        "out  node_modules/x: node_modules/ is left out: by its name, unless .actorignore brings it back"
      ),
      (".actor", "in   .actor: always"), (".", "in   .: the project itself"),
    ] {
      let output = try await program("explain", path, in: folder)
      #expect(output.status == 0 && output.text == words + "\n", "\(output.text)\(output.talk)")
    }
    let json = try await program("explain", "--json", "a.log", "src", in: folder)
    #expect(json.text.contains(#"{"in":false,"name":"a.log","rule":".gitignore:1: *.log"}"#), "\(json.text)")
    for path in ["nope", "nope/deeper", "/etc/passwd", ".."] {
      let output = try await program("explain", path, in: folder)
      #expect(output.status == 5 && output.talk.hasPrefix("error: "), "\(path): \(output.talk)")
    }
  }
}
