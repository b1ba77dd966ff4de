// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// When a request is tried again, as the official client does it.
package struct RetryPolicy: Hashable, Sendable {
  /// Attempts after the first one.
  package var maximumRetries = 8
  /// Of these, how many in a row go to a host that cannot be reached at all (refused, unknown). A mistyped address should
  /// not take minutes to say so; lower it for people who wait.
  package var maximumUnreachableRetries = 8
  /// The pause before the first retry; doubles each time.
  package var firstDelay: Duration = .milliseconds(500)
  /// No pause of ours is longer.
  package var longestDelay: Duration = .seconds(64)
  /// As much of a `Retry-After` as we believe.
  package var longestRetryAfter: Duration = .seconds(120)

  /// The official client's policy.
  package init() {}

  /// The pause before retry number `retry` (from 1): the doubled base, up to twice as long by `jitter` in 0..<1, and not
  /// shorter than what the server asks for, within bounds.
  package func delay(beforeRetry retry: Int, jitter: Double, retryAfter: Duration?) -> Duration {
    let doubled = firstDelay * (1 << Swift.min(Swift.max(retry - 1, 0), 30))
    let own = Swift.min(doubled, longestDelay) * (1 + Swift.min(Swift.max(jitter, 0), 1))
    guard let retryAfter else { return own }
    return Swift.max(own, Swift.min(retryAfter, longestRetryAfter))
  }

  static func isRetryable(status: Int) -> Bool { status == 429 || status >= 500 }
}
