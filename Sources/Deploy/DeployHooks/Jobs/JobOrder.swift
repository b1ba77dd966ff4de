// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// The order of jobs by their ids, which begin with the time when they were made.
///
/// A job from the future comes from a clock that was wrong once. It counts as the oldest, so that it holds up
/// none of those that come after it.
enum JobOrder {
  /// How far ahead of now a time may be, in milliseconds: clocks are set by moments all the time.
  private static let tolerance = 60_000

  /// The time in `id`, in milliseconds since 1970; 0 where it has none.
  static func created(_ id: String) -> Int { Int(id.prefix { $0 != "-" }) ?? 0 }

  /// Whether `id` is from the future at `now`.
  static func isFromFuture(_ id: String, now: Int) -> Bool { created(id) > now + tolerance }

  /// Whether the job `id` is older than `other` at `now`.
  static func isOlder(_ id: String, than other: String, now: Int) -> Bool {
    let (first, second) = (isFromFuture(id, now: now), isFromFuture(other, now: now))
    return first == second ? Array(id.utf8).lexicographicallyPrecedes(Array(other.utf8)) : first
  }
}
