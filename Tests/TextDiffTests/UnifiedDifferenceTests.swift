// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import TestSupport
import Testing
import TextDiff

@Suite("A difference of lines")
struct UnifiedDifferenceTests {
  private static func text(_ old: [UInt8], _ new: [UInt8]) -> [UInt8] {
    let (a, b) = (Lines(old), Lines(new))
    var output: [UInt8] = []
    UnifiedDifference(from: a, to: b, LineDifference(from: a, to: b)).forEachLine { _, line in
      output += line + [UInt8(ascii: "\n")]
    }
    return output
  }

  /// A text of few different lines, so that there are many ways to match them, and what edits make of it.
  private static func pair(_ random: inout SeededGenerator) -> (old: [UInt8], new: [UInt8]) {
    let words = ["a", "b", "c", "{", "}", "", "  return x", "func f() {", "\r"]
    var lines = (0..<Int.random(in: 0...30, using: &random)).map { _ in
      words[Int.random(in: words.indices, using: &random)]
    }
    func bytes(_ lines: [String], _ hasEnd: Bool) -> [UInt8] {
      let text = Array(lines.joined(separator: "\n").utf8)
      return hasEnd && !lines.isEmpty ? text + [UInt8(ascii: "\n")] : text
    }
    let old = bytes(lines, Int.random(in: 0...4, using: &random) > 0)
    for _ in 0..<Int.random(in: 0...8, using: &random) {
      let place = Int.random(in: 0...lines.count, using: &random)
      if Bool.random(using: &random) || place == lines.count {
        lines.insert(words[Int.random(in: words.indices, using: &random)], at: place)
      } else {
        lines.remove(at: place)
      }
    }
    return (old, bytes(lines, Int.random(in: 0...4, using: &random) > 0))
  }

  @Test("applied by git gives the new text, byte for byte, and has no more lines than git's own")
  func git() async throws {
    var random = SeededGenerator(seed: 11)
    let folder = try TemporaryFolder()
    var patch: [UInt8] = []
    var wanted: [(String, [UInt8])] = []
    var (ours, theirs) = (0, 0)
    for index in 0..<400 {
      let (old, new) = Self.pair(&random)
      // An empty file is added or removed by other means than hunks.
      guard !old.isEmpty, !new.isEmpty, old != new else { continue }
      try folder.write("work/\(index)", old)
      try folder.write("old/\(index)", old)
      try folder.write("new/\(index)", new)
      patch +=
        Array("diff --git a/\(index) b/\(index)\n--- a/\(index)\n+++ b/\(index)\n".utf8) + Self.text(old, new)
      wanted.append(("\(index)", new))
      let difference = LineDifference(from: Lines(old), to: Lines(new))
      ours += difference.addedCount + difference.removedCount
    }
    try folder.write("patch", patch)
    let applied = try await shell("git", ["apply", "--whitespace=nowarn", "../patch"], in: folder("work"))
    #expect(applied.status == 0, "\(applied.talk)")
    for (name, new) in wanted {
      let now = try await shell("cat", [folder("work/" + name)])
      #expect(now.bytes == new, "\(name)")
    }
    let stat = try await shell(
      "git", ["diff", "--no-index", "--numstat", "--minimal", "old", "new"], in: folder.path)
    for line in stat.text.split(separator: "\n") {
      theirs += line.split(separator: "\t").prefix(2).compactMap { Int($0) }.reduce(0, +)
    }
    #expect(ours == theirs)
  }

  @Test("looks like git's")
  func looks() async throws {
    let folder = try TemporaryFolder()
    let old = (1...60).map { "line \($0)\n" }.joined()
    var lines = (1...60).map { "line \($0)\n" }
    lines[4] = "changed\n"
    lines.insert("inserted\n", at: 30)
    lines.removeLast()
    lines[58] = "the end"
    let new = lines.joined()
    try folder.write("a", old)
    try folder.write("b", new)
    let theirs = try await shell(
      "git", ["diff", "--no-index", "a", "b"], in: folder.path,
      environment: ["GIT_CONFIG_GLOBAL": "/dev/null"])
    let hunks = theirs.text.split(separator: "\n").drop { !$0.hasPrefix("@@") }.joined(separator: "\n") + "\n"
    #expect(String(decoding: Self.text(Array(old.utf8), Array(new.utf8)), as: UTF8.self) == hunks)
  }

  @Test("of two large texts with nothing in common is found, too")
  func unrelated() {
    let old = Lines((0..<20_000).flatMap { Array("old \($0)\n".utf8) })
    let new = Lines((0..<20_000).flatMap { Array("new \($0)\n".utf8) })
    let difference = LineDifference(from: old, to: new)
    #expect(difference.removedCount == 20_000 && difference.addedCount == 20_000)
  }

  @Test("of nothing is nothing")
  func empty() {
    for (old, new, count) in [("", "", 0), ("", "a", 1), ("a\n", "", 1), ("a\n", "a\n", 0), ("a", "a\n", 2)] {
      let difference = LineDifference(from: Lines(Array(old.utf8)), to: Lines(Array(new.utf8)))
      #expect(difference.addedCount + difference.removedCount == count)
    }
  }
}
