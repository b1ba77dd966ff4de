// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Synchronization

/// Wakes the tasks that wait for a change.
package final class ChangeSignal: Sendable {
  private struct State {
    var next = 0
    var waiting: [Int: AsyncStream<Void>.Continuation] = [:]
  }

  private let state = Mutex(State())

  package init() {}

  /// Wakes all tasks that wait.
  package func notify() {
    let waiting = state.withLock { Array($0.waiting.values) }
    for continuation in waiting { continuation.yield() }
  }

  /// Returns an element for the changes from now on; several that were not read yet are one. It ends with the
  /// task that reads it.
  func changes() -> AsyncStream<Void> {
    let (stream, continuation) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
    let number = state.withLock { state in
      state.next += 1
      state.waiting[state.next] = continuation
      return state.next
    }
    continuation.onTermination = { [weak self] _ in
      self?.state.withLock { _ = $0.waiting.removeValue(forKey: number) }
    }
    return stream
  }

  /// Waits until `look` finds something, looking now and after each change. Returns nil if the task is
  /// cancelled before.
  package func wait<Outcome>(for look: () throws -> Outcome?) async rethrows -> Outcome? {
    let changes = changes()
    if let outcome = try look() { return outcome }
    for await _ in changes {
      if let outcome = try look() { return outcome }
    }
    return nil
  }
}
