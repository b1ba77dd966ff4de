// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import EmulatorTesting
import FoundationEssentials
import PlatformEmulator
import TestSupport
import Testing

@Suite("report")
struct ReportTests {
  /// The data of a page.
  private struct Page: Decodable {
    struct Out: Decodable {
      let names: [String]
      let parents: [Int]
      let bytes: [Int]
      let files: [Int]
      let ruleIndices: [Int]
      let rules: [String]
    }
    struct Finding: Decodable { let id: String }
    struct Comparison: Decodable {
      let added: [String]
      let changed: [String]
      let removed: [String]
    }
    let title: String
    let names: [String]
    let parents: [Int]
    let bytes: [Int]
    let kinds: String
    let out: Out
    let findings: [Finding]
    let comparison: Comparison?

    init(_ html: String) throws {
      let parts = html.split(separator: "<script type=\"application/json\" id=\"data\">", maxSplits: 1)
      let end = try #require(parts.last?.firstRange(of: "</script>"))
      let json = try #require(parts.last?[..<end.lowerBound])
      self = try JSONDecoder().decode(Page.self, from: Data(json.utf8))
    }
  }

  @Test("has the entries with their sizes, what is left out, and the findings")
  func contents() async throws {
    let folder = try TemporaryFolder.actor()
    try folder.write(".gitignore", "dist/\n*.log\n")
    try folder.write("Dockerfile", "FROM scratch\nCOPY dist dist\n")
    for name in ["dist/a/b.js", "dist/c.js", "src/x.log", "src/main.js"] { try folder.write(name, "1234") }
    try folder.write("img.png", [0, 1, 2])
    let output = try await Program()("report", "-o", "report.html", in: folder)
    #expect(output.status == 0, "\(output.talk)")
    let page = try Page(String(contentsOfFile: folder("report.html"), encoding: .utf8))
    #expect(
      page.names == [".actor", "actor.json", ".gitignore", "Dockerfile", "img.png", "src", "main.js"])
    let image = try #require(page.names.firstIndex(of: "img.png"))
    #expect(page.bytes[image] == 3 && Array(page.kinds)[image] == "b")
    let main = try #require(page.names.firstIndex(of: "main.js"))
    #expect(page.names[page.parents[main]] == "src")
    let dist = try #require(page.out.names.firstIndex(of: "dist/"))
    #expect(page.out.parents[dist] == -1 && page.out.bytes[dist] == 8 && page.out.files[dist] == 2)
    #expect(page.out.rules[page.out.ruleIndices[dist]] == ".gitignore:1: dist/")
    let log = try #require(page.out.names.firstIndex(of: "x.log"))
    #expect(page.names[page.out.parents[log]] == "src")
    #expect(page.findings.contains { $0.id == "copy-source-missing" } && page.comparison == nil)
    // Written again, the page is no part of the package, and is the same.
    let before = try String(contentsOfFile: folder("report.html"), encoding: .utf8)
    #expect(try await Program()("report", "-o", "report.html", in: folder).status == 0)
    let after = try String(contentsOfFile: folder("report.html"), encoding: .utf8)
    #expect(!(try Page(after)).names.contains("report.html") && after == before)
  }

  @Test("takes no name for markup or script")
  func hostileNames() async throws {
    let folder = try TemporaryFolder.actor()
    let names = [
      "<script>alert(1)<", "<img src=x onerror=alert(1)>", "'\"><svg onload=alert(1)>", "<!--<script>", "]]>",
      "&amp;",
      "\u{2028}\u{2029}", "\u{202E}gnp.exe", "${alert(1)}`", "\\u003c",
    ]
    for name in names { try folder.write(name + "/f", "x") }
    try folder.write(".gitignore", "<b>*\n")
    try folder.write("<b>ignored", "x")
    let output = try await Program()("report", "-o", "-", in: folder)
    #expect(output.status == 0, "\(output.talk)")
    let html = output.text
    func count(_ text: String) -> Int {
      html.split(separator: text, omittingEmptySubsequences: false).count - 1
    }
    // The data, and the script; no more of either.
    #expect(count("<script") == 2 && count("</script") == 2 && count("<!--") == 0)
    #expect(count("<img") == 0 && count("<svg") == 0 && count("<b>") == 0)
    #expect(!html.unicodeScalars.contains { ["\u{2028}", "\u{2029}", "\u{202E}"].contains($0) })
    let page = try Page(html)
    #expect(page.names.contains("<img src=x onerror=alert(1)>") && page.names.contains("<!--<script>"))
    #expect(page.out.names.contains("<b>ignored") && page.out.rules.contains(".gitignore:1: <b>*"))
  }

  @Test("allows its own script and style alone, and loads nothing")
  func policy() async throws {
    let folder = try TemporaryFolder.actor()
    try folder.write("a", "x")
    let html = try await Program()("report", "-o", "-", in: folder).text
    #expect(html.contains("default-src 'none'"))
    for address in ["http://", "https://", "//cdn", "@import", "url("] {
      #expect(!html.contains(address), "\(address)")
    }
    for tag in ["style", "script"] {
      let start = try #require(html.firstRange(of: "<\(tag)>"))
      let end = try #require(html.firstRange(of: tag == "style" ? "</style>" : "</script>\n</body>"))
      let text = String(html[start.upperBound..<end.lowerBound])
      let sum = try await shell(
        "python3",
        [
          "-c",
          "import sys,hashlib,base64;print(base64.b64encode(hashlib.sha256(sys.stdin.buffer.read()).digest()).decode())",
        ],
        input: Array(text.utf8))
      let digest = sum.text.split(separator: "\n").joined()
      #expect(html.contains("\(tag)-src 'sha256-\(digest)'"), "\(tag)")
    }
  }

  @Test("compares with the platform where that is asked for")
  func changes() async throws {
    try await PlatformEmulator.running(.tests) { _, address in
      let program = Program(address)
      let folder = try TemporaryFolder.actor()
      for name in ["kept", "edited", "gone"] { try folder.write(name, "1") }
      #expect(try await program("push", "--no-build", in: folder).status == 0)
      try folder.write("edited", "2")
      try folder.write("fresh", "1")
      try FileManager.default.removeItem(atPath: folder("gone"))
      let output = try await program("report", "--diff", "-o", "-", in: folder)
      #expect(output.status == 0, "\(output.talk)")
      let changes = try #require(try Page(output.text).comparison)
      #expect(changes.added == ["fresh"] && changes.changed == ["edited"] && changes.removed == ["gone"])
      // A page that lies in the project is no change, also where it was there before.
      for _ in 1...2 {
        #expect(try await program("report", "--diff", "-o", "page.html", in: folder).status == 0)
        let page = try Page(String(contentsOfFile: folder("page.html"), encoding: .utf8))
        #expect(page.comparison?.added == ["fresh"] && !page.names.contains("page.html"))
      }
    }
  }
}
