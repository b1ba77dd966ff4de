// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// How much lies in each directory of a plan whose formats are known, with all that is below.
package struct PlanTotals: Sendable {
  /// By the entries' indices: a file's own bytes, or those of all files below a directory.
  package private(set) var bytes: [Int]
  /// The number of files: 1 for a file.
  package private(set) var files: [Int]
  /// The same of the whole plan.
  package private(set) var allBytes = 0
  package private(set) var allFiles = 0

  package init(_ plan: Plan) {
    bytes = plan.entries.map { max(0, $0.byteCount) }
    files = plan.entries.map { $0.isDirectory ? 0 : 1 }
    // A directory comes before what it holds.
    for index in plan.entries.indices.reversed() {
      let parent = Int(plan.entries[index].parent)
      if parent >= 0 {
        bytes[parent] += bytes[index]
        files[parent] += files[index]
      } else {
        allBytes += bytes[index]
        allFiles += files[index]
      }
    }
  }
}

extension Plan {
  /// The last component of the name of the entry at `index`.
  package func name(of index: Int) -> ArraySlice<UInt8> {
    let entry = entries[index]
    return names[entry.nameOffset..<(entry.nameOffset + Int(entry.nameCount))]
  }

  /// The entries that each directory holds itself, in byte order, by the directories' indices; those at the
  /// top behind the last of them.
  package func childrenByDirectory() -> [[Int]] {
    var children = Array(repeating: [Int](), count: entries.count + 1)
    for index in entries.indices {
      let parent = Int(entries[index].parent)
      children[parent < 0 ? entries.count : parent].append(index)
    }
    return children
  }
}
