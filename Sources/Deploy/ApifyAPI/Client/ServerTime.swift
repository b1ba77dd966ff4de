// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Synchronization

/// What time it is at the platform, whose clock need not be ours: its last answer said so.
final class ServerTime: Sendable {
  private struct Reading: Sendable {
    /// What the platform said, in nanoseconds since 1970; its answers count in seconds.
    let server: Int
    /// When it said so, on the client's clock.
    let local: Duration
  }

  private let reading = Mutex<Reading?>(nil)

  /// Takes notice of the `Date` of an answer.
  func note(_ date: String?, at now: Duration) {
    guard let seconds = date.flatMap({ RetryAfter.seconds(ofHTTPDate: $0) }) else { return }
    reading.withLock { $0 = Reading(server: seconds * 1_000_000_000, local: now) }
  }

  /// The time at the platform; nil where it has never said.
  func now(_ local: Duration) -> Int? {
    reading.withLock { reading in
      reading.map { $0.server + Int((local - $0.local) / .nanoseconds(1)) }
    }
  }
}
