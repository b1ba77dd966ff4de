// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import Git
import SystemIO
import TestSupport
import Testing

/// Readers that take turns by chance, and what is taken of what they read.
@Suite("The shares of trees that are read at once")
struct TreeSharesTests {
  /// A tree of trees: the children of each, by its number.
  private struct Forest {
    var children: [[Int]] = [[]]

    init(_ count: Int, wide: Bool, _ generator: inout SeededGenerator) {
      for number in 1..<count {
        let parent =
          wide ? Int.random(in: 0..<min(number, 3), using: &generator) : generator.pick(Array(0..<number))
        children.append([])
        children[parent].append(number)
      }
    }

    /// All numbers as git lists them.
    var inOrder: [Int] {
      var (order, waiting): ([Int], [Int]) = ([], [0])
      while let number = waiting.popLast() {
        order.append(number)
        waiting += children[number].reversed()
      }
      return order
    }
  }

  private struct Reader {
    var share: Int?
    var batch = TreeShares.Batch()
  }

  private static func id(_ number: Int) throws -> ObjectID {
    let digits = String(number, radix: 16)
    return try #require(
      ObjectID(digits: Array((String(repeating: "0", count: 40 - digits.count) + digits).utf8)[...]))
  }

  @Test(
    "are taken in the order of git's listing, whoever reads what, and only so much waits",
    arguments: 0..<60)
  func order(_ seed: Int) throws {
    var generator = SeededGenerator(seed)
    let forest = Forest(Int.random(in: 1...400, using: &generator), wide: generator.chance(30), &generator)
    let ids = try forest.children.indices.map(Self.id)
    let number = Dictionary(uniqueKeysWithValues: zip(ids, ids.indices))
    let limit = Int.random(in: 1...2000, using: &generator)
    var shares = TreeShares(of: ids[0], limit: limit)
    var readers = Array(repeating: Reader(), count: Int.random(in: 1...4, using: &generator))
    var (taken, waiting, highest, idle): ([Int], Int, Int, Int) = ([], 0, 0, 0)
    var hasEnded = false
    while !hasEnded, idle < 10_000 {
      idle += 1
      if generator.chance(20) {
        switch shares.take() {
        case .batch(let batch):
          taken += try batch.trees.map { try #require(number[$0.id]) }
          waiting -= batch.byteCount
          idle = 0
        case .nothing: break
        case .end: hasEnded = true
        }
        continue
      }
      let index = readers.indices.randomElement(using: &generator) ?? 0
      guard shares.mayRead(readers[index].share), let share = readers[index].share ?? shares.claim() else {
        continue
      }
      idle = 0
      readers[index].share = share
      let before = readers[index].batch.byteCount
      guard let (id, depth) = shares.next(of: share, &readers[index].batch) else {
        readers[index].share = nil
        waiting += before
        continue
      }
      if readers[index].batch.trees.isEmpty { waiting += before }
      let tree = try #require(number[id])
      readers[index].batch.trees.append((id, 0))
      shares.push(forest.children[tree].map { ids[$0] }, depth: depth + 1, share)
      if readers[index].batch.trees.count >= 4 || shares.isWaitedFor(share) {
        waiting += readers[index].batch.byteCount
        shares.put(&readers[index].batch, share)
      }
      highest = max(highest, waiting)
    }
    #expect(hasEnded && shares.hasEnded)
    #expect(taken == forest.inOrder)
    // What a reader has in hand comes on top.
    #expect(highest <= limit + readers.count * 4 * 32)
  }

  @Test("are made of those trees that are the nearest to the top, the next half of them")
  func halves() throws {
    let ids = try (0..<10).map(Self.id)
    var shares = TreeShares(of: ids[0], limit: 1 << 20)
    let first = try #require(share(of: &shares))
    #expect(next(of: first, &shares) == ids[0])
    #expect(share(of: &shares) == nil)
    shares.push(Array(ids[1...4]), depth: 1, first)
    #expect(next(of: first, &shares) == ids[1])
    shares.push(Array(ids[5...6]), depth: 2, first)
    let second = try #require(share(of: &shares))
    #expect(next(of: second, &shares) == ids[2])
    #expect(next(of: second, &shares) == ids[3])
    #expect(next(of: second, &shares) == nil)
    #expect(next(of: first, &shares) == ids[5])
  }

  private func share(of shares: inout TreeShares) -> Int? { shares.claim() }

  private func next(of share: Int, _ shares: inout TreeShares) -> ObjectID? {
    var batch = TreeShares.Batch()
    return shares.next(of: share, &batch)?.id
  }
}
