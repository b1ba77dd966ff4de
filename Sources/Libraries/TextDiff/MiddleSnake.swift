// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// Finds the lines that differ by dividing: a stretch of equal lines in the middle of a shortest way from one
/// text to the other splits the task in two (Myers, section 4b).
struct MiddleSnake {
  /// From how many differences on a way that is good enough will do: two large texts with nothing in common
  /// would take the square of their lines.
  private static let costLimit = 2000

  let old: [Int32]
  let new: [Int32]
  /// Lines of the old text that the new one lacks.
  private(set) var isRemoved: [Bool]
  /// Lines of the new text that the old one lacks.
  private(set) var isAdded: [Bool]
  private var forward: [Int] = []
  private var backward: [Int] = []

  init(old: [Int32], new: [Int32]) {
    self.old = old
    self.new = new
    isRemoved = Array(repeating: false, count: old.count)
    isAdded = Array(repeating: false, count: new.count)
    let size = 2 * (min(old.count + new.count, 2 * Self.costLimit) + 2) + 1
    forward = Array(repeating: 0, count: size)
    backward = forward
  }

  /// Marks what differs between these parts.
  mutating func compare(_ olds: Range<Int>, _ news: Range<Int>) {
    var tasks = [(olds, news)]
    while let (olds, news) = tasks.popLast() {
      var (a, b) = (olds, news)
      while let x = a.first, let y = b.first, old[x] == new[y] {
        a.removeFirst()
        b.removeFirst()
      }
      while let x = a.last, let y = b.last, old[x] == new[y] {
        a.removeLast()
        b.removeLast()
      }
      if a.isEmpty || b.isEmpty {
        for index in a { isRemoved[index] = true }
        for index in b { isAdded[index] = true }
        continue
      }
      let (x, y) = split(a, b)
      tasks.append((x..<a.upperBound, y..<b.upperBound))
      tasks.append((a.lowerBound..<x, b.lowerBound..<y))
    }
  }

  /// A point on a shortest way through `a` and `b`, which differ at both ends; neither is empty. Never a
  /// corner, so that both parts are smaller.
  private mutating func split(_ a: Range<Int>, _ b: Range<Int>) -> (Int, Int) {
    let (n, m) = (a.count, b.count)
    let delta = n - m
    let isOdd = delta & 1 != 0
    let limit = min((n + m + 1) / 2, Self.costLimit)
    let middle = forward.count / 2
    forward[middle + 1] = 0
    backward[middle + 1] = 0
    var best = (reach: -1, x: 0, y: 0)
    for d in 0...limit {
      for k in stride(from: -d, through: d, by: 2) {
        let fromAbove = k == -d || (k != d && forward[middle + k - 1] < forward[middle + k + 1])
        var x = fromAbove ? forward[middle + k + 1] : forward[middle + k - 1] + 1
        var y = x - k
        while x < n, y < m, x >= 0, y >= 0, old[a.lowerBound + x] == new[b.lowerBound + y] {
          x += 1
          y += 1
        }
        forward[middle + k] = x
        if x <= n, y <= m, x + y > best.reach { best = (x + y, x, y) }
        let mirrored = delta - k
        if isOdd, abs(mirrored) <= d - 1, x + backward[middle + mirrored] >= n {
          return (a.lowerBound + x, b.lowerBound + y)
        }
      }
      for k in stride(from: -d, through: d, by: 2) {
        let fromAbove = k == -d || (k != d && backward[middle + k - 1] < backward[middle + k + 1])
        var x = fromAbove ? backward[middle + k + 1] : backward[middle + k - 1] + 1
        var y = x - k
        while x < n, y < m, x >= 0, y >= 0, old[a.upperBound - 1 - x] == new[b.upperBound - 1 - y] {
          x += 1
          y += 1
        }
        backward[middle + k] = x
        let mirrored = delta - k
        if !isOdd, abs(mirrored) <= d, forward[middle + mirrored] + x >= n {
          return (a.upperBound - x, b.upperBound - y)
        }
      }
    }
    // Too far apart: on with the point that the way from the beginning has come furthest to.
    let (x, y) = best.reach <= 0 || best.reach >= n + m ? (n / 2, m / 2) : (best.x, best.y)
    return (a.lowerBound + x, b.lowerBound + y)
  }
}
