// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// A wait that was given up.
package struct WaitFailure: Error, CustomStringConvertible {
  /// What was waited for, for how long, and what there was instead.
  package let description: String
}

/// Returns what `look` returns as soon as that is not nil; looks every 20 ms.
///
/// ```swift
/// let build = try await waitUntil("a build", instead: { "\(state.actors)" }) { state.builds.first }
/// ```
///
/// - Parameters:
///   - what: what is waited for, as the error says it.
///   - instead: describes what there is when the time is over.
/// - Throws: `WaitFailure` after `limit`; `CancellationError`; what `look` throws.
package func waitUntil<Value>(
  _ what: String, within limit: Duration = .seconds(60), isolation: isolated (any Actor)? = #isolation,
  instead: () -> String = { "nothing" }, _ look: () async throws -> Value?
) async throws -> Value {
  let start = ContinuousClock.now
  while true {
    if let value = try await look() { return value }
    guard ContinuousClock.now - start < limit else {
      throw WaitFailure(
        description: "waited \(limit.components.seconds) s for \(what); there was: \(instead())")
    }
    try await Task.sleep(for: .milliseconds(20))
  }
}
