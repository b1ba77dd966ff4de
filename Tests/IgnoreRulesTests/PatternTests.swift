// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import IgnoreRules
import Testing

/// One line of an ignore file against one path.
struct Case: Sendable, CustomTestStringConvertible {
  let pattern: String
  let path: String
  let matches: Bool

  init(_ pattern: String, _ path: String, _ matches: Bool) {
    (self.pattern, self.path, self.matches) = (pattern, path, matches)
  }

  var testDescription: String {
    "\(pattern.debugDescription) \(matches ? "matches" : "does not match") \(path.debugDescription)"
  }
}

/// Whether the only line of an ignore file matches `path`, a folder where it ends with "/".
func matches(_ line: String, _ path: String, ignoringCase: Bool = false) -> Bool {
  let list = PatternList(contents: Array(line.utf8).span, name: ".gitignore", ignoringCase: ignoringCase)
  let bytes = Array((path.hasSuffix("/") ? String(path.dropLast()) : path).utf8)
  let basename = (bytes.lastIndex(of: UInt8(ascii: "/")) ?? -1) + 1
  return list.lastMatch(bytes.span, basename: basename, isDirectory: path.hasSuffix("/")) != nil
}

@Suite("A pattern of an ignore file")
struct PatternTests {
  @Test(
    "matches what gitignore(5) says",
    arguments: [
      Case("foo", "foo", true), Case("foo", "a/b/foo", true), Case("foo", "foobar", false),
      Case("/foo", "foo", true), Case("/foo", "a/foo", false), Case("a/foo", "a/foo", true),
      Case("a/foo", "b/a/foo", false), Case("foo/", "foo/", true), Case("foo/", "foo", false),
      Case("*.o", "x.o", true), Case("*.o", "a/.o", true), Case("*.o", "x.oo", false),
      Case("a/*.o", "a/b/x.o", false), Case("a/*.o", "a/x.o", true), Case("f?o", "fxo", true),
      Case("a/?", "a//", false), Case("*", ".hidden", true), Case("**", "a/b", true),
    ])
  func matchesAsDocumented(_ example: Case) {
    #expect(matches(example.pattern, example.path) == example.matches)
  }

  @Test(
    "treats two stars as folders only where they fill a component",
    arguments: [
      Case("**/foo", "foo", true), Case("**/foo", "a/b/foo", true), Case("a/**", "a/b/c", true),
      Case("a/**", "a", false), Case("a/**/b", "a/b", true), Case("a/**/b", "a/x/y/b", true),
      Case("a/x**/b", "a/xy/b", true), Case("a/**b", "a/x/b", false), Case("a/**b", "a/xb", true),
      Case("a/***/b", "a/x/y/b", true), Case("**/a/**/b/**", "x/a/y/b/z", true),
      // git's matcher sees the stars at the beginning of what it is given.
      Case("a/b**/c", "a/bc", true), Case("a/**\\/b", "a/b", false), Case("a/**\\/b", "a/x/b", true),
    ])
  func doubleStars(_ example: Case) {
    #expect(matches(example.pattern, example.path) == example.matches)
  }

  @Test(
    "reads bracket expressions as git does",
    arguments: [
      Case("[abc]", "b", true), Case("[a-c]", "d", false), Case("[!a]", "b", true), Case("[^a]", "a", false),
      Case("[]-]", "]", true), Case("[]-]", "-", true), Case("[!]a]", "b", true), Case("[a-", "a", false),
      Case("[[:alpha:]]", "x", true), Case("[[:alpha:]]", "1", false), Case("[[:nope:]]", "n", false),
      Case("[[:digit:]_]x", "_x", true), Case("[\\]]", "]", true), Case("[[:]", ":", true),
      Case("[.-0]", "/", false), Case("a[/]b", "a/b", false), Case("a/[!x]b", "a/yb", true),
      Case("[[:space:]]", "\u{0B}", false), Case("[[:punct:]]", "~", true), Case("[a-c-e]", "-", true),
    ])
  func brackets(_ example: Case) {
    #expect(matches(example.pattern, example.path) == example.matches)
  }

  @Test(
    "keeps escapes, signs and spaces as git does",
    arguments: [
      Case("#foo", "#foo", false), Case("\\#foo", "#foo", true), Case("\\!foo", "!foo", true),
      Case("foo ", "foo", true), Case("foo\\ ", "foo ", true), Case("foo\\  ", "foo ", true),
      Case(" foo", " foo", true), Case("foo\t", "foo", false), Case("foo\\", "foo", false),
      Case("foo\r", "foo", true), Case("foo\r\r", "foo\r", true), Case("\u{FEFF}foo", "foo", true),
      Case("foo\0bar", "foo", true), Case("\\*", "*", true), Case("\\*", "x", false), Case("", "x", false),
      Case("/", "x", false), Case("//", "x", false), Case("foo\\/", "foo/", false),
    ])
  func signs(_ example: Case) {
    #expect(matches(example.pattern, example.path) == example.matches)
  }

  @Test(
    "ignores case as git does, with its gaps",
    arguments: [
      Case("FOO", "foo", true), Case("*.TXT", "a.txt", true), Case("f[A-Z]o", "foo", true),
      Case("[F]oo", "foo", false), Case("\\Foo*", "foo1", false), Case("[[:upper:]]", "a", true),
    ])
  func ignoringCase(_ example: Case) {
    #expect(matches(example.pattern, example.path, ignoringCase: true) == example.matches)
  }

  @Test("costs little however many stars it has", .timeLimit(.minutes(10)))
  func hostile() {
    let name = String(repeating: "a", count: 4000)
    #expect(!matches("/" + String(repeating: "*a", count: 200) + "b", name))
    #expect(!matches(String(repeating: "**/a*/", count: 40) + "b", String(repeating: "a/", count: 400) + "c"))
    #expect(matches(String(repeating: "*a", count: 200), name))
  }
}

@Suite("A list of patterns")
struct PatternListTests {
  @Test("is decided by its last match, and says which line that is")
  func lastMatchWins() throws {
    let text = "# comment\n*.log\r\n\n!keep.log  \n/build/\n"
    let list = PatternList(contents: Array(text.utf8).span, name: ".gitignore")
    #expect(list.patterns.map(\.line) == [2, 4, 5])
    let last = list.lastMatch(Array("keep.log".utf8).span, basename: 0, isDirectory: false)
    let keep = try #require(last)
    #expect(list.patterns[keep].isNegated)
    #expect(String(decoding: list.patterns[keep].text, as: UTF8.self) == "!keep.log")
    let deeper = list.lastMatch(Array("a/build".utf8).span, basename: 2, isDirectory: true)
    #expect(deeper == nil)
  }

  @Test(
    "knows where a pattern that brings back can reach",
    arguments: [
      ("!dist/bundle.js", "dist", true), ("!dist/bundle.js", "dist/sub", false), ("!*.js", "any/where", true),
      ("!dist/**/x", "dist/a/b", true), ("!d*/x/y", "dist", true), ("!d*/x/y", "other", false),
      ("dist/x", "dist", false),
    ])
  func reach(_ pattern: String, _ folder: String, _ expected: Bool) {
    let list = PatternList(contents: Array(pattern.utf8).span, name: ".actorignore")
    let reaches = list.mayBringBack(below: Array(folder.utf8).span, after: nil)
    #expect(reaches == expected)
  }

  @Test("may hold those of a file in a directory below, which come first there, and count nowhere else")
  func nested() {
    func list(_ text: String, _ name: String) -> PatternList {
      PatternList(contents: Array(text.utf8).span, name: name)
    }
    let (outer, inner) = (list("/a\nx.log\n!b/\n", "outer"), list("/a\n!x.log\nd/e\n", "inner"))
    let both = PatternList(outer, inner, in: Array("b/c".utf8))
    for path in [
      "a", "x.log", "b", "b/c", "b/c/a", "b/c/x.log", "b/c/d/e", "b/c/d/a", "b/cc/a", "c/a", "b/x.log",
    ] {
      let bytes = Array(path.utf8)
      let base = (bytes.lastIndex(of: UInt8(ascii: "/")) ?? -1) + 1
      let own = outer.lastMatch(bytes.span, basename: base, isDirectory: true)
      var expected = own.map { "outer \($0)" }
      if path.hasPrefix("b/c/"),
        let first = inner.lastMatch(bytes.span.extracting(4...), basename: base - 4, isDirectory: true)
      {
        expected = "inner \(first)"
      }
      let found = both.lastMatch(bytes.span, basename: base, isDirectory: true)
      let said = found.map { "\(both.name(of: $0)) \($0 < 3 ? $0 : $0 - 3)" }
      #expect(said == expected, "\(path)")
    }
    let reach = PatternList(list("", "outer"), list("!d/e\n", "inner"), in: Array("b/c".utf8))
    for (path, reaches) in [
      ("b", true), ("b/c", true), ("b/c/d", true), ("b/c/f", false), ("c", false), ("b/cc", false),
    ] {
      #expect(reach.mayBringBack(below: Array(path.utf8).span, after: nil) == reaches, "\(path)")
    }
  }
}
