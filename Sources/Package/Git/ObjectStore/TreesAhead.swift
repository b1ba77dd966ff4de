// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import SystemIO

/// Reads a tree, and all trees that it names, ahead of what takes them, on a thread of its own: to decompress
/// them takes as long as to understand them.
final class TreesAhead: Sendable {
  /// Some trees, in the order in which they are taken.
  struct Batch: Sendable {
    /// Each tree, and where its bytes end.
    var trees: [(id: ObjectID, end: Int)] = []
    var bytes: [UInt8] = []

    /// How many bytes it takes.
    var byteCount: Int { bytes.count + 32 * trees.count }
  }

  /// From how many bytes on a batch is handed over.
  private static let batchSize = 1 << 16
  /// How many bytes wait, unless it is a single batch.
  private static let waitingLimit = 1 << 20

  private struct State {
    var batches: [Batch] = []
    var byteCount = 0
    /// Whether there are no more: all are read, or one can't be.
    var hasEnded = false
    /// Whether no more are wanted.
    var isStopped = false
  }

  private let state = Monitor(State())

  /// Begins to read `top` and what is below, on a thread of `helpers`; nil where there is none.
  init?(of top: ObjectID, _ store: ObjectStore, _ git: Git, _ helpers: inout HelperThreads) {
    guard helpers.start({ [self] in run(top, store, git) }) else { return nil }
  }

  /// The next trees; nil where there are no more.
  func next() -> Batch? {
    let batch = state.wait { state -> Batch?? in
      if let first = state.batches.first {
        state.batches.removeFirst()
        state.byteCount -= first.byteCount
        return first
      }
      return state.hasEnded ? .some(nil) : nil
    }
    state.wakeAll()
    return batch
  }

  /// Ends the thread.
  func stop() {
    state.withLock { $0.isStopped = true }
    state.wakeAll()
  }

  private var isStopped: Bool { state.withLock(\.isStopped) }

  private func run(_ top: ObjectID, _ store: ObjectStore, _ git: Git) {
    var batch = Batch()
    if var reader = ObjectReader(store) {
      // The last one is next.
      var waiting = [top]
      while let id = waiting.popLast(), !git.isCancelled, !isStopped, reader.read(id) == .tree {
        batch.bytes.append(copying: reader.object.span)
        batch.trees.append((id, batch.bytes.count))
        waiting += Self.trees(in: reader.bytes).reversed()
        if batch.byteCount >= Self.batchSize {
          guard put(batch) else { return }
          batch = Batch()
        }
      }
    }
    _ = put(batch)
    state.withLock { $0.hasEnded = true }
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

  /// Hands over `batch` once there is room for it; false where it is not wanted any more.
  private func put(_ batch: Batch) -> Bool {
    let isWanted = state.wait { state -> Bool? in
      if state.isStopped { return false }
      if state.byteCount > 0, state.byteCount + batch.byteCount > Self.waitingLimit { return nil }
      if !batch.trees.isEmpty {
        state.batches.append(batch)
        state.byteCount += batch.byteCount
      }
      return true
    }
    state.wakeAll()
    return isWanted
  }
}
