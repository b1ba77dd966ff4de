// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import SystemIO
import TestSupport
import Testing

@testable import DeployHooks

@Suite("A word of a command line that is shown")
struct ShellTextTests {
  private static let words = [
    "main", "/work/shop", "a b", "", "~shop", "it's", "'", "''x'", "$HOME", "`id`", "\\", "a\\nb", "!x", "*",
    "#x", "a;b|c&d>e<f", "(x)", "{a,b}", "ünï", "\"", "-x", "--", "x=y",
    "::error::x", "'\u{301}; echo x #", "a'\u{301}b",
  ]
  private static let hidden = [
    "a\nb", "\t", "\u{202E}x", "\u{1B}[31m", "'\n\\$`\"", "\u{7F}", "é\n", "##[x]",
  ]

  @Test("is that word in every shell, and plain where it can be", arguments: ["sh", "dash", "bash"])
  func readBack(_ shell: String) async throws {
    let all = Self.words + (shell == "bash" ? Self.hidden : [])
    let line = "printf '%s\\0' " + all.map(ShellText.word).joined(separator: " ")
    let output = try await TestSupport.shell(shell, ["-c", line])
    #expect(
      output.bytes.split(separator: 0, omittingEmptySubsequences: false).dropLast().map {
        String(decoding: $0, as: UTF8.self)
      } == all, "\(output.talk)")
    #expect(ShellText.word("/work/shop-1.0_a,b:c@d+e") == "/work/shop-1.0_a,b:c@d+e")
  }

  @Test("is read again in a hook's file, also where a quote carries an accent", arguments: words)
  func script(_ word: String) throws {
    let options = HookScript.Options(program: "/bin/" + word, arguments: [word], chains: false)
    #expect(HookScript(Array(HookScript(options).text.utf8))?.options == options)
  }

  @Test("moves no cursor and turns no text around", arguments: hidden + words)
  func shown(_ text: String) {
    let word = ShellText.word(text)
    #expect(TerminalText.line("run \(word)".utf8) == "run \(word)")
    #expect(!word.contains("\n") && !word.contains("\t"))
  }
}
