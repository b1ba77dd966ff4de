// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// Finds the name that was meant.
package enum EditDistance {
  /// The nearest of `names` that is at most two edits, and a third of its length, away from `name`.
  package static func nearest(to name: String, among names: [String]) -> String? {
    let limit = min(2, name.utf8.count / 3)
    // No name is longer, and the time is the product of both lengths.
    guard limit > 0, name.utf8.count <= 64 else { return nil }
    let wanted = Array(name.lowercased().utf8)
    var best: (name: String, distance: Int)?
    for candidate in names where abs(candidate.utf8.count - name.utf8.count) <= limit {
      let distance = between(wanted, Array(candidate.lowercased().utf8))
      if distance <= limit, distance < best?.distance ?? .max { best = (candidate, distance) }
    }
    return best?.name
  }

  /// How many bytes must be inserted, removed, replaced or exchanged with their neighbour (Damerau).
  static func between(_ left: [UInt8], _ right: [UInt8]) -> Int {
    var before: [Int] = []
    var last = Array(0...right.count)
    for row in 0..<left.count {
      var current = [row + 1]
      current.reserveCapacity(right.count + 1)
      for column in 0..<right.count {
        var cost = min(last[column + 1], current[column]) + 1
        cost = min(cost, last[column] + (left[row] == right[column] ? 0 : 1))
        if row > 0, column > 0, left[row] == right[column - 1], left[row - 1] == right[column] {
          cost = min(cost, before[column - 1] + 1)
        }
        current.append(cost)
      }
      before = last
      last = current
    }
    return last[right.count]
  }
}
