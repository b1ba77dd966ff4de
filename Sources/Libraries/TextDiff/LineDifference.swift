// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// Which lines of one text are not in another one, in their order: the fewest there can be (Myers, "An O(ND)
/// Difference Algorithm and Its Variations", 1986, in linear space), except where finding the fewest would
/// take too long.
package struct LineDifference: Sendable {
  /// Lines that are in the place of others; either can be none.
  package struct Change: Sendable, Equatable {
    /// In the old text.
    package var old: Range<Int>
    /// In the new one.
    package var new: Range<Int>
  }

  /// The changes, in the order of lines.
  package private(set) var changes: [Change] = []
  /// How many lines are only in the old text.
  package var removedCount: Int { changes.reduce(0) { $0 + $1.old.count } }
  /// How many lines are only in the new text.
  package var addedCount: Int { changes.reduce(0) { $0 + $1.new.count } }

  /// What leads from `old` to `new`.
  package init(from old: Lines, to new: Lines) {
    var numbers: [ArraySlice<UInt8>: Int32] = [:]
    numbers.reserveCapacity(old.count)
    func number(_ lines: Lines) -> [Int32] {
      (0..<lines.count).map { index in
        if let known = numbers[lines[index]] { return known }
        let fresh = Int32(numbers.count)
        numbers[lines[index]] = fresh
        return fresh
      }
    }
    var search = MiddleSnake(old: number(old), new: number(new))
    search.compare(0..<old.count, 0..<new.count)
    changes = Self.changes(search.isRemoved, search.isAdded, search.old, search.new)
  }

  /// Puts marked lines together into changes. A run of them that could as well lie further down is moved
  /// there, as git does: what was appended to a list then shows as appended.
  private static func changes(
    _ isRemoved: [Bool], _ isAdded: [Bool], _ old: [Int32], _ new: [Int32]
  ) -> [Change] {
    let removed = slidDown(isRemoved, old)
    let added = slidDown(isAdded, new)
    var changes: [Change] = []
    var (at, to) = (0, 0)
    while at < old.count || to < new.count {
      let (start, begin) = (at, to)
      while at < old.count, removed[at] { at += 1 }
      while to < new.count, added[to] { to += 1 }
      if at > start || to > begin {
        changes.append(Change(old: start..<at, new: begin..<to))
      } else {
        at += 1
        to += 1
      }
    }
    return changes
  }

  private static func slidDown(_ marks: [Bool], _ lines: [Int32]) -> [Bool] {
    var marks = marks
    var index = 0
    while index < marks.count {
      guard marks[index] else {
        index += 1
        continue
      }
      var start = index
      var end = index
      while end < marks.count, marks[end] { end += 1 }
      while end < marks.count, !marks[end], lines[start] == lines[end] {
        marks[start] = false
        marks[end] = true
        start += 1
        // It may have met the next run.
        while end < marks.count, marks[end] { end += 1 }
      }
      index = end
    }
    return marks
  }
}
