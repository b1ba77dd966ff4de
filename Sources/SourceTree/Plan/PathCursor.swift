// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

package import POSIX

/// The path of one entry of a plan after the other: what neighbours have in common is kept.
package struct PathCursor {
  /// The path of the entry that it stands at, relative to the pushed folder.
  package private(set) var path: [UInt8] = []
  /// The folder that the path's beginning belongs to; -2: none yet.
  private var parent: Int32 = -2
  private var parentCount = 0

  /// A cursor that stands nowhere yet.
  package init() {}

  /// Goes to the entry at `index` of `plan`; always the same plan.
  package mutating func move(to index: Int, in plan: Plan) {
    let entry = plan.entries[index]
    enterFolder(of: entry, in: plan)
    let range = entry.nameOffset..<(entry.nameOffset + Int(entry.nameCount))
    // SAFETY: read only, within the call. (A slice would be counted as a reference, for each entry.)
    unsafe plan.names.withUnsafeBufferPointer { unsafe path.append(contentsOf: $0.extracting(range)) }
  }

  /// Appends the path of the entry at `index` of `plan` to `output`, and does not stand at the entry then, but at its folder.
  package mutating func write(_ index: Int, of plan: Plan, to output: inout WriteBuffer) {
    let entry = plan.entries[index]
    enterFolder(of: entry, in: plan)
    output.append(path)
    output.append(
      plan.names.span.extracting(entry.nameOffset..<(entry.nameOffset + Int(entry.nameCount))))
  }

  /// Makes `path` that of the folder which `entry` lies in, with a "/" at its end.
  private mutating func enterFolder(of entry: Entry, in plan: Plan) {
    if entry.parent == parent {
      if path.count > parentCount { path.removeLast(path.count - parentCount) }
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
  }
}
