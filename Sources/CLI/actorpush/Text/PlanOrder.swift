// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import SourceTree

/// The order in which a listing shows the entries of a plan.
enum PlanOrder: String, CaseIterable, Sendable {
  /// By the bytes of the paths, as they are packaged.
  case name
  /// The largest first.
  case size

  /// All entries in a flat list: directories, which have no size of their own, behind the files.
  func indices(of plan: Plan) -> [Int] {
    let all = Array(plan.entries.indices)
    if self == .name { return all }
    return all.sorted { left, right in
      let (first, second) = (plan.entries[left].byteCount, plan.entries[right].byteCount)
      return first != second ? first > second : left < right
    }
  }

  /// The same entries as a tree: each with its depth, a directory before what it holds, as deep as `limit`.
  func tree(of plan: Plan, _ totals: PlanTotals, limit: Int?) -> [(index: Int, depth: Int)] {
    var children = plan.childrenByDirectory()
    if self == .size {
      for index in children.indices {
        children[index].sort { left, right in
          let (first, second) = (totals.bytes[left], totals.bytes[right])
          return first != second ? first > second : left < right
        }
      }
    }
    var found: [(index: Int, depth: Int)] = []
    var waiting = children[plan.entries.count].reversed().map { (index: $0, depth: 1) }
    while let next = waiting.popLast() {
      found.append(next)
      if limit.map({ next.depth >= $0 }) == true { continue }
      waiting += children[next.index].reversed().map { (index: $0, depth: next.depth + 1) }
    }
    return found
  }
}
