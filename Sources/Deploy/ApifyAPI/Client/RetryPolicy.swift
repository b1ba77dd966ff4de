// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// When a request is repeated, and after which pause; as in the official client.
package struct RetryPolicy: Hashable, Sendable {
  /// The number of attempts after the first one.
  package var maximumRetries = 8
  /// The number of those in a row to a host that cannot be reached at all (refused, unknown). A lower number
  /// reports a mistyped address earlier.
  package var maximumUnreachableRetries = 8
  /// The pause before the first retry; it doubles each time.
  package var firstDelay: Duration = .milliseconds(500)
  /// The longest pause, before jitter.
  package var longestDelay: Duration = .seconds(64)
  /// The longest `Retry-After` that is honoured.
  package var longestRetryAfter: Duration = .seconds(120)
  /// The longest sum of the pauses of one call: a server that asks for the longest one each time does not
  /// hold the call up without end.
  package var longestTotalDelay: Duration = .seconds(300)

  package init() {}

  /// The pause before retry number `retry` (from 1): the doubled first delay, up to twice as long by `jitter`
  /// in 0..<1, and not shorter than `retryAfter`, within the limits.
  package func delay(beforeRetry retry: Int, jitter: Double, retryAfter: Duration?) -> Duration {
    let doubled = firstDelay * (1 << Swift.min(Swift.max(retry - 1, 0), 30))
    let own = Swift.min(doubled, longestDelay) * (1 + Swift.min(Swift.max(jitter, 0), 1))
    guard let retryAfter else { return own }
    return Swift.max(own, Swift.min(retryAfter, longestRetryAfter))
  }

  static func isRetryable(status: Int) -> Bool { status == 429 || status >= 500 }
}
