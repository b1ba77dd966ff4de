// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import FoundationEssentials
import Git
import SystemIO
import TestSupport
import Testing

@Suite("A merge of texts")
struct TextMergeTests {
  private static let labels = TextMerge.Labels(
    mine: "yours", base: "base (build 0.1.3)", theirs: "platform 0.1")

  private func merge(
    _ base: String?, _ mine: String, _ theirs: String, _ preference: TextMerge.Preference = .none,
    path: String = "/usr/local/bin:/usr/bin:/bin"
  ) async throws -> (text: String, hasConflicts: Bool) {
    let folder = try TemporaryFolder()
    let directories = [Array(folder("nowhere").utf8), Array(folder.path.utf8)]
    let outcome = try await Threads.run { () throws(Git.Failure) in
      try TextMerge(in: directories, variables: ["PATH": path]).merge(
        base: base.map { Array($0.utf8) }, mine: Array(mine.utf8), theirs: Array(theirs.utf8),
        labels: Self.labels,
        preferring: preference)
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == [])
    return (String(decoding: outcome.bytes, as: UTF8.self), outcome.hasConflicts)
  }

  @Test("has the changes of both")
  func clean() async throws {
    let (text, hasConflicts) = try await merge("1\n2\n3\n4\n5\n", "one\n2\n3\n4\n5\n", "1\n2\n3\n4\nfive\n")
    #expect(text == "one\n2\n3\n4\nfive\n" && !hasConflicts)
  }

  @Test("has both versions of lines that both have changed, and the base's, with labels")
  func conflict() async throws {
    let (text, hasConflicts) = try await merge("1\n2\n3\n", "1\nB\n3\n", "1\nC\n3")
    #expect(hasConflicts && text.hasPrefix("1\n<<<<<<< yours\nB\n"), "\(text)")
    #expect(
      text.contains("||||||| base (build 0.1.3)\n2\n") && text.hasSuffix(">>>>>>> platform 0.1\n"), "\(text)")
  }

  @Test("without a base is in conflict where the texts differ, and there alone")
  func baseless() async throws {
    let (text, hasConflicts) = try await merge(nil, "1\n2\n3\n", "1\nC\n3\n")
    #expect(hasConflicts && text == "1\n<<<<<<< yours\n2\n=======\nC\n>>>>>>> platform 0.1\n3\n")
  }

  @Test("takes the lines of one side", arguments: [(TextMerge.Preference.mine, "B"), (.theirs, "C")])
  func preference(_ preference: TextMerge.Preference, _ line: String) async throws {
    let (text, hasConflicts) = try await merge("1\n2\n3\n", "1\nB\n3\n", "1\nC\n3\n", preference)
    #expect(text == "1\n\(line)\n3\n" && !hasConflicts)
  }

  @Test("says that there is no git")
  func noGit() async throws {
    await #expect(throws: Git.Failure.missing) { try await merge("1", "2", "3", path: "/nonexistent") }
  }
}
