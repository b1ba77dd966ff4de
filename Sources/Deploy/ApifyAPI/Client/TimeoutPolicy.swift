// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// The time limits of an attempt, answer included; an attempt after a failed one gets twice as long.
package struct TimeoutPolicy: Hashable, Sendable {
  /// The limit for a connection.
  package var connect: Duration = .seconds(10)
  /// The limit of the first attempt with a small body.
  package var first: Duration = .seconds(30)
  /// The limit of later attempts with a small body.
  package var longest: Duration = .seconds(360)
  /// The limit for the next bytes of an answer that is read while it arrives.
  package var read: Duration = .seconds(30)
  /// The limit for the next line of a log that is followed; then it is asked for again.
  package var silence: Duration = .seconds(300)
  /// The rate at which the length of a body extends the limit.
  package var bytesPerSecond = 64 * 1024

  package init() {}

  /// The limit of attempt number `attempt` (from 1).
  package func limit(attempt: Int, bodyLength: Int) -> Duration {
    let doubled = Swift.min(first * (1 << Swift.min(Swift.max(attempt - 1, 0), 20)), longest)
    return doubled + .seconds(bodyLength / Swift.max(bytesPerSecond, 1))
  }
}
