// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// The client's source of time and randomness; tests replace it.
package struct ClientClock: Sendable {
  /// The time of a monotonic clock.
  package var now: @Sendable () -> Duration
  /// Waits between attempts.
  package var pause: @Sendable (Duration) async throws -> Void
  /// Runs beside an attempt, or a read; when it returns first, that has timed out.
  package var timer: @Sendable (Duration) async throws -> Void
  /// A random number in 0..<1.
  package var jitter: @Sendable () -> Double

  package init(
    now: @escaping @Sendable () -> Duration, pause: @escaping @Sendable (Duration) async throws -> Void,
    timer: @escaping @Sendable (Duration) async throws -> Void, jitter: @escaping @Sendable () -> Double
  ) {
    self.now = now
    self.pause = pause
    self.timer = timer
    self.jitter = jitter
  }

  /// The clock of the system.
  package static let system: ClientClock = {
    let start = ContinuousClock.now
    return ClientClock(
      now: { start.duration(to: .now) },
      pause: { try await Task.sleep(for: $0) },
      timer: { try await Task.sleep(for: $0) },
      jitter: { Double.random(in: 0..<1) })
  }()
}

/// Returns what `operation` returns unless `timer` returns first; the operation is then cancelled and waited
/// for.
///
/// - Throws: `TimedOut`, and what either of them throws.
func withTimer<Output: Sendable>(
  _ timer: @escaping @Sendable () async throws -> Void,
  _ operation: @escaping @Sendable () async throws -> Output
) async throws -> Output {
  try await withThrowingTaskGroup(of: Output?.self) { group in
    group.addTask { try await operation() }
    group.addTask {
      try await timer()
      return nil
    }
    defer { group.cancelAll() }
    guard let first = try await group.next(), let output = first else { throw TimedOut() }
    return output
  }
}

/// Thrown where a time limit has passed.
struct TimedOut: Error {}
