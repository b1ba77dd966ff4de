// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import ActorProject
import Testing

@testable import Checks

@Suite("Files of a package")
struct FileChecksTests {
  @Test(
    "lose their executable bit inline, where the Dockerfile runs them by it",
    arguments: [
      ("CMD [\"./run.sh\"]", true), ("CMD ./run.sh", true), ("ENTRYPOINT [\"/app/bin/run.sh\", \"x\"]", true),
      ("RUN a && ./bin/run.sh", true), ("RUN A=1 exec ./run.sh", true), ("CMD [\"sh\", \"./run.sh\"]", false),
      ("CMD sh ./run.sh", false), ("CMD [\"run.sh\"]", false), ("RUN echo ./run.sh", false),
      ("CMD ./start.sh", false),
      ("CMD ./plain.sh", false), ("RUN chmod +x run.sh && ./run.sh", false),
      ("RUN [\"chmod\", \"+x\", \"run.sh\"]\nCMD ./run.sh", false),
      ("RUN (chmod +x run.sh)\nCMD ./run.sh", false), ("RUN a&&/bin/chmod +x *\nCMD ./run.sh", false),
      ("RUN <<EOF\nchmod +x run.sh\nEOF\nCMD ./run.sh", false), ("RUN echo achmod\nCMD ./run.sh", true),
      ("COPY --chmod=755 run.sh ./\nCMD ./run.sh", false), ("CMD ./run.shx", false), ("CMD ./xrun.sh", false),
    ])
  func bits(_ line: String, _ isFound: Bool) {
    var fixture = Fixture(dockerfile: "FROM x\n\(line)\n", ["run.sh": "", "bin/run.sh": "", "plain.sh": ""])
    fixture.traits = ["run.sh": .executable, "bin/run.sh": .executable]
    // Nothing is lost: the files go as a zip.
    #expect(fixture.findings.map(\.severity) == (isFound ? [.note] : []))
    #expect(fixture.findings.map(\.asksForZip) == (isFound ? [true] : []))
    fixture.settings.form = .files
    #expect(fixture.findings.map(\.severity) == (isFound ? [.warning] : []))
    #expect(fixture.findings.map(\.asksForZip) == (isFound ? [false] : []))
    #expect(fixture.findings.map(\.check) == (isFound ? [.executableBitLost] : []))
    fixture.settings.form = .zip
    #expect(fixture.lines == [])
    // Too large to go inline.
    fixture.settings.form = .auto
    fixture.settings.sizes = PackageSizes(
      bytes: 9, inlineBytes: 9, inlineLimit: 8, requestBytes: 1, requestLimit: 8)
    #expect(fixture.lines == [])
  }

  @Test(
    "differ by more than case",
    arguments: [
      (["a.js", "A.js"], 1), (["src/a.js", "src/A.js", "src/b.js"], 1), (["e\u{301}", "\u{e9}"], 1),
      (["\u{c9}", "e\u{301}"], 1), (["a.js", "b/A.js"], 0), (["a_b", "a-b"], 0), (["[", "{"], 0),
      (["\u{e9}", "e"], 0), (["k", "\u{212a}"], 1), (["a/K", "a/k", "b/k"], 1), (["A/k", "a/k"], 0),
      (["ab", "Abc", "aB", "ABC"], 2), (["\u{3a3}", "\u{3c3}"], 1), (["a", "b", "C", "d/E", "d/F"], 0),
      // The directories alone are named.
      (["Src", "Src/a.js", "src", "src/a.js"], 1),
    ])
  func names(_ names: [String], _ count: Int) {
    let entries = names.map { CheckedPackage.Entry(Array($0.utf8)) }.sorted {
      $0.path.lexicographicallyPrecedes($1.path)
    }
    let findings = CheckedPackage(CheckedPackage.Entries(entries), contents: { _ in nil }).nameFindings
    #expect(findings.map(\.check) == Array(repeating: .nameCollision, count: count))
  }

  @Test("are told of one kind as of the other, where there are many")
  func manyOfAKind() {
    let names = (0..<25).map { "a\($0).bin" }
    var fixture = Fixture(Dictionary(uniqueKeysWithValues: (names + ["z.sh"]).map { ($0, "") }))
    for name in names { fixture.traits[name] = .lfsPointer }
    fixture.traits["z.sh"] = .shebangWithReturn
    #expect(fixture.findings.count { $0.check == .lfsPointer } == 20)
    #expect(fixture.findings.count { $0.check == .shebangLineEnd } == 1)
  }

  @Test("are what they seem")
  func traits() {
    var fixture = Fixture(["big.bin": "", "run.sh": "", "plain": ""])
    #expect(fixture.lines == [])
    fixture.traits = ["big.bin": .lfsPointer, "run.sh": .shebangWithReturn]
    fixture.submodules = ["vendor/lib"]
    #expect(
      fixture.found == ["lfs-pointer big.bin", "shebang-crlf run.sh:1", "submodule-missing vendor/lib"])
  }

  @Test(
    "hold conflicts only where all three markers are",
    arguments: [
      ("a\n<<<<<<< HEAD\nb\n=======\nc\n>>>>>>> branch\n", 2),
      ("<<<<<<< HEAD\r\n=======\r\n>>>>>>> x\r\n", 1),
      ("<<<<<<< a\n||||||| b\n=======\n>>>>>>> c", 1), ("=======\n>>>>>>> c\n", nil),
      ("<<<<<<< a\n>>>>>>> c\n", nil),
      ("<<<<<<< a\n=======\n", nil), (" <<<<<<< a\n=======\n>>>>>>> c\n", nil),
      ("<<<<<<<\n=======\n>>>>>>>\n", nil),
      ("<<<<<<< a\n========\n>>>>>>> c\n", nil), ("Title\n=======\n", nil),
    ] as [(String, Int?)])
  func conflicts(_ text: String, _ line: Int?) {
    var fixture = Fixture(["a.txt": text])
    fixture.traits["a.txt"] = .conflictCandidate
    #expect(fixture.found == (line.map { ["conflict-marker a.txt:\($0)"] } ?? []))
  }

  @Test(
    "are not large where tools generate them",
    arguments: [
      ("packages/a/node_modules/x/lib.node", 1 << 20, true), (".venv/lib/x.so", 3 << 20, true),
      ("src/__pycache__/x.pyc", 1 << 20, true), ("packages/a/node_modules/x/lib.node", (1 << 20) - 1, false),
      ("models/x.bin", 5 << 20, false), ("node_modules", 5 << 20, false),
      ("my_node_modules/x", 5 << 20, false),
    ])
  func generated(_ path: String, _ size: Int, _ isFound: Bool) {
    var fixture = Fixture([path: ""])
    fixture.sizes[path] = size
    #expect(fixture.findings.map(\.check) == (isFound ? [.generatedFiles] : []))
    fixture.broughtBack = [path]
    #expect(fixture.lines == [])
  }

  @Test("of one generated directory are one finding, with their share")
  func share() {
    var fixture = Fixture(["a/node_modules/x/1": "", "a/node_modules/y/node_modules/2": "", "data": ""])
    fixture.sizes = [
      "a/node_modules/x/1": 2 << 20, "a/node_modules/y/node_modules/2": 1 << 20, "data": 3 << 20,
    ]
    #expect(
      fixture.lines == [
        "warning: a/node_modules: 2 files over 1 MiB in a directory that tools generate: 3.1 MB, 49 % of the package; "
          + "the line /a/node_modules/ in .actorignore leaves it out [generated-files]"
      ])
  }

  @Test("are copied where links are large")
  func links() {
    var fixture = Fixture(["a": "", "b": ""])
    fixture.links = ["b"]
    fixture.sizes = ["a": 1 << 16, "b": 1 << 16]
    #expect(fixture.found == ["link-flattened b"])
    fixture.sizes["b"] = 100
    #expect(fixture.lines == [])
  }

  @Test("fit into the limits and the budget")
  func sizes() {
    var fixture = Fixture()
    fixture.settings.sizes = PackageSizes(
      bytes: 100, inlineBytes: 101, inlineLimit: 100, requestBytes: 201, requestLimit: 200)
    #expect(fixture.lines == [])
    fixture.settings.form = .files
    #expect(fixture.findings.map(\.check) == [.overInlineLimit, .overRequestLimit])
    fixture.settings.sizes = PackageSizes(
      bytes: 100, inlineBytes: 100, inlineLimit: 100, requestBytes: 200, requestLimit: 200)
    fixture.settings.budget = 100
    #expect(fixture.lines == [])
    fixture.settings.budget = 99
    #expect(fixture.lines.first?.hasPrefix("error: the files are 100 bytes, the budget is 99; ") == true)
  }

  @Test("are weighed by directory")
  func folders() {
    var fixture = Fixture(["a/x": "", "a/b/y": "", "c/z": "", "top": ""])
    fixture.sizes = ["a/x": 1, "a/b/y": 2, "c/z": 5, "top": 9]
    let folders = fixture.package.largestFolders(3).map {
      "\(String(decoding: $0.path, as: UTF8.self)) \($0.bytes)"
    }
    #expect(folders == [".actor 20", "c 5", "a 3"])
  }
}
