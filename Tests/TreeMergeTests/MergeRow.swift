// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import Testing

@testable import TreeMerge

/// A row of the tables, written as
///
///     BASE | MINE | THEIRS [| PLACE] => RESULT [! CONFLICTS]
///
/// Trees are lists of `path=content` and of directories, `path/`. Content that begins with "#" is not text.
/// "x" at its end: executable, "-": not, neither: not known. `2+3` is the merged text of 2 and 3. The place
/// is a list of `link:path`, `out:path` (something that is in no tree) and `fold`. Conflicts are
/// `reason:path`.
struct MergeRow: CustomTestStringConvertible {
  let testDescription: String
  let base: Tree
  let mine: Tree
  let theirs: Tree
  var place = TreeMerge.Place()
  let result: [String]
  let conflicts: [String]

  init(_ text: String) {
    testDescription = text
    let sides = text.split(separator: "=>" as String, maxSplits: 1).map(String.init)
    let trees = sides[0].split(separator: "|", omittingEmptySubsequences: false).map(Self.words)
    base = Self.tree(trees[0])
    mine = Self.tree(trees[1])
    theirs = Self.tree(trees[2])
    for word in trees.count > 3 ? trees[3] : [] {
      let parts = word.split(separator: ":")
      switch parts[0] {
      case "fold": place.foldsNames = true
      case "link": place.obstacles[Array(parts[1].utf8)] = .link
      case "out": place.obstacles[Array(parts[1].utf8)] = .leftOut
      case "taken":
        let taken = Array(parts[1].utf8)
        place.isFree = { $0 != taken }
      default: Issue.record("\(word)")
      }
    }
    let ends = sides[1].split(separator: "!", omittingEmptySubsequences: false).map(Self.words)
    result = ends[0].sorted()
    conflicts = ends.count > 1 ? ends[1].sorted() : []
  }

  private static func words(_ text: Substring) -> [String] { text.split(separator: " ").map(String.init) }

  private static func tree(_ words: [String]) -> Tree {
    var tree = Tree()
    for word in words {
      guard let equals = word.firstIndex(of: "=") else {
        tree.add(Array(word.dropLast().utf8), .directory)
        continue
      }
      var content = word[word.index(after: equals)...]
      var isExecutable: Bool?
      if content.hasSuffix("x") || content.hasSuffix("-") {
        isExecutable = content.hasSuffix("x")
        content = content.dropLast()
      }
      tree.add(
        Array(word[..<equals].utf8),
        .file(TreeFile(Array(content.utf8), isText: !content.hasPrefix("#"), isExecutable: isExecutable)))
    }
    return tree
  }
}

/// A directory in which steps are carried out as a file system would.
struct MergedDirectory {
  private(set) var nodes: [String: String] = [:]
  private(set) var conflicts: [String] = []
  private let theirs: Tree

  init(_ row: MergeRow, _ merge: TreeMerge) {
    theirs = row.theirs
    for (path, node) in row.mine.nodes { nodes[Self.text(path)] = Self.text(node) }
    for step in merge.steps { carryOut(step, row) }
  }

  private mutating func carryOut(_ step: TreeMerge.Step, _ row: MergeRow) {
    let path = Self.text(step.path)
    switch step.action {
    case .remove:
      #expect(nodes[path] != "/", "remove \(path)")
      #expect(nodes.removeValue(forKey: path) != nil, "remove \(path)")
    case .removeDirectory:
      #expect(nodes[path] == "/", "removeDirectory \(path)")
      if !nodes.keys.contains(where: { $0.hasPrefix(path + "/") }) { nodes[path] = nil }
    case .makeDirectory:
      #expect(nodes[path] == nil, "makeDirectory \(path)")
      put(path, "/")
    case .write(let source, let isExecutable):
      #expect(nodes[path] != "/", "write \(path)")
      let own = row.mine.file(step.path)
      let other = theirs.file(step.path)
      let content =
        switch source {
        case .mine: own?.identity ?? []
        case .theirs: other?.identity ?? []
        case .merged: (own?.identity ?? []) + Array("+".utf8) + (other?.identity ?? [])
        }
      put(path, Self.text(.file(TreeFile(content, isExecutable: isExecutable))))
    case .conflict(let reason, let beside):
      conflicts.append("\(Self.text(reason)):\(path)")
      guard let beside, let other = theirs.file(step.path) else { return }
      #expect(nodes[Self.text(beside)] == nil, "beside \(path)")
      put(Self.text(beside), Self.text(.file(other)))
    }
  }

  private mutating func put(_ path: String, _ node: String) {
    for (index, character) in zip(path.indices, path) where character == "/" {
      let above = String(path[..<index])
      #expect(nodes[above] == nil || nodes[above] == "/", "\(path) below the file \(above)")
      nodes[above] = "/"
    }
    nodes[path] = node
  }

  /// The tree as a row has it: directories that hold something are left out.
  var words: [String] {
    nodes.compactMap { path, node in
      guard node == "/" else { return "\(path)=\(node)" }
      return nodes.keys.contains { $0.hasPrefix(path + "/") } ? nil : path + "/"
    }.sorted()
  }

  private static func text(_ path: [UInt8]) -> String { String(decoding: path, as: UTF8.self) }

  private static func text(_ node: TreeNode) -> String {
    guard case .file(let file) = node else { return "/" }
    return text(file.identity) + (file.isExecutable.map { $0 ? "x" : "-" } ?? "")
  }

  private static func text(_ reason: TreeMerge.Reason) -> String {
    switch reason {
    case .binary: "binary"
    case .mode: "mode"
    case .deletedThere: "there"
    case .deletedHere: "here"
    case .directory: "directory"
    case .leftOut: "out"
    case .link: "link"
    case .twin: "twin"
    }
  }
}
