// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import SystemIO

/// Reads a tree, and all trees that it names, on several threads, ahead of what takes them: to decompress
/// them takes longer than to understand them. The thread that takes them reads too, where it would wait.
package final class TreesAhead: Sendable {
  /// When trees are read ahead, and how far.
  package struct Extent: Sendable {
    /// From how many objects in packs on, those of all commits: each thread costs as much as some dozen
    /// trees.
    package var threshold = 4096
    /// From how many bytes on a batch is handed over.
    package var batchSize = 1 << 16
    /// How many bytes wait, unless it is a single batch.
    package var waitingLimit = 1 << 20

    package init() {}
  }

  /// How many threads are started at the most: each has memory of its own.
  private static let helperLimit = 3

  private struct State {
    var shares: TreeShares
    /// Memory of batches that were taken.
    var spare: [TreeShares.Batch] = []
    /// Whether no more are wanted, or one can't be read.
    var isStopped = false
  }

  /// What a reader has in hand.
  struct Work {
    fileprivate var share: Int?
    fileprivate var batch = TreeShares.Batch()
  }

  /// What a reader does next.
  private enum Turn {
    case read(ObjectID, depth: Int)
    case take(TreeShares.Batch)
    case end
  }

  private let state: Monitor<State>
  private let batchSize: Int

  /// Begins to read `top` and what is below, on threads of `helpers`; nil where there are none.
  init?(
    of top: ObjectID, _ store: ObjectStore, _ git: Git, _ extent: Extent, _ helpers: inout HelperThreads
  ) {
    state = Monitor(State(shares: TreeShares(of: top, limit: extent.waitingLimit)))
    batchSize = extent.batchSize
    for _ in 0..<min(max(1, Threads.processorCount - 1), Self.helperLimit) {
      guard helpers.start({ [self] in help(store, git) }) else { break }
    }
    guard helpers.count > 0 else { return nil }
  }

  /// The next trees in place of `batch`; nil where there are no more, or one can't be read.
  ///
  /// - Parameter work: what this thread has in hand, between the calls.
  func next(
    after batch: consuming TreeShares.Batch, _ objects: inout ObjectReader, _ work: inout Work
  ) -> TreeShares.Batch? {
    batch.removeAll()
    let used = batch
    state.withLock { $0.spare.append(used) }
    while true {
      let turn = state.wait { state -> Turn? in
        if let taken = Self.take(&state) { return taken }
        if let turn = read(&state, &work), case .read = turn { return turn }
        // It may have handed over what is waited for.
        if let taken = Self.take(&state) { return taken }
        // The one whose share is waited for by now may go on, however much waits.
        self.state.wakeAll()
        return nil
      }
      state.wakeAll()
      switch turn {
      case .read(let id, let depth): read(id, depth, &objects, &work, isTaking: true)
      case .take(let batch): return batch
      case .end: return nil
      }
    }
  }

  private static func take(_ state: inout State) -> Turn? {
    if state.isStopped { return .end }
    return switch state.shares.take() {
    case .batch(let batch): .take(batch)
    case .nothing: nil
    case .end: .end
    }
  }

  /// Ends the threads.
  func stop() {
    state.withLock { $0.isStopped = true }
    state.wakeAll()
  }

  private func help(_ store: ObjectStore, _ git: Git) {
    // Without memory for it the others do it.
    guard var objects = ObjectReader(store) else { return }
    var work = Work()
    while true {
      if git.isCancelled { stop() }
      let turn = state.wait { read(&$0, &work) }
      state.wakeAll()
      guard case .read(let id, let depth) = turn else { return }
      read(id, depth, &objects, &work, isTaking: false)
    }
  }

  /// Which tree is read next with what `work` has in hand; nil where there is none for now.
  private func read(_ current: inout State, _ work: inout Work) -> Turn? {
    if current.isStopped { return .end }
    while current.shares.mayRead(work.share) {
      guard let share = work.share ?? current.shares.claim() else {
        return current.shares.hasEnded ? .end : nil
      }
      work.share = share
      if let (id, depth) = current.shares.next(of: share, &work.batch) { return .read(id, depth: depth) }
      // Its end was handed over: this thread may wait now, for the one that waits for just that.
      work.share = nil
      state.wakeAll()
    }
    return nil
  }

  private func read(
    _ id: ObjectID, _ depth: Int, _ objects: inout ObjectReader, _ work: inout Work, isTaking: Bool
  ) {
    guard let share = work.share, objects.read(id) == .tree else { return stop() }
    work.batch.bytes.append(copying: objects.object.span)
    work.batch.trees.append((id, work.batch.bytes.count))
    let trees = Self.trees(in: objects.bytes)
    state.withLock { state in
      state.shares.push(trees, depth: depth + 1, share)
      if work.batch.byteCount >= batchSize || isTaking && state.shares.isWaitedFor(share) {
        state.shares.put(&work.batch, share)
        if let spare = state.spare.popLast() { work.batch = spare }
      }
    }
    state.wakeAll()
  }

  /// The trees that the tree with the contents `bytes` seems to name: what it is, is judged by who takes it.
  private static func trees(in bytes: RawSpan) -> [ObjectID] {
    var trees: [ObjectID] = []
    var offset = 0
    while offset < bytes.byteCount {
      guard let (end, _) = TreeEntry.endOfName(bytes, from: offset, end: bytes.byteCount),
        bytes.byteCount - end > ObjectID.byteCount
      else { break }
      // Of all modes that of a tree alone begins so.
      if bytes.byte(at: offset) == UInt8(ascii: "4") { trees.append(ObjectID(bytes, at: end + 1)) }
      offset = end + 1 + ObjectID.byteCount
    }
    return trees
  }
}
