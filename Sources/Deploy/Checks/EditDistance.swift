// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// Finds the name that was meant.
enum EditDistance {
  /// The one of `names` that is at most two edits, or a third of its length, away from `name`.
  static func nearest(to name: String, among names: [String]) -> String? {
    // No name is longer, and the time is the product of both lengths.
    guard name.utf8.count <= 64 else { return nil }
    let limit = max(1, min(2, name.utf8.count / 3))
    var best: (name: String, distance: Int)?
    for candidate in names {
      let distance = between(Array(name.lowercased().utf8), Array(candidate.lowercased().utf8))
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
