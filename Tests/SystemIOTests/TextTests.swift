// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import SystemIO
import TestSupport
import Testing

@Suite("Text")
struct TextTests {
  @Test(
    "Terminal text escapes what moves the cursor, hides or turns the text around",
    arguments: [
      ("plain name-1.txt", "plain name-1.txt"),
      ("caf\u{E9} \u{65E5}\u{672C} \u{1F600}", "caf\u{E9} \u{65E5}\u{672C} \u{1F600}"),
      ("a\tb\nc\rd", #"a\tb\nc\rd"#), ("back\\slash", #"back\\slash"#), ("\u{1B}[31m", #"\x1B[31m"#),
      ("\u{7F}\u{0}", #"\x7F\x00"#), ("\u{9B}31m", #"\u{009B}31m"#), ("\u{85}", #"\u{0085}"#),
      ("\u{202E}cod.exe", #"\u{202E}cod.exe"#), ("\u{2066}\u{2069}\u{200F}", #"\u{2066}\u{2069}\u{200F}"#),
      ("zero\u{200B}width\u{FEFF}", #"zero\u{200B}width\u{FEFF}"#), ("tag\u{E0041}", #"tag\u{E0041}"#),
      ("\u{2028}", #"\u{2028}"#), ("e\u{301}", "e\u{301}"), ("", ""),
    ])
  func terminal(text: String, expected: String) {
    #expect(TerminalText.of(text).unicodeScalars.elementsEqual(expected.unicodeScalars))
  }

  @Test(
    "Bytes that are no UTF-8 show as hexadecimal",
    arguments: [
      ([0xFF], #"\xFF"#), ([0x61, 0xC3], #"a\xC3"#), ([0xC0, 0xAF], #"\xC0\xAF"#),
      ([0xED, 0xA0, 0x80], #"\xED\xA0\x80"#),
      ([0xC3, 0xA9, 0x80], "\u{E9}" + #"\x80"#), ([0xF4, 0x90, 0x80, 0x80], #"\xF4\x90\x80\x80"#),
    ] as [([UInt8], String)])
  func invalid(bytes: [UInt8], expected: String) { #expect(TerminalText.of(bytes) == expected) }

  @Test("A line keeps its tabs and backslashes")
  func line() {
    #expect(TerminalText.line(Array("\ta\\b\u{1B}\n".utf8)) == "\ta\\b" + #"\x1B\n"#)
  }

  @Test(
    "A line gives GitHub's runner no orders",
    arguments: [
      ("::add-mask::x", #"\x3A:add-mask::x"#), (" \t::stop-commands::x", " \t" + #"\x3A:stop-commands::x"#),
      ("a ::b::c", "a ::b::c"), (": :", ": :"), ("##[add-path]x", #"\x23#[add-path]x"#),
      ("a ##[b]##[c]", #"a \x23#[b]\x23#[c]"#), ("#[a]", "#[a]"), ("# #", "# #"),
      ("::\u{1B}##[a", #"\x3A:\x1B\x23#[a"#),
    ])
  func orders(text: String, expected: String) { #expect(TerminalText.line(text.utf8) == expected) }

  @Test(
    "A name gives GitHub's runner no orders",
    arguments: [
      ("::add-mask::x", #"\x3A:add-mask::x"#), ("  ::x", #"  \x3A:x"#),
      ("\u{3000}::x", "\u{3000}" + #"\x3A:x"#),
      ("a::b", "a::b"), (":a", ":a"), (":", ":"), ("a##[x]", #"a\x23#[x]"#), ("é##[x]", #"é\x23#[x]"#),
      ("###[x]", #"#\x23#[x]"#), ("a#b", "a#b"), ("##", "##"),
    ])
  func orderlyName(text: String, expected: String) { #expect(TerminalText.of(text) == expected) }

  @Test("Text for JSON is escaped only where it is no UTF-8")
  func json() {
    #expect(TerminalText.utf8(Array("a\u{1B}".utf8)) == "a\u{1B}")
    #expect(TerminalText.utf8([0x61, 0x1B, 0xFF]) == #"a\x1B\xFF"#)
  }

  @Test("No text of random bytes leaves a control character")
  func random() {
    var generator = SeededGenerator(seed: 7)
    for _ in 0..<2000 {
      let bytes = (0..<Int.random(in: 0...12, using: &generator)).map { _ in
        UInt8.random(in: 0...255, using: &generator)
      }
      let scalars = TerminalText.of(bytes).unicodeScalars
      #expect(!scalars.contains { $0.properties.generalCategory == .control || $0 == "\u{FFFD}" })
    }
  }

  @Test("Hexadecimal digits come in both cases, and back")
  func hex() {
    let bytes = Array(UInt8.min...UInt8.max)
    let text = Hex.lowercase(bytes)
    #expect(text.hasPrefix("000102") && text.hasSuffix("fdfeff") && text.utf8.count == 512)
    #expect(Hex.uppercase(bytes) == text.uppercased())
    #expect(Hex.lowercase([]) == "")
    let digits = "0123456789abcdef".utf8.map(Hex.value)
    #expect(digits == (0...15).map { UInt8($0) } && digits == "0123456789ABCDEF".utf8.map(Hex.value))
    #expect("/:@G`g \u{E9}".utf8.allSatisfy { Hex.value(of: $0) == nil })
  }

  @Test("Percent-encoding keeps the unreserved characters alone, and comes back")
  func percent() {
    #expect(PercentEncoding.encode("a b/c?d=e&f~g-h_i.j".utf8) == "a%20b%2Fc%3Fd%3De%26f~g-h_i.j")
    #expect(PercentEncoding.encode("\u{E9}/x".utf8, keepsSlashes: true) == "%C3%A9/x")
    let everything = String(String.UnicodeScalarView((0...0x2FF).compactMap(Unicode.Scalar.init)))
    #expect(PercentEncoding.decode(PercentEncoding.encode(everything.utf8)) == everything)
  }

  @Test(
    "Decoding takes both cases, and nothing broken",
    arguments: [
      ("%c3%A9", "\u{E9}"), ("a+b", "a+b"), ("", ""), ("%", nil), ("%4", nil), ("%4g", nil), ("%FF", nil),
      ("%%41", nil),
      ("%+1", nil),
    ])
  func decoding(text: String, expected: String?) { #expect(PercentEncoding.decode(text) == expected) }
}
