// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// Waits for the end of a build or a run. Its log and its state are followed side by side, and the state is
/// believed: a log can end early, or never.
struct EndWatch<Subject: Sendable>: Sendable {
  /// What was seen.
  enum Outcome: Sendable {
    /// It has ended so.
    case ended(Subject)
    /// The time was over before; this is how it was seen last, where it was seen.
    case elapsed(Subject?)
  }

  /// How long the last look takes at the most, when the time is over.
  private static var lastLook: Duration { .seconds(2) }
  /// When it is looked at after its log has ended: mostly it has ended then, too.
  private static var looksBehindLog: [Duration] { [.zero, .milliseconds(200), .milliseconds(800)] }

  /// Before the second look; the next ones take longer.
  var firstPause = Duration.milliseconds(50)
  /// How long the log is waited for after the end.
  var logPatience = Duration.seconds(3)
  /// Whether it was only just started when the time is over, so that a look would tell nothing.
  var isNew = false
  let log: LogTail
  /// Follows the log to its end.
  let followLog: @Sendable () async -> Void
  /// Asks for it; nil where the platform does not know it.
  let look: @Sendable () async throws -> Subject?
  let isFinal: @Sendable (Subject) -> Bool
  /// Why it is given up, where it was unknown so often in a row, and was first asked for so long ago.
  let failure: @Sendable (_ misses: Int, _ passed: Duration) -> DeployError?

  private enum Step: Sendable {
    case ended(Subject)
    case logEnded
    case elapsed
    case nothing
  }

  /// Waits until `deadline`; nil for as long as it takes.
  func wait(until deadline: ContinuousClock.Instant?) async throws -> Outcome {
    let ended = try await withThrowingTaskGroup(of: Step.self) { group in
      defer { group.cancelAll() }
      group.addTask {
        await followLog()
        return .logEnded
      }
      group.addTask { .ended(try await poll()) }
      if let deadline {
        group.addTask {
          try await Task.sleep(until: deadline, clock: .continuous)
          return .elapsed
        }
      }
      var ended: Subject?
      var hasLogEnded = false
      while let step = try await group.next() {
        switch step {
        case .elapsed: return ended
        case .nothing: break
        case .logEnded:
          hasLogEnded = true
          if ended == nil { group.addTask { try await lookBehindLog() } }
        case .ended(let subject):
          if ended != nil { continue }
          ended = subject
          log.end()
          group.addTask {
            try await Task.sleep(for: logPatience)
            return .elapsed
          }
        }
        if let ended, hasLogEnded { return ended }
      }
      return ended
    }
    if let ended { return .ended(ended) }
    if isNew { return .elapsed(nil) }
    // It may have ended since it was looked at.
    try Task.checkCancellation()
    let last = await lookOnce()
    guard let last, isFinal(last) else {
      // What is cancelled meanwhile tells nothing.
      try Task.checkCancellation()
      return .elapsed(last)
    }
    log.end()
    return .ended(last)
  }

  private func poll() async throws -> Subject {
    let start = ContinuousClock.now
    var delay = firstPause
    var misses = 0
    while true {
      let now = try await look()
      if let now, isFinal(now) { return now }
      misses = now == nil ? misses + 1 : 0
      if let failure = failure(misses, ContinuousClock.now - start) { throw failure }
      try await Task.sleep(for: delay)
      delay = min(delay * 2, .seconds(3))
    }
  }

  private func lookBehindLog() async throws -> Step {
    for pause in Self.looksBehindLog {
      try await Task.sleep(for: pause)
      if let now = try? await look(), isFinal(now) { return .ended(now) }
    }
    return .nothing
  }

  /// Looks once, within its time; nil where that tells nothing.
  private func lookOnce() async -> Subject? {
    await within(Self.lastLook) { (try? await look()) ?? nil } ?? nil
  }
}
