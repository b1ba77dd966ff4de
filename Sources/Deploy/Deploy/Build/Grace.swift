// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Synchronization

/// How long a cancelled push waits for what it must not leave half-way: a Ctrl-C ends within a second.
enum Grace {
  /// For the answer that says which build, or run, was started.
  static let start = Duration.milliseconds(400)
  /// For the answer that says that it is aborted.
  static let abort = Duration.milliseconds(500)

  /// Runs `operation` in a task of its own, which the cancellation of this one does not reach. Once this one
  /// is cancelled it is waited for so long at most.
  ///
  /// - Returns: nil where that was not enough; the operation is cancelled then.
  static func run<Output: Sendable>(
    _ grace: Duration, _ operation: @escaping @Sendable () async -> Output
  ) async -> Output? {
    let first = FirstOutcome<Output>()
    let work = Task { first.offer(await operation()) }
    return await withTaskCancellationHandler {
      await first.wait()
    } onCancel: {
      Task {
        try? await Task.sleep(for: grace)
        if first.offer(nil) { work.cancel() }
      }
    }
  }
}

/// Takes the first outcome that is offered, and hands it to the one who waits.
private final class FirstOutcome<Output: Sendable>: Sendable {
  private enum State {
    case empty
    case awaited(CheckedContinuation<Output?, Never>)
    case offered(Output?)
  }

  private let state = Mutex(State.empty)

  /// Returns whether it is the first.
  @discardableResult
  func offer(_ outcome: Output?) -> Bool {
    let (isFirst, waiting) = state.withLock { state -> (Bool, CheckedContinuation<Output?, Never>?) in
      switch state {
      case .offered: return (false, nil)
      case .empty:
        state = .offered(outcome)
        return (true, nil)
      case .awaited(let continuation):
        state = .offered(outcome)
        return (true, continuation)
      }
    }
    waiting?.resume(returning: outcome)
    return isFirst
  }

  func wait() async -> Output? {
    await withCheckedContinuation { continuation in
      let known = state.withLock { state -> Output?? in
        if case .offered(let outcome) = state { return .some(outcome) }
        state = .awaited(continuation)
        return nil
      }
      if let known { continuation.resume(returning: known) }
    }
  }
}
