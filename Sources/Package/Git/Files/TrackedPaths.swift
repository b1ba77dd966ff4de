// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// The paths that a repository tracks, in byte order: what git's index names.
package struct TrackedPaths: Sendable {
  private var names: [UInt8] = []
  /// Where each name ends in `names`, and whether it is another repository's commit (a submodule).
  private var ends: [Int] = []
  private var submodules: Set<Int> = []
  private let ignoringCase: Bool

  /// No paths; with `ignoringCase` capitals and small letters are the same.
  package init(ignoringCase: Bool) { self.ignoringCase = ignoringCase }

  package var count: Int { ends.count }

  /// Adds `name`, which comes after all that are there already (or once more: a conflict has up to three).
  package mutating func append(_ name: Span<UInt8>, isSubmodule: Bool) {
    if isSubmodule { submodules.insert(ends.count) }
    for index in name.indices { names.append(name[index]) }
    ends.append(names.count)
  }

  /// Ends the adding. Where case is ignored the paths are held in small letters and so must be sorted anew.
  package mutating func finish() {
    guard ignoringCase else { return }
    var folded: [(name: [UInt8], isSubmodule: Bool)] = ends.indices.map { index in
      (names[range(index)].map(Self.lowered), submodules.contains(index))
    }
    folded.sort { $0.name.lexicographicallyPrecedes($1.name) }
    self = TrackedPaths(ignoringCase: true)
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
    guard index < ends.count else { return false }
    let range = range(index)
    guard range.count > path.count + 1, names[range.lowerBound + path.count] == UInt8(ascii: "/") else {
      return false
    }
    for offset in path.indices where names[range.lowerBound + offset] != folded(path[offset]) { return false }
    return true
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
