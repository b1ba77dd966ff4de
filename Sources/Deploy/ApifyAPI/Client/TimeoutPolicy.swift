// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// How long one attempt may take, answer included; an attempt after a failed one gets twice as long.
package struct TimeoutPolicy: Hashable, Sendable {
  /// To reach the host.
  package var connect: Duration = .seconds(10)
  /// For the first attempt with a small body.
  package var first: Duration = .seconds(30)
  /// However many attempts there have been.
  package var longest: Duration = .seconds(360)
  /// A body gets the time that it needs at this rate on top.
  package var bytesPerSecond = 64 * 1024

  /// Thirty seconds, up to six minutes.
  package init() {}

  /// The time for attempt number `attempt` (from 1).
  package func limit(attempt: Int, bodyLength: Int) -> Duration {
    let doubled = Swift.min(first * (1 << Swift.min(Swift.max(attempt - 1, 0), 20)), longest)
    return doubled + .seconds(bodyLength / Swift.max(bytesPerSecond, 1))
  }
}
