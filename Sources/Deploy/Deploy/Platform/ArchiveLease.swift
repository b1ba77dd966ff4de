// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// How long a zip that no version names may still be named by the push that has sent it. A push that was
/// killed, or refused, leaves its zip behind; one that is under way elsewhere looks just the same.
struct ArchiveLease: Equatable, Sendable {
  /// A push that has not named its zip after half of this writes it down again.
  static let seconds = 3600

  /// When it ends, in seconds since 1970.
  let end: Int

  /// One that ends at `end`.
  init(end: Int) { self.end = end }

  /// One that begins in `time`.
  init(from time: ClosedRange<Int>) { end = time.upperBound + Self.seconds }

  /// Whether it has certainly ended by `time`.
  func hasEnded(by time: ClosedRange<Int>) -> Bool { end < time.lowerBound }

  /// Whether it is time to write it down again. Written so that no number makes it overflow.
  func isAging(at time: ClosedRange<Int>) -> Bool { time.upperBound + Self.seconds / 2 > end }
}
