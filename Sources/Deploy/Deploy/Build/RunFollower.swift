// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

package import ActorProject
package import ApifyAPI

/// Starts a run of a build and stays with it to its end.
package struct RunFollower: Sendable {
  /// What goes on.
  package enum Event: Sendable {
    /// The run has been started.
    case started(Run, Build)
    /// A run that was started before is followed.
    case resumed(Run, Build)
    /// The next line of its log.
    case logLine(String)
  }

  /// How long the log is waited for when the run has ended.
  private static let logPatience = Duration.seconds(3)
  /// How often in a row a new run may be unknown: a request can meet another machine than the one before.
  private static let newMisses = 8
  /// How many lines of the log are kept for a failure.
  private static let tailCount = 20

  private let platform: any Platform
  private let actorID: String
  private let wait: Duration?
  private let limit: Duration?
  private let keepsRun: @Sendable () -> Bool
  private let onEvent: @Sendable (Event) -> Void

  /// A follower of runs of an Actor.
  ///
  /// - Parameters:
  ///   - wait: how long to stay; nil for as long as it takes.
  ///   - limit: how long a run may take; nil for as long as the Actor's own.
  ///   - keepsRun: whether a run goes on although the task is cancelled.
  package init(
    platform: any Platform, actorID: String, wait: Duration?, limit: Duration? = nil,
    keepsRun: @escaping @Sendable () -> Bool = { false }, onEvent: @escaping @Sendable (Event) -> Void
  ) {
    self.platform = platform
    self.actorID = actorID
    self.wait = wait
    self.limit = limit
    self.keepsRun = keepsRun
    self.onEvent = onEvent
  }

  /// Runs `build` once; a run of it with the same input that was started before and goes on is followed
  /// instead: a run costs money.
  ///
  /// - Throws: `runAborted` where the task is cancelled: the run has been ended then, as far as the platform
  ///   listens; `followingRun` for what else comes once there is a run.
  package func run(_ build: Build, input: RunInput?) async throws(DeployError) -> RunEnding {
    let run: Run
    if let before = await RunSearch(platform, actorID).unfinished(of: build, input: input) {
      run = before
      onEvent(.resumed(run, build))
    } else {
      if Task.isCancelled { throw .interrupted }
      run = try await start(build, input)
      onEvent(.started(run, build))
    }
    let log = LogTail(limit: Self.tailCount)
    do throws(DeployError) {
      if Task.isCancelled { throw .interrupted }
      return try await follow(run, log)
    } catch {
      switch error {
      case .runVanished: throw error
      // One that has ended is not there to be aborted.
      case .interrupted where log.hasEnded: throw error
      case .interrupted where !keepsRun(): break
      default: throw .followingRun(run, build, error)
      }
      let ended = await Grace.run(Grace.abort) { [platform] in try? await platform.abortRun(id: run.id) }
      throw .runAborted(ended.flatMap(\.self) ?? run, build)
    }
  }

  /// Whatever happens meanwhile: that there is a run must be known, or it could not be ended.
  private func start(_ build: Build, _ input: RunInput?) async throws(DeployError) -> Run {
    let started = await Grace.run(Grace.start) { [platform, actorID, limit] in
      await platform.result {
        try await platform.startRun(
          actor: .id(actorID), build: build, input: input.map { RequestBody($0.bytes) }, limit: limit)
      }
    }
    guard let started else { throw .interrupted }
    return try started.get()
  }

  private func follow(_ run: Run, _ log: LogTail) async throws(DeployError) -> RunEnding {
    let deadline = wait.map { ContinuousClock.now + $0 }
    let watch = EndWatch<Run>(
      logPatience: Self.logPatience, log: log,
      followLog: { await log.follow(run.id, on: platform) { onEvent(.logLine($0)) } },
      look: { try await platform.run(id: run.id) }, isFinal: { $0.status.isFinal },
      failure: { misses, _ in misses > Self.newMisses ? .runVanished(run) : nil })
    let (ended, hasElapsed): (Run?, Bool) =
      switch try await platform.ask({ try await watch.wait(until: deadline) }) {
      case .ended(let ended): (ended, false)
      case .elapsed(let seen): (seen, true)
      }
    return RunEnding(run: ended ?? run, logTail: log.lines, hasElapsed: hasElapsed)
  }
}

/// How a run ended, or that it goes on.
package struct RunEnding: Sendable {
  /// The run as it was seen last.
  package let run: Run
  /// The last lines of its log.
  package let logTail: [String]
  /// Whether the time to wait was over before it ended.
  package let hasElapsed: Bool
}
