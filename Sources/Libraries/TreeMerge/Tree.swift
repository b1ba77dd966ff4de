// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

// TreeMerge merges three trees of files by values alone: no disk, no contents. `TreeMerge` takes a base and
// what two sides have made of it, and gives the steps that lead from one side to the merged tree.
//
// `FileVerdict` decides about one path. `TreeMerge` asks it for each, and then looks at what paths do to each
// other: a file where the other side has a directory, a name that is in the way, two names that the file
// system takes for one. Texts that both sides have changed are merged by the caller.

/// What a path is in a tree.
package enum TreeNode: Hashable, Sendable {
  case directory
  case file(TreeFile)
}

/// A file, without its content.
package struct TreeFile: Hashable, Sendable {
  /// Files of the same content have the same identity.
  package var identity: [UInt8]
  /// Whether its lines can be merged. It only matters for a file that both sides have changed.
  package var isText: Bool
  /// Whether it may be executed; nil where the tree does not tell.
  package var isExecutable: Bool?

  /// A file with the content that `identity` stands for.
  package init(_ identity: [UInt8], isText: Bool = true, isExecutable: Bool? = nil) {
    self.identity = identity
    self.isText = isText
    self.isExecutable = isExecutable
  }
}

/// Files and directories by their paths, with "/" between components.
package struct Tree: Sendable {
  /// The nodes. A directory that holds something is always among them.
  package private(set) var nodes: [[UInt8]: TreeNode] = [:]

  /// An empty tree.
  package init() {}

  /// Adds `node`, and the directories above it.
  package mutating func add(_ path: [UInt8], _ node: TreeNode) {
    nodes[path] = node
    var above = path[...]
    while let slash = above.lastIndex(of: UInt8(ascii: "/")) {
      above = above[..<slash]
      let directory = Array(above)
      if nodes[directory] != nil { return }
      nodes[directory] = .directory
    }
  }

  /// What `path` is; nil for nothing.
  package subscript(path: [UInt8]) -> TreeNode? { nodes[path] }

  /// The file at `path`; nil where there is none.
  package func file(_ path: [UInt8]) -> TreeFile? {
    if case .file(let file)? = nodes[path] { file } else { nil }
  }
}
