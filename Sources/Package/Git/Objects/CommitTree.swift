// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import SystemIO

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
    fileprivate let nameOffset: Int32
    fileprivate let nameCount: Int32
    fileprivate var firstChild: Int32 = 0
    fileprivate var childCount: Int32 = 0
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
  /// The objects' names, in hexadecimal digits, one behind the other; or in `ids`.
  private var objectNames: [UInt8] = []
  private var ids: [ObjectID] = []
  /// The children of each directory, in the byte order of their names, one directory behind the other.
  private var children: [Int32] = []
  private let digits: Int
  private var listing: TreeListing
  /// Whether what is appended comes in the order in which git sorts a tree; that of a listing has not been
  /// looked at.
  private var isInGitOrder = false
  /// The directories that hold the last name, the top first.
  private var ancestors: [Int32] = [0]

  /// One to be read from what `git ls-tree -r -t -z` prints of a repository whose objects' names have
  /// `digits` hexadecimal digits.
  package init(digits: Int) {
    self.digits = digits
    nodes = [Node(kind: .directory, parent: 0, object: -1, nameOffset: 0, nameCount: 0)]
    listing = TreeListing(digits: digits)
  }

  /// Makes room for `count` files.
  mutating func reserve(_ count: Int) {
    nodes.reserveCapacity(count)
    ids.reserveCapacity(count)
    names.reserveCapacity(16 * count)
  }

  /// Takes more of what git prints.
  package mutating func append(_ part: RawSpan) throws(Malformed) {
    listing.append(part)
    while let record = try listing.next() {
      objectNames += listing.bytes[record.object]
      ancestors.removeLast(ancestors.count - min(ancestors.count, record.sharedTrees + 1))
      // A tree that holds nothing is no directory.
      while let parent = ancestors.last, ancestors.count <= listing.depth {
        ancestors.append(
          append(listing.nameOfTree(ancestors.count - 1), .directory, object: -1, in: parent))
      }
      if let parent = ancestors.last {
        _ = append(listing.bytes[record.name], record.kind, object: Int32(objectCount), in: parent)
      }
      objectCount += 1
      try checkSize()
    }
  }

  /// All numbers are of 32 bits.
  private func checkSize() throws(Malformed) {
    if names.count > Int(Int32.max) - (1 << 20) { throw Malformed(path: [], cause: "it holds too much") }
  }

  /// Adds the file, link or submodule `name`, whose object is `id`, to the directory `parent`; in the order
  /// in which git sorts them.
  mutating func append(
    _ name: Span<UInt8>, _ kind: Kind, _ id: ObjectID, in parent: Int32
  ) throws(Malformed) {
    isInGitOrder = true
    ids.append(id)
    _ = append(name, kind, object: Int32(objectCount), in: parent)
    objectCount += 1
    try checkSize()
  }

  /// Adds the directory `name`, which holds something, to the directory `parent`, and returns it.
  mutating func appendDirectory(_ name: Span<UInt8>, in parent: Int32) -> Int32 {
    append(name, .directory, object: -1, in: parent)
  }

  /// Ends what was begun: git has printed all.
  package mutating func finish() throws(Malformed) {
    try listing.finish()
    listing = TreeListing(digits: digits)
    placeChildren()
    try sortChildren()
  }

  private mutating func append(
    _ name: ArraySlice<UInt8>, _ kind: Kind, object: Int32, in parent: Int32
  ) -> Int32 {
    append(name.span, kind, object: object, in: parent)
  }

  private mutating func append(
    _ name: Span<UInt8>, _ kind: Kind, object: Int32, in parent: Int32
  ) -> Int32 {
    let node = Int32(nodes.count)
    nodes.append(
      Node(
        kind: kind, parent: parent, object: object, nameOffset: Int32(names.count),
        nameCount: Int32(name.count)))
    names.append(copying: name)
    return node
  }

  private mutating func placeChildren() {
    var placed = [Int32](repeating: 0, count: nodes.count - 1)
    var children = placed.mutableSpan
    var nodes = nodes.mutableSpan
    for index in 1..<max(1, nodes.count) { nodes[Int(nodes[index].parent)].childCount += 1 }
    var next: Int32 = 0
    for index in nodes.indices {
      nodes[index].firstChild = next
      next += nodes[index].childCount
      nodes[index].childCount = 0
    }
    for index in 1..<max(1, nodes.count) {
      let parent = Int(nodes[index].parent)
      children[Int(nodes[parent].firstChild + nodes[parent].childCount)] = Int32(index)
      nodes[parent].childCount += 1
    }
    self.children = placed
  }

  /// git sorts a directory as if its name ended with "/"; here names are in the order of their bytes.
  private mutating func sortChildren() throws(Malformed) {
    for index in nodes.indices where nodes[index].childCount > 1 {
      let range = childRange(of: nodes[index])
      if range.dropFirst().allSatisfy({ isInOrder(children[$0 - 1], children[$0]) }) { continue }
      let sorted = children[range].sorted { isBefore($0, $1) }
      for (one, next) in zip(sorted, sorted.dropFirst()) where !isBefore(one, next) {
        throw Malformed(path: path(of: next), cause: "it is there twice")
      }
      children.replaceSubrange(range, with: sorted)
    }
  }

  /// Whether `one`, which stands before `next`, belongs there.
  private func isInOrder(_ one: Int32, _ next: Int32) -> Bool {
    if isInGitOrder, nodes[Int(one)].kind != .directory, nodes[Int(next)].kind != .directory { return true }
    return isBefore(one, next)
  }

  private func childRange(of node: Node) -> Range<Int> {
    Int(node.firstChild)..<Int(node.firstChild + node.childCount)
  }

  /// The children of the directory `node`, in the byte order of their names.
  package func children(of node: Int32) -> ArraySlice<Int32> { children[childRange(of: nodes[Int(node)])] }

  /// The files that are called `name`.
  package func files(named name: [UInt8]) -> [Int32] {
    nodes.indices.filter {
      nodes[$0].nameCount == name.count && nodes[$0].kind.isFile
        && self.name(of: Int32($0)).elementsEqual(name)
    }.map(Int32.init)
  }

  /// Whether the name of `one` comes before that of `other` in the order of bytes.
  private func isBefore(_ one: Int32, _ other: Int32) -> Bool {
    nameSpan(of: one).precedes(nameSpan(of: other))
  }

  /// The name of `node` in its directory.
  package func name(of node: Int32) -> ArraySlice<UInt8> { names[nameRange(of: node)] }

  /// The name of `node` in its directory.
  @_lifetime(borrow self)
  package func nameSpan(of node: Int32) -> Span<UInt8> { names.span.extracting(nameRange(of: node)) }

  private func nameRange(of node: Int32) -> Range<Int> {
    let node = nodes[Int(node)]
    return Int(node.nameOffset)..<Int(node.nameOffset + node.nameCount)
  }

  /// The child of the directory `node` that is called `name`.
  package func child(_ name: Span<UInt8>, of node: Int32) -> Int32? {
    let range = childRange(of: nodes[Int(node)])
    var (low, high) = (range.lowerBound, range.upperBound)
    while low < high {
      let middle = (low + high) / 2
      if nameSpan(of: children[middle]).precedes(name) { low = middle + 1 } else { high = middle }
    }
    guard low < range.upperBound, !name.precedes(nameSpan(of: children[low])) else { return nil }
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
    if !ids.isEmpty { return ids[Int(index)].digits[...] }
    return objectNames[(Int(index) * digits)..<((Int(index) + 1) * digits)]
  }

  /// The name of the object `index`; nil where it is of another hash.
  func objectID(_ index: Int32) -> ObjectID? {
    ids.isEmpty ? ObjectID(digits: objectName(index)) : ids[Int(index)]
  }
}

extension Span<UInt8> {
  /// Whether it comes before `other` in the order of bytes.
  fileprivate func precedes(_ other: Span<UInt8>) -> Bool {
    var index = 0
    while index < count, index < other.count {
      if self[index] != other[index] { return self[index] < other[index] }
      index += 1
    }
    return count < other.count
  }
}
