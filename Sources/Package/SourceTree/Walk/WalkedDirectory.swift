// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import IgnoreRules
internal import Synchronization
internal import SystemIO

/// An open directory that several of its subdirectories may still need: closed when the last of them has been
/// opened.
final class DirectoryHandle: Sendable {
  /// How many are open: beyond a limit the subdirectories are opened by their paths instead.
  static let openCount = Atomic<Int>(0)
  static let openLimit = min(256, Descriptor.limit / 4)

  let descriptor: Descriptor

  init(_ descriptor: consuming Descriptor) {
    self.descriptor = descriptor
    Self.openCount.add(1, ordering: .relaxed)
  }

  deinit { Self.openCount.subtract(1, ordering: .relaxed) }
}

/// One directory of a walk. A single thread fills it at a time: who makes it, who scans it, and after the
/// walk who makes the plan.
final class WalkedDirectory: @unchecked Sendable {
  /// A directory or file in it that is in the package.
  struct Child {
    // In this order it is 32 bytes.
    var kind: Entry.Kind
    var format: Entry.Format?
    var isFlagged = false
    /// Whether a commit's file may be executed; false in a walk of a directory.
    var isExecutable = false
    /// Whether it is a directory that a symbolic link leads to.
    var isLinked = false
    var rule: Int32
    /// Where its name begins in the chunk's names.
    var nameOffset: Int32 = 0
    /// A directory's own contents, by index in `subdirectories`.
    var directory: Int32 = -1
    /// Which of a commit's objects it is; -1 in a walk of a directory.
    var object: Int32 = -1
    /// How many bytes its name has.
    var nameCount: UInt16 = 0
    var byteCount = -1
  }

  let parent: WalkedDirectory?
  /// Its path relative to the project directory; empty for that itself.
  let path: [UInt8]
  /// Where its last component begins in `path`.
  let basename: Int
  /// Where it really lies, if it is reached by a symbolic link.
  let linkedReal: [UInt8]?
  /// Whether a symbolic link leads to it or to a directory above it.
  let isLinked: Bool
  var context: DirectoryContext
  /// The open directory above, until this one is open.
  var parentHandle: DirectoryHandle?

  /// What is in it: `childCount` children of the chunk, from `firstChild` on.
  var chunk: WalkedChunk?
  var firstChild = 0
  var childCount = 0
  /// Those of them that are directories.
  var subdirectories: [WalkedDirectory] = []
  var excluded: [Plan.Excluded] = []
  /// Why it is out after all, where that showed only in it.
  var exclusion: Rule?

  /// Whether something in it, or below, is in the package: then it is too.
  private let filled = Atomic<Bool>(false)

  init(
    parent: WalkedDirectory?, path: [UInt8], basename: Int, linkedReal: [UInt8]? = nil,
    isLinked: Bool = false, context: DirectoryContext, parentHandle: DirectoryHandle?
  ) {
    self.parent = parent
    self.path = path
    self.basename = basename
    self.linkedReal = linkedReal
    self.isLinked = isLinked || linkedReal != nil || parent?.isLinked == true
    self.context = context
    self.parentHandle = parentHandle
  }

  /// Whether the package has an entry for it.
  var isIncluded: Bool { !context.isConditional || filled.load(ordering: .relaxed) }

  /// Notes that something in it is in the package, here and as far up as that is news.
  func noteFilled() {
    var directory: WalkedDirectory? = self
    while let current = directory, current.context.isConditional, !current.filled.load(ordering: .relaxed) {
      current.filled.store(true, ordering: .relaxed)
      directory = current.parent
    }
  }

  /// Leaves out the directory, which nothing was taken from, by `rule`; nil: it is not there any more.
  func leaveOut(by rule: Rule? = nil) {
    context.isConditional = true
    exclusion = rule
  }

  /// Whether `real`, a path without links, is where this directory or one above it really lies.
  func liesIn(_ real: [UInt8], root: [UInt8]) -> Bool {
    var directory: WalkedDirectory? = self
    while let current = directory {
      if current.realPath(root: root) == real { return true }
      directory = current.parent
    }
    return false
  }

  private func realPath(root: [UInt8]) -> [UInt8] {
    var directory: WalkedDirectory? = self
    while let current = directory {
      if let linkedReal = current.linkedReal {
        return Paths.join(linkedReal, Array(path.dropFirst(current.path.count + 1)))
      }
      directory = current.parent
    }
    return Paths.join(root, path)
  }
}
