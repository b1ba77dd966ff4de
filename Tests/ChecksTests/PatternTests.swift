// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import Testing

@testable import Checks

@Suite("A pattern of Docker")
struct PatternTests {
  @Test(
    "matches as Go's filepath.Match",
    arguments: [
      ("abc", "abc", true), ("*", "abc", true), ("*c", "abc", true), ("a*", "a", true), ("a*", "ab/c", false),
      ("a*/b", "abc/b", true), ("a*/b", "a/c/b", false), ("a*b*c*d*e*/f", "axbxcxdxe/f", true),
      ("a*b*c*d*e*/f", "axbxcxdxexxx/fff", false), ("a*b?c*x", "abxbbxdbxebxczzx", true),
      ("a*b?c*x", "abxbbxdbxebxczzy", false), ("ab[c]", "abc", true), ("ab[b-d]", "abc", true),
      ("ab[e-g]", "abc", false), ("ab[^c]", "abc", false), ("ab[^e-g]", "abc", true), ("a\\*b", "a*b", true),
      ("a\\*b", "ab", false), ("a?b", "a☺b", true), ("a[^a]b", "a☺b", true), ("a???b", "a☺b", false),
      ("[a-ζ]*", "α", true), ("*[a-ζ]", "A", false), ("a?b", "a/b", false), ("a*b", "a/b", false),
      ("[\\]a]", "]", true), ("[\\-]", "-", true), ("[x\\-]", "z", false), ("[]a]", "]", nil),
      ("[-]", "-", nil),
      ("[x-]", "x", nil), ("[-x]", "x", nil), ("\\", "a", nil), ("[a-b-c]", "a", nil), ("[", "a", nil),
      ("[^", "a", nil), ("[^bc", "a", nil), ("a[", "a", nil), ("*x", "xxx", true),
      ("package*.json", "package-lock.json", true),
      ("**", "a", true), ("**", "a/b", false), ("", "", true), ("", "a", false), ("[z-a]", "m", false),
    ] as [(String, String, Bool?)])
  func go(_ pattern: String, _ name: String, _ expected: Bool?) {
    #expect(GoPattern.matches(Array(pattern.utf8), Array(name.utf8)) == expected)
  }

  @Test(
    "of .dockerignore matches as BuildKit's",
    arguments: [
      ("dist", "dist", 1), ("dist", "dist/a", 1), ("dist", "src/dist", nil), ("/dist", "dist/a", 1),
      ("dist/", "dist/a", 1), ("./dist", "dist", 1), ("*.md", "a.md", 1), ("*.md", "src/a.md", nil),
      ("**/*.md", "src/x/a.md", 1), ("**/*.md", "a.md", 1), ("**/dist", "dist", 1), ("a/**", "a/b/c", 1),
      ("a/**/b", "a/b", 1), ("a/**/b", "a/x/y/b", 1), ("a/**/b", "a/xb", nil), ("**", "x/y", 1),
      ("a**b", "a/x/b", 1),
      ("*\n!README.md", "README.md", nil), ("*\n!README.md", "src/x", 1), ("*\n!src\nsrc/b", "src/b", 3),
      ("*\n!src\nsrc/b", "src/a", nil), ("!dist\ndist", "dist", 2), ("# dist\ndist", "dist", 2),
      (" dist \r\n", "dist", 1), ("\\#a", "#a", 1), ("d?st", "dist", 1), ("[a-e]ist", "dist", 1),
      ("[^d]ist", "dist", nil),
      ("d\\*", "d*", 1), ("d\\*", "dx", nil), ("é*", "éa", 1), ("*é", "é", 1), ("?", "é", 1), ("", "a", nil),
      ("node_modules\n!node_modules/keep", "node_modules/keep/x", nil), ("../a", "a", nil),
      ("a**b", "axb", nil),
      ("**foo*", "xfoo", nil), ("**.log", "x/a.log", 1), ("a/**/b", "a/x/b", 1),
    ] as [(String, String, Int?)])
  func dockerignore(_ text: String, _ path: String, _ line: Int?) {
    #expect(DockerIgnore(Array(text.utf8), path: []).exclusion(of: Array(path.utf8)[...])?.line == line)
  }

  @Test("takes no longer for hostile stars", .timeLimit(.minutes(1)))
  func stars() {
    let stars = Array(String(repeating: "*a", count: 400).utf8) + Array("*b".utf8)
    let name = [UInt8](repeating: UInt8(ascii: "a"), count: 4000)
    #expect(GoPattern.matches(stars, name) == false)
    let deep = Array(String(repeating: "**/a", count: 40).utf8)
    #expect(DockerIgnore(deep, path: []).exclusion(of: Array(name.prefix(400))[...]) == nil)
  }

  @Test(
    "is suggested where a word is close",
    arguments: [
      ("dockerFile", "dockerfile"), ("tile", "title"), ("versoin", "version"), ("inptu", "input"),
      ("zzz", nil),
      ("foo", nil), (String(repeating: "a", count: 100_000), nil), ("", nil),
    ] as [(String, String?)])
  func near(_ word: String, _ expected: String?) {
    #expect(EditDistance.nearest(to: word, among: ["dockerfile", "title", "version", "input"]) == expected)
  }
}
