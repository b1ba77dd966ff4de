// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// Decides from a remote's answers whether a push has arrived, and whether to ask again: a value, without a
/// remote and without a clock.
package struct PushArrival: Sendable {
  /// What to do next.
  package enum Step: Sendable, Equatable {
    /// Ask again after so many milliseconds.
    case ask(after: Int)
    /// It is decided.
    case end(Verdict)
  }

  /// What has become of a push.
  package enum Verdict: Sendable, Equatable {
    /// It has arrived.
    case arrived
    /// It has not: the remote has this object in its place, or nothing.
    case refused(has: String?)
    /// It cannot be told, for this reason.
    case unknown(String)
  }

  /// How long a push by a program that is no git may take after its hook, in milliseconds.
  static let longestPush = 600_000
  /// How long its witness may take where the remote gives no answer.
  private static let longestSilence = 8_000
  private static let attempts = 3

  /// Whether the process that pushes is known, and has ended.
  private let hasEnded: Bool
  private let limit: Int
  private var asked = 0
  private var failures = 0

  /// - Parameters:
  ///   - hasEnded: whether the process that pushes is known, and has ended; otherwise the push may arrive at
  ///     any time.
  ///   - limit: how long such a push is waited for, in milliseconds.
  package init(hasEnded: Bool, limit: Int = Self.longestPush) {
    self.hasEnded = hasEnded
    self.limit = limit
  }

  /// The next step.
  ///
  /// - Parameters:
  ///   - hasMoved: whether the reference that follows the remote's has moved to what was pushed.
  ///   - passed: milliseconds since the first question.
  package mutating func next(after answer: RemoteCheck.Answer, hasMoved: @autoclosure () -> Bool, passed: Int)
    -> Step
  {
    asked += 1
    let pause = min(250 << min(asked - 1, 6), 15_000)
    switch answer {
    case .arrived: return .end(.arrived)
    case .other, .absent:
      failures = 0
      if !hasEnded, passed < limit { return .ask(after: pause) }
      if case .other(let object) = answer { return .end(.refused(has: object)) }
      return .end(.refused(has: nil))
    case .unreachable(let reason):
      failures += 1
      if hasMoved() { return .end(.arrived) }
      let isPatient = !hasEnded && passed < min(limit, Self.longestSilence)
      return failures < Self.attempts || isPatient ? .ask(after: pause) : .end(.unknown(reason))
    }
  }
}
