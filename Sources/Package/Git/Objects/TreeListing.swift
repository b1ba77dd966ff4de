// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// Reads what `git ls-tree -r -t -z` prints, one file after the other. Entries that git itself never makes,
/// and that no checkout could, are refused: they are meant to end up elsewhere.
struct TreeListing {
  /// A file, link or submodule.
  struct Record {
    let kind: CommitTree.Kind
    /// Where in the listing the name of its object stands, in hexadecimal digits.
    let object: Range<Int>
    /// Where its name in the last of its trees stands.
    let name: Range<Int>
    /// How many of the trees that hold it hold the record before it, too, the outermost first.
    let sharedTrees: Int
  }

  /// What a name has at the most where a file system counts 255 characters.
  private static let nameLimit = 255 * 4

  let bytes: [UInt8]
  private let digits: Int
  private var offset = 0
  /// Where the paths of the trees stand that the last entry lies in, the outermost first.
  private var trees: [Range<Int>] = []

  init(_ bytes: [UInt8], digits: Int) {
    self.bytes = bytes
    self.digits = digits
  }

  /// How many trees the last record lies in.
  var depth: Int { trees.count }

  /// Where the name of the tree stands that the last record lies in at `level`, 0 for the outermost.
  func nameOfTree(_ level: Int) -> Range<Int> {
    let path = trees[level]
    return (level == 0 ? path.lowerBound : path.lowerBound + trees[level - 1].count + 1)..<path.upperBound
  }

  /// The next record; nil at the end.
  mutating func next() throws(CommitTree.Malformed) -> Record? {
    var shared = trees.count
    while offset < bytes.count {
      // "100644 blob 0123… TAB path NUL"
      guard let tab = position(of: UInt8(ascii: "\t"), from: offset), let end = position(of: 0, from: tab),
        tab - offset > digits + 8
      else { throw CommitTree.Malformed(path: [], cause: "git ls-tree lists what no tree holds") }
      let (mode, path) = (bytes[offset..<(offset + 6)], (tab + 1)..<end)
      offset = end + 1
      let isTree = mode.elementsEqual("040000".utf8)
      let name = try enter(path, isTree: isTree)
      shared = min(shared, trees.count)
      if isTree {
        trees.append(path)
        continue
      }
      guard let kind = Self.kind(ofMode: mode) else {
        throw malformed(path, "its mode is \(String(decoding: mode, as: UTF8.self))")
      }
      return Record(kind: kind, object: (tab - digits)..<tab, name: name, sharedTrees: shared)
    }
    return nil
  }

  private func position(of byte: UInt8, from start: Int, to end: Int? = nil) -> Int? {
    let span = bytes.span
    let end = end ?? span.count
    var index = start
    while index < end {
      if span[index] == byte { return index }
      index += 1
    }
    return nil
  }

  private func malformed(_ path: Range<Int>, _ cause: String) -> CommitTree.Malformed {
    CommitTree.Malformed(path: Array(bytes[path]), cause: cause)
  }

  /// Leaves the trees that `path` does not lie in, and returns where its name in the last one stands.
  private mutating func enter(_ path: Range<Int>, isTree: Bool) throws(CommitTree.Malformed) -> Range<Int> {
    while let tree = trees.last, !isBelow(path, tree) {
      if isTree, bytes[path].elementsEqual(bytes[tree]) { throw malformed(path, "it is there twice") }
      trees.removeLast()
    }
    let name = (path.lowerBound + (trees.last.map { $0.count + 1 } ?? 0))..<path.upperBound
    if name.count <= 2, bytes[name].allSatisfy({ $0 == UInt8(ascii: ".") }) {
      throw malformed(path, "its name stands for another directory")
    }
    if name.count > Self.nameLimit {
      throw malformed(path, "its name has more than \(Self.nameLimit) bytes")
    }
    if position(of: UInt8(ascii: "/"), from: name.lowerBound, to: name.upperBound) != nil {
      throw malformed(path, "its name contains a \"/\"")
    }
    return name
  }

  private func isBelow(_ path: Range<Int>, _ tree: Range<Int>) -> Bool {
    let span = bytes.span
    guard path.count > tree.count, span[path.lowerBound + tree.count] == UInt8(ascii: "/") else {
      return false
    }
    // The names differ at their ends, more often than not.
    var index = tree.count - 1
    while index >= 0 {
      if span[path.lowerBound + index] != span[tree.lowerBound + index] { return false }
      index -= 1
    }
    return true
  }

  private static func kind(ofMode mode: ArraySlice<UInt8>) -> CommitTree.Kind? {
    if mode.elementsEqual("100755".utf8) { return .executable }
    if mode.elementsEqual("120000".utf8) { return .link }
    if mode.elementsEqual("160000".utf8) { return .submodule }
    // Old repositories have 100664, too.
    return mode.starts(with: "100".utf8) ? .file : nil
  }
}
