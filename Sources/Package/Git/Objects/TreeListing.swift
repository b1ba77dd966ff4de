// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import SystemIO

/// Reads what `git ls-tree -r -t -z` prints, as it comes, one file after the other. Entries that git itself
/// never makes, and that no checkout could, are refused: they are meant to end up elsewhere.
struct TreeListing {
  /// A file, link or submodule.
  struct Record {
    let kind: CommitTree.Kind
    /// Where in `bytes` the name of its object stands, in hexadecimal digits.
    let object: Range<Int>
    /// Where its name in the last of its trees stands.
    let name: Range<Int>
    /// How many of the trees that hold it hold the record before it, too, the outermost first.
    let sharedTrees: Int
  }

  /// What a name has at the most where a file system counts 255 characters.
  private static let nameLimit = 255 * 4
  /// What a record has at the most: no system takes a path that is longer.
  private static let recordLimit = 1 << 20

  /// What has come and was not yet read when the last of it came.
  private(set) var bytes: [UInt8] = []
  private let digits: Int
  private var offset = 0
  /// The path of the tree that the last entry lies in.
  private var tree: [UInt8] = []
  /// Where in it the path of each tree ends that holds the last entry, the outermost first.
  private var ends: [Int] = []
  /// How many of them hold the last record, too.
  private var shared = 0

  init(digits: Int) { self.digits = digits }

  /// How many trees the last record lies in.
  var depth: Int { ends.count }

  /// The name of the tree that the last record lies in at `level`, 0 for the outermost.
  func nameOfTree(_ level: Int) -> ArraySlice<UInt8> {
    tree[(level == 0 ? 0 : ends[level - 1] + 1)..<ends[level]]
  }

  /// Takes more of what git prints. What the records before it refer to is gone.
  mutating func append(_ part: RawSpan) {
    bytes.removeSubrange(..<offset)
    offset = 0
    bytes.append(copying: part)
  }

  /// The next record; nil where the rest of it is still to come.
  mutating func next() throws(CommitTree.Malformed) -> Record? {
    while offset < bytes.count {
      // "100644 blob 0123… TAB path NUL"
      guard let end = position(of: 0, from: offset + digits + 12) else {
        if bytes.count - offset > Self.recordLimit { throw Self.noListing }
        break
      }
      guard let tab = tab(from: offset), tab < end else { throw Self.noListing }
      let (digits, path) = (offset..<(offset + 6), (tab + 1)..<end)
      let mode = octal(digits)
      offset = end + 1
      let name = try enter(path, isTree: mode == 0o040000)
      shared = min(shared, ends.count)
      if mode == 0o040000 {
        let known = ends.last ?? 0
        tree.replaceSubrange(known..., with: bytes[(path.lowerBound + known)..<path.upperBound])
        ends.append(tree.count)
        continue
      }
      guard let kind = mode.flatMap(Self.kind) else {
        throw malformed(path, "its mode is \(String(decoding: bytes[digits], as: UTF8.self))")
      }
      defer { shared = ends.count }
      return Record(kind: kind, object: (tab - self.digits)..<tab, name: name, sharedTrees: shared)
    }
    return nil
  }

  /// Sees to it that all has been read, at the end.
  func finish() throws(CommitTree.Malformed) {
    if offset < bytes.count { throw Self.noListing }
  }

  private static let noListing = CommitTree.Malformed(
    path: [], cause: "git ls-tree lists what no tree holds")

  /// Where the path of the entry at `offset` is set apart: behind a mode, a kind and an object's name.
  private func tab(from offset: Int) -> Int? {
    let tab = offset + digits + 12
    if tab < bytes.count, bytes[tab] == UInt8(ascii: "\t") { return tab }
    // "commit" is longer than "blob" and "tree".
    return tab + 2 < bytes.count && bytes[tab + 2] == UInt8(ascii: "\t") ? tab + 2 : nil
  }

  private func position(of byte: UInt8, from start: Int) -> Int? {
    let span = bytes.span
    var index = start
    while index < span.count {
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
    while let end = ends.last, !isBelow(path, end) {
      if isTree, bytes[path].elementsEqual(tree[..<end]) { throw malformed(path, "it is there twice") }
      ends.removeLast()
    }
    let name = (path.lowerBound + (ends.last.map { $0 + 1 } ?? 0))..<path.upperBound
    if let cause = Self.refusal(ofName: bytes.span.extracting(name)) { throw malformed(path, cause) }
    return name
  }

  /// Why no checkout could make an entry of this name; nil where one could.
  static func refusal(ofName name: Span<UInt8>) -> String? {
    var (isDots, holdsSlash) = (name.count <= 2, false)
    for index in name.indices {
      if name[index] != UInt8(ascii: ".") { isDots = false }
      if name[index] == UInt8(ascii: "/") { holdsSlash = true }
    }
    if isDots { return "its name stands for another directory" }
    if name.count > nameLimit { return "its name has more than \(nameLimit) bytes" }
    return holdsSlash ? "its name contains a \"/\"" : nil
  }

  /// Whether `path` is that of the tree whose path ends at `end`, a "/", and more.
  private func isBelow(_ path: Range<Int>, _ end: Int) -> Bool {
    let (span, tree) = (bytes.span, tree.span)
    guard path.count > end, span[path.lowerBound + end] == UInt8(ascii: "/") else { return false }
    // The names differ at their ends, more often than not.
    var index = end - 1
    while index >= 0 {
      if span[path.lowerBound + index] != tree[index] { return false }
      index -= 1
    }
    return true
  }

  private func octal(_ range: Range<Int>) -> UInt32? {
    let span = bytes.span
    var value: UInt32 = 0
    for index in range {
      guard (UInt8(ascii: "0")...UInt8(ascii: "7")).contains(span[index]) else { return nil }
      value = value << 3 | UInt32(span[index] - UInt8(ascii: "0"))
    }
    return value
  }

  /// What an entry of this mode is; nil where git makes no such entry.
  static func kind(ofMode mode: UInt32) -> CommitTree.Kind? {
    switch mode {
    case 0o100755: .executable
    case 0o120000: .link
    case 0o160000: .submodule
    // Old repositories have 100664, too.
    case 0o100000...0o100777: .file
    default: nil
    }
  }
}
