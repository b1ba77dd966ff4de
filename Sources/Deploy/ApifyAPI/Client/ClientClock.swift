// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// Time and chance, as the client meets them; tests bring their own.
package struct ClientClock: Sendable {
  /// The time on some monotonic clock.
  package var now: @Sendable () -> Duration
  /// Waits between attempts.
  package var pause: @Sendable (Duration) async throws -> Void
  /// Waits beside an attempt; when it returns, the attempt has timed out.
  package var timer: @Sendable (Duration) async throws -> Void
  /// A number in 0..<1.
  package var jitter: @Sendable () -> Double

  /// A clock of one's own.
  package init(
    now: @escaping @Sendable () -> Duration, pause: @escaping @Sendable (Duration) async throws -> Void,
    timer: @escaping @Sendable (Duration) async throws -> Void, jitter: @escaping @Sendable () -> Double
  ) {
    self.now = now
    self.pause = pause
    self.timer = timer
    self.jitter = jitter
  }

  /// The system's.
  package static let system: ClientClock = {
    let start = ContinuousClock.now
    return ClientClock(
      now: { start.duration(to: .now) },
      pause: { try await Task.sleep(for: $0) },
      timer: { try await Task.sleep(for: $0) },
      jitter: { Double.random(in: 0..<1) })
  }()
}

/// What `operation` returns, or nil where `timer` returned first; the operation is then cancelled and waited for.
func withTimer<Output: Sendable>(
  _ timer: @escaping @Sendable () async throws -> Void,
  _ operation: @escaping @Sendable () async throws -> Output
) async throws -> Output? {
  try await withThrowingTaskGroup(of: Output?.self) { group in
    group.addTask { try await operation() }
    group.addTask {
      try await timer()
      return nil
    }
    defer { group.cancelAll() }
    return try await group.next().flatMap { $0 }
  }
}
