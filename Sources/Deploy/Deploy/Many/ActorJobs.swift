// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// Does the same with several Actors, a few at a time.
package struct ActorJobs: Sendable {
  /// How many are at work at a time, unless a caller says otherwise.
  package static let usualCount = 4

  /// How many are at work at a time.
  package var atATime = usualCount
  /// Whether none is begun after one that has failed.
  package var failsFast = false

  /// A few at a time, whatever becomes of the others.
  package init() {}

  /// Does `body` with each of `actors`, and returns what came of it in their order; nil for those that were
  /// not begun, because another one had failed, or the task was cancelled.
  ///
  /// - Parameters:
  ///   - hasFailed: whether what came of one is a failure.
  package func run<Value: Sendable>(
    _ actors: [FoundActor], hasFailed: @Sendable (Value) -> Bool,
    _ body: @escaping @Sendable (FoundActor) async -> Value
  ) async -> [Value?] {
    var results = [Value?](repeating: nil, count: actors.count)
    await withTaskGroup(of: (Int, Value).self) { group in
      var next = 0
      var isStopped = false
      func begin() {
        guard next < actors.count, !isStopped, !Task.isCancelled else { return }
        let (index, actor) = (next, actors[next])
        next += 1
        group.addTask { (index, await body(actor)) }
      }
      for _ in 0..<max(1, atATime) { begin() }
      while let (index, value) = await group.next() {
        results[index] = value
        if failsFast, hasFailed(value) { isStopped = true }
        begin()
      }
    }
    return results
  }
}
