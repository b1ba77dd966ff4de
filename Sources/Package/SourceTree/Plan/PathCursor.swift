// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// The path of one entry of a plan after the other: what neighbours have in common is kept.
package struct PathCursor {
  /// The path of the entry that it stands at, relative to the project directory.
  package private(set) var path: [UInt8] = []
  /// The directory that the path's beginning belongs to; -2: none yet.
  private var parent: Int32 = -2
  private var parentCount = 0

  package init() {}

  /// Goes to the entry at `index` of `plan`; always the same plan.
  package mutating func move(to index: Int, in plan: Plan) {
    let entry = plan.entries[index]
    if entry.parent == parent {
      path.removeLast(path.count - parentCount)
    } else {
      parent = entry.parent
      if parent < 0 {
        path.removeAll(keepingCapacity: true)
      } else {
        plan.path(of: Int(parent), into: &path)
        path.append(UInt8(ascii: "/"))
      }
      parentCount = path.count
    }
    let range = entry.nameOffset..<(entry.nameOffset + Int(entry.nameCount))
    // SAFETY: read only, within the call. (A slice would be counted as a reference, for each entry.)
    unsafe plan.names.withUnsafeBufferPointer { unsafe path.append(contentsOf: $0.extracting(range)) }
  }
}
