// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Synchronization

/// The time of the platform's clock, which may differ from the local one; known from the last answer.
final class ServerTime: Sendable {
  private struct Reading: Sendable {
    /// The platform's time in nanoseconds since 1970, of a resolution of one second.
    let server: Int
    /// The client's time of the answer.
    let local: Duration
  }

  private let reading = Mutex<Reading?>(nil)

  /// Records the `Date` header of an answer.
  func note(_ date: String?, at now: Duration) {
    guard let seconds = date.flatMap({ RetryAfter.seconds(ofHTTPDate: $0) }) else { return }
    reading.withLock { $0 = Reading(server: seconds * 1_000_000_000, local: now) }
  }

  /// The platform's time in nanoseconds since 1970; nil before the first answer.
  func now(_ local: Duration) -> Int? {
    reading.withLock { reading in
      reading.map { $0.server + Int((local - $0.local) / .nanoseconds(1)) }
    }
  }
}
