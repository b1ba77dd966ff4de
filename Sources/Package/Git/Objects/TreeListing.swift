// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// Reads what `git ls-tree -r -t -z` prints, one file after the other. Entries that git itself never makes,
/// and that no checkout could, are refused: they are meant to end up elsewhere.
struct TreeListing {
  /// A file, link or submodule.
  struct Record {
    let kind: CommitTree.Kind
    /// The name of its object, in hexadecimal digits.
    let object: ArraySlice<UInt8>
    let path: ArraySlice<UInt8>
  }

  /// What a name has at the most where a file system counts 255 characters.
  private static let nameLimit = 255 * 4

  private let bytes: [UInt8]
  private let digits: Int
  private var offset = 0
  /// The trees that the last entry lies in, the outermost first.
  private var trees: [ArraySlice<UInt8>] = []

  init(_ bytes: [UInt8], digits: Int) {
    self.bytes = bytes
    self.digits = digits
  }

  /// The next record; nil at the end.
  mutating func next() throws(CommitTree.Malformed) -> Record? {
    while offset < bytes.count {
      // "100644 blob 0123… TAB path NUL"
      guard let tab = bytes[offset...].firstIndex(of: UInt8(ascii: "\t")),
        let end = bytes[tab...].firstIndex(of: 0), tab - offset > digits + 8
      else { throw CommitTree.Malformed(path: [], cause: "git ls-tree lists what no tree holds") }
      let (mode, path) = (bytes[offset..<(offset + 6)], bytes[(tab + 1)..<end])
      offset = end + 1
      let isTree = mode.elementsEqual("040000".utf8)
      try enter(path, isTree: isTree)
      if isTree { continue }
      guard let kind = Self.kind(ofMode: mode) else {
        let shown = String(decoding: mode, as: UTF8.self)
        throw CommitTree.Malformed(path: Array(path), cause: "its mode is \(shown)")
      }
      return Record(kind: kind, object: bytes[(tab - digits)..<tab], path: path)
    }
    return nil
  }

  /// Leaves the trees that `path` does not lie in, and checks its name in the last one.
  private mutating func enter(_ path: ArraySlice<UInt8>, isTree: Bool) throws(CommitTree.Malformed) {
    while let tree = trees.last, !Self.isBelow(path, tree) {
      if isTree, path.elementsEqual(tree) {
        throw CommitTree.Malformed(path: Array(path), cause: "it is there twice")
      }
      trees.removeLast()
    }
    let name = trees.last.map { path.dropFirst($0.count + 1) } ?? path
    if name.isEmpty || name.elementsEqual(".".utf8) || name.elementsEqual("..".utf8) {
      throw CommitTree.Malformed(path: Array(path), cause: "its name stands for another directory")
    }
    if name.count > Self.nameLimit {
      throw CommitTree.Malformed(path: Array(path), cause: "its name has more than \(Self.nameLimit) bytes")
    }
    if name.contains(UInt8(ascii: "/")) {
      throw CommitTree.Malformed(path: Array(path), cause: "its name contains a \"/\"")
    }
    if isTree { trees.append(path) }
  }

  private static func isBelow(_ path: ArraySlice<UInt8>, _ tree: ArraySlice<UInt8>) -> Bool {
    path.count > tree.count && path[path.startIndex + tree.count] == UInt8(ascii: "/")
      && path.prefix(tree.count).elementsEqual(tree)
  }

  private static func kind(ofMode mode: ArraySlice<UInt8>) -> CommitTree.Kind? {
    if mode.elementsEqual("100755".utf8) { return .executable }
    if mode.elementsEqual("120000".utf8) { return .link }
    if mode.elementsEqual("160000".utf8) { return .submodule }
    // Old repositories have 100664, too.
    return mode.starts(with: "100".utf8) ? .file : nil
  }
}
