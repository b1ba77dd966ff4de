// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import Testing

@testable import TreeMerge

@Suite("A merge of trees")
struct MergeTableTests {
  /// One path: absent, text, not text, and both changed.
  static let files = [
    " | | => ", "p=1 | p=1 | p=1 => p=1", "p=1 | | => ", " | p=2 | p=2 => p=2", " | p=#2 | p=#2 => p=#2",
    "p=1 | p=2 | p=2 => p=2", "p=#1 | p=2 | p=2 => p=2",
    " | | p=2 => p=2", " | p=2 | => p=2", "p=1 | p=1 | p=2 => p=2", "p=1 | p=2 | p=1 => p=2",
    "p=1 | p=1 | => ", "p=1 | | p=1 => ", "p=1 | p=1 | p=#2 => p=#2", "p=#1 | p=#1 | p=2 => p=2",
    "p=#1 | p=2 | p=#1 => p=2", "p=#1 | | p=#1 => ", "p=#1 | p=#1 | => ",
    "p=1 | p=2 | p=3 => p=2+3", " | p=2 | p=3 => p=2+3", "p=#1 | p=2 | p=3 => p=2+3",
    "p=1 | p=#2 | p=3 => p=#2 p.theirs=3 ! binary:p", "p=1 | p=2 | p=#3 => p=2 p.theirs=#3 ! binary:p",
    "p=#1 | p=#2 | p=#3 => p=#2 p.theirs=#3 ! binary:p", " | p=#2 | p=#3 => p=#2 p.theirs=#3 ! binary:p",
    "p=1 | p=2 | => p=2 ! there:p", "p=#1 | p=#2 | => p=#2 ! there:p",
    "p=1 | | p=3 => p.theirs=3 ! here:p", "p=#1 | | p=#3 => p.theirs=#3 ! here:p",
    "p=#1 | p=#2 p.theirs=7 | p=#3 => p=#2 p.theirs=7 p.theirs-2=#3 ! binary:p",
    "p=#1 | p=#2 | p=#3 p.theirs=7 => p=#2 p.theirs=7 p.theirs-2=#3 ! binary:p",
    "p=#1 | p=#2 | p=#3 | taken:p.theirs => p=#2 p.theirs-2=#3 ! binary:p",
    "a/p=1 | | a/p=3 => a/p.theirs=3 ! here:a/p", "p=1 q=1 | p=2 q=1 | p=1 q=2 => p=2 q=2",
    "p=1 q=1 | q=1 | p=1 q=1 r=1 => q=1 r=1", "p=1 | p=1 q=2 | p=1 r=2 => p=1 q=2 r=2",
  ]

  /// Whether a file may be executed.
  static let modes = [
    "p=1- | p=1- | p=1x => p=1x", "p=1x | p=1x | p=1- => p=1-", "p=1- | p=1x | p=1- => p=1x",
    "p=1- | p=1x | p=1x => p=1x", "p=1- | p=2- | p=1x => p=2x", "p=1- | p=1x | p=2- => p=2x",
    "p=1- | p=2x | p=3- => p=2+3x", "p=1- | p=2- | p=3x => p=2+3x", "p=1- | p=1- | p=2x => p=2x",
    " | p=1- | p=1x => p=1- p.theirs=1x ! mode:p", " | p=1x | p=2- => p=1x p.theirs=2- ! mode:p",
    " | p=#1x | p=#2- => p=#1x p.theirs=#2- ! mode:p", "p=1- | p=1x | => p=1x ! there:p",
    "p=1- | | p=1x => p.theirs=1x ! here:p", "p=1x | p=1 | p=2 => p=2", "p=1 | p=1 | p=1x => p=1",
    "p=#1- | p=#1x | p=#2- => p=#2x", "p=#1- | p=#2x | p=#3x => p=#2x p.theirs=#3x ! binary:p",
    " | | p=1x => p=1x",
  ]

  /// A file here and a directory there.
  static let clashes = [
    "p=1 | p=1 | p/q=2 => p/q=2", "p/q=1 | p/q=1 | p=2 => p=2", "p/q=1 p/r=1 | p/q=1 p/r=1 | p=2 => p=2",
    "p=1 | p=2 | p/q=3 => p=2 p.theirs/q=3 ! there:p directory:p/q",
    " | p=2 | p/q=3 => p=2 p.theirs/q=3 ! directory:p directory:p/q",
    " | p=2 | p/q=3 p/r/s=4 => p=2 p.theirs/q=3 p.theirs/r/s=4 ! directory:p directory:p/q directory:p/r/s",
    " | p/q=2 | p=3 => p/q=2 p.theirs=3 ! directory:p",
    "p/q=1 | p/q=2 | p=3 => p/q=2 p.theirs=3 ! there:p/q directory:p",
    "p/q=1 | p/q=1 p/r=2 | p=3 => p/r=2 p.theirs=3 ! directory:p",
    "p=1 | p/q=2 | p=1 => p/q=2", "p=1 | p/q=2 | p=3 => p/q=2 p.theirs=3 ! directory:p",
    "p=1 | p/q=2 | => p/q=2", "p/q=1 | p=2 | p/q=1 => p=2", "p/q=1 | p=2 | => p=2",
    "p/q=1 | p=2 | p/q=3 => p=2 p.theirs/q=3 ! directory:p/q",
    "p/q=1 | p=2 | p/q=1 p/r=3 => p=2 p.theirs/r=3 ! directory:p/r",
    "p=1 | p/q=2 | p/q=2 => p/q=2", "p=1 | p/q=2 | p/r=3 => p/q=2 p/r=3",
    "p/q/r=1 | p/q/r=1 | p/q=2 => p/q=2", "p/q=1 | p/q=1 | p/q/r=2 => p/q/r=2",
    "p/q=1 | p/q=1 | p=2 s/q=1 => p=2 s/q=1", "p/q=1 | | p=2 => p=2",
    "p=1 | | p/q=2 => p/q=2", " | p/ | p=3 => p/ p.theirs=3 ! directory:p",
    "p/q=1 | p/q=1 p/n/ | p=2 => p/n/ p.theirs=2 ! directory:p", "p/q=1 p/o/ | p/q=1 p/o/ | p=2 => p=2",
  ]

  /// Directories with nothing in them.
  static let directories = [
    " | | p/ => p/", " | p/ | => p/", "p/ | p/ | => ", "p/ | | p/ => ", "p/ | p/q=1 | => p/q=1",
    "p/q=1 | p/q=1 | p/ => p/", "p/q=1 | p/ | p/q=1 => p/", "p/q=1 | p/q=1 | => ",
    "p/q=1 | p/q=2 | => p/q=2 ! there:p/q", "p/ | p/ | p=1 => p=1", "p=1 | p=1 | p/ => p/",
    "p/q/ | p/q/ | => ", " | p=1 | p/ => p=1 ! directory:p", "p=1 | p/ | => p/",
  ]

  /// What is in no tree, and links.
  static let obstacles = [
    " | | p=1 | out:p => p.theirs=1 ! out:p", " | | p/q=1 | out:p => p.theirs/q=1 ! out:p/q",
    " | | p/q=1 p/r=2 | out:p => p.theirs/q=1 p.theirs/r=2 ! out:p/q out:p/r",
    "p=1 | | p=1 | out:p => ", "p=1 | | p=2 | out:p => p.theirs=2 ! out:p",
    "p/q=1 | p/q=1 | p=2 | out:p => p/ p.theirs=2 ! out:p",
    "p=1 | p=1 | p=2 | link:p => p=1 p.theirs=2 ! link:p", "p=1 | p=1 | | link:p => p=1 ! link:p",
    "p=1 | p=2 | p=1 | link:p => p=2", "p=1 | p=2 | p=3 | link:p => p=2 p.theirs=3 ! link:p",
    "p/q=1 | p/q=1 | p/q=2 | link:p => p/q=1 p.theirs/q=2 ! link:p/q",
    "p/q=1 | p/q=1 | p/q=1 p/r=2 | link:p => p/q=1 p.theirs/r=2 ! link:p/r",
    "p/q=1 | p/q=1 | p/ | link:p => p/q=1 ! link:p/q",
    "a/p=1 | a/p=1 | a/p=2 | link:a/p => a/p=1 a/p.theirs=2 ! link:a/p",
    "a/p=1 a/q=1 | a/p=1 a/q=1 | a=2 | link:a/p => a/p=1 a.theirs=2 ! link:a/p directory:a",
    "a=1 | a=1 | a/p=2 | link:a => a=1 a.theirs/p=2 ! link:a/p",
  ]

  /// A file system that takes names for one that differ in case alone.
  static let twins = [
    " | readme=1 | README=2 | fold => readme=1 README.theirs=2 ! twin:README",
    "readme=1 | readme=1 | README=2 | fold => README=2",
    "readme=1 | readme=1 | README=1 | fold => README=1",
    "readme=1 | readme=2 | README=1 | fold => readme=2 README.theirs=1 ! there:readme twin:README",
    " | src/a=1 | SRC/b=2 | fold => src/a=1 SRC.theirs/b=2 ! twin:SRC/b",
    " | \u{E9}=1 | e\u{301}=2 | fold => \u{E9}=1 e\u{301}.theirs=2 ! twin:e\u{301}",
    " | straße=1 | STRASSE=2 | fold => straße=1 STRASSE.theirs=2 ! twin:STRASSE",
    " | readme=1 | README=2 => readme=1 README=2", " | a=1 | b=2 | fold => a=1 b=2",
    " | a/b=1 | a/c=2 | fold => a/b=1 a/c=2",
  ]

  @Test(
    "gives what both sides have made of it",
    arguments: (files + modes + clashes + directories + obstacles + twins).map(MergeRow.init))
  func table(_ row: MergeRow) {
    let merge = TreeMerge(base: row.base, mine: row.mine, theirs: row.theirs, at: row.place)
    let directory = MergedDirectory(row, merge)
    #expect(directory.words == row.result)
    #expect(directory.conflicts.sorted() == row.conflicts)
    expectNothingLost(row, merge, directory)
  }

  @Test("has more than 80 rows, each of its own")
  func count() {
    let all = Self.files + Self.modes + Self.clashes + Self.directories + Self.obstacles + Self.twins
    #expect(all.count >= 80 && Set(all).count == all.count, "\(all.count)")
  }

  /// What mine was goes only where the base has it, too; what theirs is is there, or is what the base was.
  private func expectNothingLost(_ row: MergeRow, _ merge: TreeMerge, _ directory: MergedDirectory) {
    let there = directory.nodes.values.map { $0.trimmingMode }
    for (path, node) in row.mine.nodes {
      guard case .file(let file) = node else { continue }
      let text = String(decoding: file.identity, as: UTF8.self)
      let isKept = there.contains { $0 == text || $0.hasPrefix(text + "+") }
      #expect(isKept || row.base.file(path)?.identity == file.identity, "\(path) of mine is lost")
    }
    for (path, node) in row.theirs.nodes {
      guard case .file(let file) = node else { continue }
      let text = String(decoding: file.identity, as: UTF8.self)
      let isThere = there.contains { $0 == text || $0.hasSuffix("+" + text) }
      #expect(isThere || row.base.file(path)?.identity == file.identity, "\(path) of theirs is lost")
    }
  }

  @Test(
    "decides a contradiction for the side that is preferred",
    arguments: [
      ("p=#1 | p=#2 | p=#3 => p=#2", "p=#3"), ("p=1 | p=2 | => p=2", ""), ("p=1 | | p=3 => ", "p=3"),
      (" | p=2 | p/q=3 => p=2", "p/q=3"), (" | p/q=2 | p=3 => p/q=2", "p=3"),
      ("p/q=1 | p=2 | p/q=1 p/r=3 => p=2", "p/r=3"), (" | p=1- | p=1x => p=1-", "p=1x"),
      ("p=1 | p=2 | p=3 => p=2+3", "p=2+3"), ("p=1 | p=2 | p=1 => p=2", "p=2"),
      ("p=1 | p=1 | p=2 => p=2", "p=2"), ("p/q=1 | p/q=1 p/n/ | p=2 => p/n/", "p=2"),
    ])
  func preference(_ text: String, _ theirs: String) {
    let row = MergeRow(text)
    let mine = TreeMerge(base: row.base, mine: row.mine, theirs: row.theirs, preferring: .mine)
    #expect(mine.conflicts.isEmpty && MergedDirectory(row, mine).words == row.result)
    let other = TreeMerge(base: row.base, mine: row.mine, theirs: row.theirs, preferring: .theirs)
    #expect(other.conflicts.isEmpty)
    #expect(MergedDirectory(row, other).words == theirs.split(separator: " ").map(String.init).sorted())
  }

  @Test(
    "touches no link and nothing that is in no tree, whatever is preferred",
    arguments: [TreeMerge.Preference.mine, .theirs, .none], obstacles.map(MergeRow.init))
  func untouched(_ preference: TreeMerge.Preference, _ row: MergeRow) {
    let merge = TreeMerge(
      base: row.base, mine: row.mine, theirs: row.theirs, preferring: preference, at: row.place)
    for step in merge.steps {
      guard case .conflict = step.action else {
        let isBelow = row.place.obstacles.contains { path, reason in
          // What is left out of a directory hinders nothing in it.
          step.path == path
            || step.path.starts(with: path + [UInt8(ascii: "/")])
              && !(reason == .leftOut && row.mine[path] == .directory)
        }
        #expect(!isBelow, "\(step)")
        continue
      }
    }
  }
}

extension String {
  /// A file's content without the letter for its mode.
  fileprivate var trimmingMode: String { hasSuffix("x") || hasSuffix("-") ? String(dropLast()) : self }
}
