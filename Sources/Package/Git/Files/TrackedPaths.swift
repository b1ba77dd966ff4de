// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import SystemIO

/// The paths that a repository tracks, in byte order: what git's index names.
package struct TrackedPaths: Sendable {
  private var names: [UInt8] = []
  /// Where each name ends in `names`, and whether it is another repository's commit (a submodule).
  private var ends: [Int] = []
  private var submodules: Set<Int> = []
  private let ignoringCase: Bool
  /// The paths that need not be in the work tree, as a sparse checkout leaves them out, each ended by a NUL.
  package internal(set) var skipped: [UInt8] = []
  /// The ignore files that a sparse checkout has left out. git reads them from the index.
  package internal(set) var missingIgnoreFiles: [MissingFile] = []

  /// A file that is in the index and not in the work tree.
  package struct MissingFile: Sendable {
    package let path: [UInt8]
    /// Its object's name, in hexadecimal digits.
    package let object: [UInt8]
  }

  /// No paths; with `ignoringCase` capitals and small letters are the same.
  package init(ignoringCase: Bool) { self.ignoringCase = ignoringCase }

  package var count: Int { ends.count }

  /// Adds `name`, which comes after all that are there already (or once more: a conflict has up to three).
  package mutating func append(_ name: Span<UInt8>, isSubmodule: Bool) {
    if isSubmodule { submodules.insert(ends.count) }
    names.append(copying: name)
    ends.append(names.count)
  }

  /// Makes room for `count` paths of `byteCount` bytes in all.
  mutating func reserve(_ count: Int, byteCount: Int) {
    ends.reserveCapacity(count)
    names.reserveCapacity(byteCount)
  }

  /// Ends the adding. Where case is ignored the paths are held in small letters and so must be sorted anew.
  package mutating func finish() {
    guard ignoringCase else { return }
    var folded: [(name: [UInt8], isSubmodule: Bool)] = ends.indices.map { index in
      (names[range(index)].map(Self.lowered), submodules.contains(index))
    }
    folded.sort { $0.name.lexicographicallyPrecedes($1.name) }
    ends = []
    names = []
    submodules = []
    for entry in folded { append(entry.name.span, isSubmodule: entry.isSubmodule) }
  }

  /// Whether `path` is tracked as a file or a link.
  package func containsFile(_ path: Span<UInt8>) -> Bool {
    let index = lowerBound(path, thenSlash: false)
    return index < ends.count && compare(index, path, thenSlash: false) == 0
  }

  /// Whether `path` is tracked as a submodule.
  package func containsSubmodule(_ path: Span<UInt8>) -> Bool {
    let index = lowerBound(path, thenSlash: false)
    return submodules.contains(index) && compare(index, path, thenSlash: false) == 0
  }

  /// Whether anything below the directory `path` is tracked.
  package func containsDirectory(_ path: Span<UInt8>) -> Bool {
    let index = lowerBound(path, thenSlash: true)
    return index < ends.count && isBelow(index, path)
  }

  /// Whether the name at `index` lies in the directory `path`.
  private func isBelow(_ index: Int, _ path: Span<UInt8>) -> Bool {
    let range = range(index)
    guard range.count > path.count + 1, names[range.lowerBound + path.count] == UInt8(ascii: "/") else {
      return false
    }
    for offset in path.indices where names[range.lowerBound + offset] != folded(path[offset]) { return false }
    return true
  }

  /// How many files are tracked below the directory `path`.
  package func count(below path: Span<UInt8>) -> Int {
    var index = lowerBound(path, thenSlash: true)
    let first = index
    while index < ends.count, isBelow(index, path) { index += 1 }
    return index - first
  }

  /// Whether `path` is that of an ignore file.
  static func isIgnoreFile(_ path: some Collection<UInt8>) -> Bool {
    let name = ".gitignore".utf8
    return path.count >= name.count && path.suffix(name.count).elementsEqual(name)
      && (path.count == name.count || path.dropLast(name.count).suffix(1).elementsEqual("/".utf8))
  }

  private func range(_ index: Int) -> Range<Int> { (index == 0 ? 0 : ends[index - 1])..<ends[index] }

  private func lowerBound(_ path: Span<UInt8>, thenSlash: Bool) -> Int {
    var low = 0
    var high = ends.count
    while low < high {
      let middle = (low + high) / 2
      if compare(middle, path, thenSlash: thenSlash) < 0 { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// Less than, equal to or greater than 0 as the name at `index` comes before, is, or comes after `path`
  /// (with a "/").
  private func compare(_ index: Int, _ path: Span<UInt8>, thenSlash: Bool) -> Int {
    let range = range(index)
    let count = path.count + (thenSlash ? 1 : 0)
    var offset = 0
    while offset < range.count, offset < count {
      let byte = offset < path.count ? folded(path[offset]) : UInt8(ascii: "/")
      let difference = Int(names[range.lowerBound + offset]) - Int(byte)
      if difference != 0 { return difference }
      offset += 1
    }
    return range.count - count
  }

  private func folded(_ byte: UInt8) -> UInt8 { ignoringCase ? Self.lowered(byte) : byte }

  private static func lowered(_ byte: UInt8) -> UInt8 { byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte }
}
