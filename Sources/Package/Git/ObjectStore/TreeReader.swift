// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import SystemIO

extension CommitTree {
  /// What the directory `path` of the commit `commit`, a name in hexadecimal digits, holds, read without git:
  /// the same as is read from git's listing. nil where git must be asked, with all that is odd, and with all
  /// that is refused: git's listing then says which entry.
  ///
  /// - Parameter ahead: when, and how far, other threads read ahead.
  package init?(
    of commit: Substring, _ path: [UInt8], _ git: Git, ahead: TreesAhead.Extent = TreesAhead.Extent()
  ) {
    guard let store = git.objectStore, let id = ObjectID(digits: Array(commit.utf8)[...]),
      let objects = ObjectReader(store)
    else { return nil }
    var reader = TreeReader(objects, git, ahead)
    guard let tree = reader.read(commit: id, path) else { return nil }
    self = tree
  }
}

/// Reads trees, and all trees that they name.
private struct TreeReader: ~Copyable {
  /// Where git must be asked how deep is too deep (`core.maxTreeDepth`).
  private static let depthLimit = 1024
  private static let stackLimit = 1 << 26

  /// A tree of which a part is read.
  private struct Level {
    /// Where it begins and ends in the stack.
    let start: Int
    let end: Int
    /// Where its next entry begins.
    var next: Int
    /// Its name, in the stack.
    let name: Range<Int>
    /// How long its path is, with a "/" behind it.
    let pathCount: Int
    /// What it is in the listing; nil where nothing of it is there yet: a tree that holds nothing is no
    /// directory.
    var node: Int32?
    var last: TreeEntry?
  }

  private var objects: ObjectReader
  private let git: Git
  private let extent: TreesAhead.Extent
  /// Where the trees come from; nil where each is read when it is wanted.
  private var ahead: TreesAhead?
  private var batch = TreeShares.Batch()
  private var work = TreesAhead.Work()
  /// How many trees of the batch are taken.
  private var taken = 0
  /// The trees that are read, each behind the one that names it.
  private var stack = WriteBuffer(capacity: 1 << 16)
  private var levels: [Level] = []
  /// What git would have printed.
  private var printed = 0

  init(_ objects: consuming ObjectReader, _ git: Git, _ extent: TreesAhead.Extent) {
    self.objects = objects
    self.git = git
    self.extent = extent
  }

  mutating func read(commit: ObjectID, _ path: [UInt8]) -> CommitTree? {
    guard objects.read(commit) == .commit, let top = CommitObject(objects.bytes)?.tree,
      let directory = find(path, from: top)
    else { return nil }
    var tree = CommitTree(digits: 2 * ObjectID.byteCount)
    let packed = objects.store.packedCount
    // Memory that is not used is not taken from the system.
    tree.reserve(min(packed, 1 << 18))
    var helpers = HelperThreads()
    if packed >= extent.threshold {
      ahead = TreesAhead(of: directory, objects.store, git, extent, &helpers)
    }
    let isRead = read(directory, into: &tree)
    ahead?.stop()
    helpers.joinAll()
    return isRead ? tree : nil
  }

  private mutating func read(_ directory: ObjectID, into tree: inout CommitTree) -> Bool {
    guard push(directory, name: 0..<0, pathCount: 0) else { return false }
    levels[0].node = 0
    do throws(CommitTree.Malformed) {
      while let level = levels.last {
        guard try step(&tree, level) else { return false }
      }
      try tree.finish()
      return true
    } catch {
      return false
    }
  }

  /// Takes what the innermost tree, `level`, has left, up to the next tree in it; false where git must be
  /// asked.
  private mutating func step(_ tree: inout CommitTree, _ level: Level) throws(CommitTree.Malformed) -> Bool {
    var (next, last, node) = (level.next, level.last, level.node)
    while next < level.end {
      guard let entry = TreeEntry(stack.span, at: next, end: level.end) else { return false }
      if let last, !last.isBefore(entry, stack.span) { return false }
      (next, last) = (entry.end, entry)
      // "100644 blob 0123… TAB path NUL"
      printed += level.pathCount + entry.name.count + 54
      guard printed <= Git.outputLimit else { return false }
      guard let kind = entry.kind else {
        (levels[levels.count - 1].next, levels[levels.count - 1].last) = (next, last)
        return push(entry.id, name: entry.name, pathCount: level.pathCount + entry.name.count + 1)
      }
      let parent = node ?? place(&tree)
      node = parent
      try tree.append(stack.span.extracting(entry.name), kind, entry.id, in: parent)
    }
    stack.truncate(to: level.start)
    levels.removeLast()
    return true
  }

  /// Puts the trees that are being read into the listing, and returns the innermost.
  private mutating func place(_ tree: inout CommitTree) -> Int32 {
    var parent: Int32 = 0
    for index in levels.indices {
      let node =
        levels[index].node ?? tree.appendDirectory(stack.span.extracting(levels[index].name), in: parent)
      levels[index].node = node
      parent = node
    }
    return parent
  }

  /// Begins the tree `id`; false where git must be asked for it.
  private mutating func push(_ id: ObjectID, name: Range<Int>, pathCount: Int) -> Bool {
    guard levels.count < Self.depthLimit, !git.isCancelled else { return false }
    let start = stack.count
    guard take(id), stack.count <= Self.stackLimit else { return false }
    levels.append(
      Level(
        start: start, end: stack.count, next: start, name: name, pathCount: pathCount, node: nil, last: nil))
    return true
  }

  /// Puts the bytes of the tree `id` onto the stack; false where git must be asked for it.
  private mutating func take(_ id: ObjectID) -> Bool {
    guard let ahead else {
      guard objects.read(id) == .tree else { return false }
      objects.append(to: &stack)
      return true
    }
    if taken == batch.trees.count {
      var used = TreeShares.Batch()
      swap(&used, &batch)
      guard let next = ahead.next(after: used, &objects, &work) else { return false }
      (batch, taken) = (next, 0)
    }
    let start = taken == 0 ? 0 : batch.trees[taken - 1].end
    let (next, end) = batch.trees[taken]
    guard next == id else { return false }
    let bytes = batch.bytes
    stack.append(bytes.span.extracting(start..<end))
    taken += 1
    return true
  }

  /// The tree at `path` in the tree `top`; nil where git must be asked.
  private mutating func find(_ path: [UInt8], from top: ObjectID) -> ObjectID? {
    var current = top
    if path.isEmpty { return current }
    for component in path.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false) {
      guard TreeListing.refusal(ofName: component.span) == nil, objects.read(current) == .tree,
        let next = Self.child(component.span, in: objects.object.span)
      else { return nil }
      current = next
    }
    return current
  }

  /// The tree `name` in the tree with the contents `bytes`; nil where it is not there, once.
  private static func child(_ name: Span<UInt8>, in bytes: Span<UInt8>) -> ObjectID? {
    var found: TreeEntry?
    var offset = 0
    while offset < bytes.count {
      guard let entry = TreeEntry(bytes, at: offset, end: bytes.count) else { return nil }
      offset = entry.end
      guard isSame(bytes.extracting(entry.name), name) else { continue }
      if found != nil { return nil }
      found = entry
    }
    return found.flatMap { $0.isTree ? $0.id : nil }
  }

  private static func isSame(_ one: Span<UInt8>, _ other: Span<UInt8>) -> Bool {
    guard one.count == other.count else { return false }
    for index in one.indices where one[index] != other[index] { return false }
    return true
  }
}
