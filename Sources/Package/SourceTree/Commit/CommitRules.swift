// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Git
internal import IgnoreRules

/// The ignore files that a commit holds.
struct CommitRules: Sendable {
  /// The lines of .actorignore (``InclusionRules/actorRules``).
  let actor: PatternList?
  /// The path from the repository's top to the project directory, with a "/" at its end; empty at the top.
  let prefix: [UInt8]
  /// The .gitignore files of the directories above the pushed one.
  let above: RuleChain?
  private let tree: CommitTree
  private let contents: [Int32: [UInt8]]

  /// Rules from the files whose `contents` are given by their objects.
  ///
  /// - Parameters:
  ///   - actor: the lines of .actorignore.
  ///   - prefix: the path from the repository's top to the project directory, without a "/" at its end.
  ///   - above: the paths of the .gitignore files on it, the topmost first, and their contents.
  init(
    _ tree: CommitTree, actor: PatternList?, contents: [Int32: [UInt8]], prefix: [UInt8],
    above files: [(path: [UInt8], contents: [UInt8])]
  ) {
    self.tree = tree
    self.contents = contents
    self.prefix = prefix.isEmpty ? [] : prefix + [UInt8(ascii: "/")]
    self.actor = actor
    var chain: RuleChain?
    for (path, contents) in files {
      let base = path.count - ".gitignore".utf8.count
      let up = self.prefix[base...].count { $0 == UInt8(ascii: "/") }
      let name = String(repeating: "../", count: up) + ".gitignore"
      if let list = Self.list(contents, name: name) {
        chain = RuleChain(list, baseCount: base, parent: chain)
      }
    }
    above = chain
  }

  /// The patterns of the .gitignore in the directory `node`, which the walk has come to by `path`.
  func list(in node: Int32, at path: [UInt8]) -> PatternList? {
    let name = CommitSource.ignoreName
    guard let child = tree.child(name.span, of: node),
      let text = contents[tree.nodes[Int(child)].object]
    else { return nil }
    let directory = path.isEmpty ? "" : String(decoding: path, as: UTF8.self) + "/"
    return Self.list(text, name: directory + ".gitignore")
  }

  private static func list(_ contents: [UInt8], name: String) -> PatternList? {
    let list = PatternList(contents: contents.span, name: name)
    return list.patterns.isEmpty ? nil : list
  }
}
