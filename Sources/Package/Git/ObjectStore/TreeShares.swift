// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// Which trees of a commit are still to be read, by which of several readers, and in which order what they
/// read is taken: that of git's listing.
///
/// Each reader has a share: trees that follow each other. One that is at its end takes the next ones from
/// another's share, of those that are the nearest to the top, as they have the most below them.
package struct TreeShares {
  /// Some trees, in the order in which they are taken.
  package struct Batch: Sendable {
    /// Each tree, and where its bytes end.
    package var trees: [(id: ObjectID, end: Int)] = []
    var bytes: [UInt8] = []

    package init() {}

    /// How many bytes it takes.
    package var byteCount: Int { bytes.count + 32 * trees.count }

    mutating func removeAll() {
      trees.removeAll(keepingCapacity: true)
      bytes.removeAll(keepingCapacity: true)
    }
  }

  /// What a share consists of, on the way to being read and on the way to being taken.
  private enum Pending {
    case tree(ObjectID, depth: Int)
    case share(Int)
  }

  private enum Item {
    case batch(Batch)
    case share(Int)
  }

  private struct Share {
    /// What is to be read, the next one last.
    var pending: [Pending]
    /// What was read, and was not taken.
    var items: [Item] = []
    var hasEnded = false
  }

  /// How many bytes wait to be taken, unless nothing else can be taken.
  private let limit: Int
  private var shares: [Share]
  /// Those that were taken to their end.
  private var free: [Int] = []
  /// The shares of which a part is taken, the innermost last.
  private var path = [0]
  private var byteCount = 0
  private var isBegun = false

  /// The tree `top` and what is below.
  package init(of top: ObjectID, limit: Int) {
    self.limit = limit
    shares = [Share(pending: [.tree(top, depth: 0)])]
  }

  /// What is taken next.
  package enum Taken {
    case batch(Batch)
    /// It is not read yet.
    case nothing
    /// All was taken.
    case end
  }

  package mutating func take() -> Taken {
    while let share = path.last {
      guard shares[share].items.isEmpty else {
        switch shares[share].items.removeFirst() {
        case .batch(let batch):
          byteCount -= batch.byteCount
          return .batch(batch)
        case .share(let inner): path.append(inner)
        }
        continue
      }
      guard shares[share].hasEnded else { return .nothing }
      free.append(path.removeLast())
    }
    return .end
  }

  /// Whether the reader of `share` may go on, or with nil take a share: only so much waits to be taken.
  package func mayRead(_ share: Int?) -> Bool {
    guard byteCount >= limit else { return true }
    return share.map { isWaitedFor($0) } ?? false
  }

  /// Whether what `share` has next is taken next.
  package func isWaitedFor(_ share: Int) -> Bool { path.last == share && shares[share].items.isEmpty }

  /// A share for a reader that has none; nil where there is nothing to be read, now or at all.
  package mutating func claim() -> Int? {
    guard isBegun else {
      isBegun = true
      return 0
    }
    for share in path.reversed() {
      if let claimed = split(share) { return claimed }
    }
    for share in shares.indices {
      if let claimed = split(share) { return claimed }
    }
    return nil
  }

  /// Makes a share of the next half of those trees of `share` that are the nearest to the top.
  private mutating func split(_ share: Int) -> Int? {
    let pending = shares[share].pending
    var depth: Int?
    var (first, end) = (0, 0)
    for (index, entry) in pending.enumerated() {
      guard case .tree(_, let own) = entry, own == depth ?? own else {
        if depth != nil { break }
        continue
      }
      if depth == nil { (depth, first) = (own, index) }
      end = index + 1
    }
    guard depth != nil else { return nil }
    let taken = (end - (end - first + 1) / 2)..<end
    let new = free.popLast() ?? shares.count
    if new == shares.count { shares.append(Share(pending: [])) }
    shares[new] = Share(pending: Array(pending[taken]))
    shares[share].pending.replaceSubrange(taken, with: CollectionOfOne(.share(new)))
    return new
  }

  /// The next tree of `share`, and how deep it lies; nil at its end. `batch` is what was read of it, and is
  /// handed over where something else follows.
  package mutating func next(of share: Int, _ batch: inout Batch) -> (id: ObjectID, depth: Int)? {
    while let entry = shares[share].pending.popLast() {
      switch entry {
      case .tree(let id, let depth): return (id, depth)
      case .share(let inner):
        put(&batch, share)
        shares[share].items.append(.share(inner))
      }
    }
    put(&batch, share)
    shares[share].hasEnded = true
    return nil
  }

  /// Adds `trees`, which lie `depth` deep, to what is read next for `share`.
  package mutating func push(_ trees: [ObjectID], depth: Int, _ share: Int) {
    for id in trees.reversed() { shares[share].pending.append(.tree(id, depth: depth)) }
  }

  /// Hands over what was read for `share`, and empties `batch`.
  package mutating func put(_ batch: inout Batch, _ share: Int) {
    guard !batch.trees.isEmpty else { return }
    byteCount += batch.byteCount
    shares[share].items.append(.batch(batch))
    batch = Batch()
  }

  /// Whether all is read.
  package var hasEnded: Bool { isBegun && shares.allSatisfy(\.hasEnded) }
}
