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
    let nothing = "no rule matches"
    for (path, head, lines) in [
      ("src/main.js", "in   src/main.js: TEXT, 4 bytes", [nothing, "4 of 3,145,728 bytes inline,"]),
      ("./src/../src/main.js", "in   src/main.js: TEXT, 4 bytes", [nothing]),
      (
        "pixel.png", "in   pixel.png: BASE64, 2 bytes",
        [
          nothing, "BASE64: the byte 0x89, not UTF-8, at offset 0",
          "4 of 3,145,728 bytes inline, 55 of 9,437,184 bytes of the request",
        ]
      ),
      ("a.log", "out  a.log", ["left out: .gitignore:1: *.log"]),
      (
        "kept.log", "in   kept.log: TEXT, 4 bytes",
        ["left out: .gitignore:1: *.log", "brought back: .gitignore:3: !kept.log"]
      ),
      ("build", "out  build/", ["left out: .gitignore:2: build/"]),
      ("build/deep/out.js", "out  build/deep/out.js", ["build/ is left out: .gitignore:2: build/"]),
      (
        "node_modules/x", "out  node_modules/x/",
        ["node_modules/ is left out: by its name, unless .actorignore brings it back"]
      ),
      (".actor", "in   .actor/", ["always packaged", "0 of 3,145,728 bytes inline"]),
      (".", "in   .: the project itself", []), (".git", "out  .git: does not exist", ["never packaged"]),
      ("nope", "in   nope: does not exist", [nothing]),
      (
        "src/nope/a.log", "out  src/nope/a.log: does not exist; what exists is src",
        ["left out: .gitignore:1:"]
      ),
      ("nope/", "in   nope: does not exist", [nothing]),
      ("build/nope", "out  build/nope: does not exist; what exists is build", ["build/ is left out: "]),
    ] {
      let output = try await program("explain", path, in: folder)
      #expect(output.status == 0, "\(output.talk)")
      let found = output.text.split(separator: "\n")
      #expect(found.first.map { $0 == head } == true, "\(path): \(output.text)")
      for (line, words) in zip(found.dropFirst(), lines) {
        #expect(line.hasPrefix("     " + words), "\(path): \(output.text)")
      }
      #expect(found.count > lines.count, "\(path): \(output.text)")
      let quiet = try await program("explain", "-q", path, in: folder)
      #expect(quiet.text == head + "\n")
    }
    let json = try await program("explain", "--json", "a.log", "src", in: folder)
    let rule = #""rule":".gitignore:1: *.log""#
    #expect(
      json.text.contains(
        #"{"included":false,"kind":"file","path":"a.log","reasons":[{"effect":"out","path":"a.log",\#(rule)}],\#(rule)}"#
      ),
      "\(json.text)")
    for path in ["/etc/passwd", "..", "src/../../x"] {
      let output = try await program("explain", path, in: folder)
      #expect(output.status == 5 && output.talk.hasPrefix("error: "), "\(path): \(output.talk)")
    }
  }

  @Test("names both lines of what is left out and brought back, from a folder below and by any path")
  func below() async throws {
    let folder = try TemporaryFolder.actor()
    try folder.write(".gitignore", "node_modules/\n\ndist/\n")
    try folder.write(".actorignore", "!dist/\n")
    for name in ["dist/app.js", "src/deep/x.js"] { try folder.write(name, "text") }
    try folder.link("alias", to: "dist")
    let lines = """
           dist/ is left out: .gitignore:3: dist/
           dist/ is brought back: .actorignore:1: !dist/
      """
    let elsewhere = try TemporaryFolder()
    try elsewhere.link("project", to: folder.path)
    for (place, root, path) in [
      (folder(""), ".", "dist/app.js"), (folder("src/deep"), "../..", "../../dist/app.js"),
      (folder("dist"), "..", "app.js"), (folder("dist"), "..", "nope.js"),
      (elsewhere.path, "project", "project/dist/app.js"), ("/", folder.path, folder("dist/app.js")),
      ("/", folder.path, elsewhere("project/src/../dist/app.js")),
    ] {
      let output = try await shell(
        Program.location(), ["explain", "--folder", root, path], in: place, environment: Program().environment
      )
      #expect(output.text.hasPrefix("in   dist/"), "\(place) \(path): \(output.text)\(output.talk)")
      #expect(output.text.contains("\n" + lines), "\(place) \(path): \(output.text)")
    }
    // A link in the project is an entry of its own.
    let link = try await Program()("explain", "alias/app.js", in: folder)
    #expect(link.text.hasPrefix("in   alias/app.js: TEXT, 4 bytes\n     no rule matches\n"), "\(link.text)")
  }
}
