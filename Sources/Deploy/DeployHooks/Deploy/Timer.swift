// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import SystemIO

/// Sets a cancellation flag when its time is over, unless it is stopped before.
final class Timer: Sendable {
  private let isStopped = CancellationFlag()

  init(
    milliseconds: Int, _ cancellation: CancellationFlag, _ onEnd: @escaping @Sendable () -> Void = {}
  ) {
    Threads.detach { [isStopped] in
      let end = ContinuousClock.now + .milliseconds(milliseconds)
      while ContinuousClock.now < end {
        if isStopped.isCancelled { return }
        Threads.pause(milliseconds: 5)
      }
      cancellation.cancel()
      onEnd()
    }
  }

  /// Stops the timer.
  func stop() { isStopped.cancel() }
}
