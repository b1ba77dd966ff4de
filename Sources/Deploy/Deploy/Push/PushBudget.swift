// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Synchronization

/// The time that a whole push may take, and whether it is over.
package final class PushBudget: Sendable {
  /// How long a push may take where `--timeout` does not say, beyond the wait for its build.
  package static let beyondWait = Duration.seconds(3600)
  /// How long a build is waited for then, where `--wait` does not say.
  package static let buildWait = Duration.seconds(7200)
  /// When the limit is told, of a push that takes as long.
  static let notice = Duration.seconds(60)

  /// The limit.
  package let limit: Duration
  private let end: ContinuousClock.Instant
  private let start: ContinuousClock.Instant
  private let isOver = Atomic<Bool>(false)

  init(_ limit: Duration, from start: ContinuousClock.Instant) {
    self.limit = limit
    self.start = start
    end = start + limit
  }

  /// Whether the push was ended because it took too long.
  package var hasPassed: Bool { isOver.load(ordering: .acquiring) }

  /// What `error` means: an interruption that came because the time was over is told as that.
  func judge(_ error: DeployError) -> DeployError {
    guard hasPassed else { return error }
    switch error {
    case .interrupted: return .timedOut(limit)
    case .followingRun(let run, let build, .interrupted): return .followingRun(run, build, .timedOut(limit))
    case .partlyUpdated(let progress, .interrupted): return .partlyUpdated(progress, .timedOut(limit))
    default: return error
    }
  }

  /// What is left of it.
  var rest: Duration { max(.zero, end - .now) }

  /// Returns when the time is over, having told the limit before; throws where the task is cancelled.
  func pass(_ tell: () -> Void) async throws {
    let notice = start + min(Self.notice, limit / 2)
    try await Task.sleep(until: notice, clock: .continuous)
    tell()
    try await Task.sleep(until: end, clock: .continuous)
    isOver.store(true, ordering: .releasing)
  }
}
