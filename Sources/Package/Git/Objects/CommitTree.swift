// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// What a commit holds: its directories and files by name, and which object of git's each file is.
package struct CommitTree: Sendable {
  /// What a name in a tree is, by its mode (git-ls-tree(1), gitformat-index(5)).
  package enum Kind {
    case directory
    case file
    case executable
    case link
    /// Another repository's commit.
    case submodule

    /// Whether it has a content of its own.
    package var isFile: Bool { self == .file || self == .executable }
  }

  package struct Node {
    package let kind: Kind
    /// The directory that it lies in; the top lies in itself.
    package let parent: Int32
    /// Which of the tree's objects it is; -1 for a directory.
    package let object: Int32
    fileprivate let nameOffset: Int
    fileprivate let nameCount: Int
    /// A directory's children, in the byte order of their names.
    package fileprivate(set) var children: [Int32] = []
  }

  /// A listing that can't be understood, or an entry that no checkout could make.
  package struct Malformed: Error, Equatable {
    /// The entry.
    package let path: [UInt8]
    package let cause: String
  }

  /// The top, then all others.
  package private(set) var nodes: [Node]
  /// How many objects there are: one a file, link or submodule.
  package private(set) var objectCount = 0
  private var names: [UInt8] = []
  /// The objects' names, in hexadecimal digits, one behind the other.
  private var objectNames: [UInt8] = []
  private let digits: Int

  /// Reads what `git ls-tree -r -t -z` prints of a repository whose objects' names have `digits` hexadecimal
  /// digits.
  package init(_ listing: [UInt8], digits: Int) throws(Malformed) {
    self.digits = digits
    nodes = [Node(kind: .directory, parent: 0, object: -1, nameOffset: 0, nameCount: 0)]
    /// The directories that hold the last name, the top first.
    var ancestors: [Int32] = [0]
    var listing = TreeListing(listing, digits: digits)
    while let record = try listing.next() {
      objectNames += listing.bytes[record.object]
      ancestors.removeLast(ancestors.count - min(ancestors.count, record.sharedTrees + 1))
      // A tree that holds nothing is no directory.
      while let parent = ancestors.last, ancestors.count <= listing.depth {
        let name = listing.bytes[listing.nameOfTree(ancestors.count - 1)]
        ancestors.append(append(name, .directory, object: -1, in: parent))
      }
      if let parent = ancestors.last {
        _ = append(listing.bytes[record.name], record.kind, object: Int32(objectCount), in: parent)
      }
      objectCount += 1
    }
    try sortChildren()
  }

  private mutating func append(
    _ name: ArraySlice<UInt8>, _ kind: Kind, object: Int32, in parent: Int32
  ) -> Int32 {
    let node = Int32(nodes.count)
    nodes.append(
      Node(kind: kind, parent: parent, object: object, nameOffset: names.count, nameCount: name.count))
    names += name
    nodes[Int(parent)].children.append(node)
    return node
  }

  /// git sorts a directory as if its name ended with "/"; here names are in the order of their bytes.
  private mutating func sortChildren() throws(Malformed) {
    for index in nodes.indices {
      let children = nodes[index].children
      if zip(children, children.dropFirst()).allSatisfy({ isBefore($0, $1) }) { continue }
      let sorted = children.sorted { isBefore($0, $1) }
      for (one, next) in zip(sorted, sorted.dropFirst()) where !isBefore(one, next) {
        throw Malformed(path: path(of: next), cause: "it is there twice")
      }
      nodes[index].children = sorted
    }
  }

  /// Whether the name of `one` comes before that of `other` in the order of bytes.
  private func isBefore(_ one: Int32, _ other: Int32) -> Bool {
    let (name, otherName) = (self.name(of: one), self.name(of: other))
    let span = names.span
    var (index, otherIndex) = (name.startIndex, otherName.startIndex)
    while index < name.endIndex, otherIndex < otherName.endIndex {
      if span[index] != span[otherIndex] { return span[index] < span[otherIndex] }
      index += 1
      otherIndex += 1
    }
    return name.count < otherName.count
  }

  /// The name of `node` in its directory.
  package func name(of node: Int32) -> ArraySlice<UInt8> {
    let node = nodes[Int(node)]
    return names[node.nameOffset..<(node.nameOffset + node.nameCount)]
  }

  /// The child of the directory `node` that is called `name`.
  package func child(_ name: some Collection<UInt8>, of node: Int32) -> Int32? {
    let children = nodes[Int(node)].children
    var (low, high) = (0, children.count)
    while low < high {
      let middle = (low + high) / 2
      if self.name(of: children[middle]).lexicographicallyPrecedes(name) {
        low = middle + 1
      } else {
        high = middle
      }
    }
    guard low < children.count, self.name(of: children[low]).elementsEqual(name) else { return nil }
    return children[low]
  }

  /// The path of the object `index`, from the top.
  package func path(ofObject index: Int32) -> [UInt8] {
    path(of: Int32(nodes.firstIndex { $0.object == index } ?? 0))
  }

  /// The path of `node`, from the top.
  package func path(of node: Int32) -> [UInt8] {
    var node = node
    var components: [ArraySlice<UInt8>] = []
    while node > 0 {
      components.insert(name(of: node), at: 0)
      node = nodes[Int(node)].parent
    }
    return Array(components.joined(separator: [UInt8(ascii: "/")]))
  }

  /// The name of the object `index`: hexadecimal digits.
  package func objectName(_ index: Int32) -> ArraySlice<UInt8> {
    objectNames[(Int(index) * digits)..<((Int(index) + 1) * digits)]
  }
}
