// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import Testing

@testable import TreeMerge

@Suite("The name of what goes beside a file")
struct BesideNameTests {
  private func name(_ path: String, taken: Set<String> = []) -> String {
    String(
      decoding: BesideName.first(beside: Array(path.utf8), Array(".theirs".utf8)) { name in
        !taken.contains(String(decoding: name, as: UTF8.self))
      }, as: UTF8.self)
  }

  @Test("is its name with the suffix, and a number where that is taken")
  func plain() {
    #expect(name("a/b.txt") == "a/b.txt.theirs")
    #expect(name("b", taken: ["b.theirs", "b.theirs-2"]) == "b.theirs-3")
  }

  @Test("is a name that a file system takes, of whole characters", arguments: [246, 247, 248, 249, 255])
  func long(_ count: Int) {
    for character in ["n", "ü", "日", "🐟"] {
      let width = character.utf8.count
      let stem = String(repeating: character, count: count / width)
      let path = "dir/" + stem
      for taken in [[], [name(path)]] as [Set<String>] {
        let found = name(path, taken: taken)
        let last = found.dropFirst(4)
        #expect(last.utf8.count <= 255 && last.utf8.count > 255 - width - 9 || last.hasPrefix(stem))
        #expect(!found.contains("\u{FFFD}") && found.hasPrefix("dir/" + character))
        #expect(found.contains(".theirs") && !taken.contains(found))
      }
    }
  }
}
