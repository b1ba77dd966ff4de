// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

package import ApifyAPI

/// Starts a build and stays with it to its end.
package struct BuildFollower: Sendable {
  /// What goes on.
  package enum Event: Sendable {
    /// The build has been started.
    case started(Build)
    /// A build that was started before is followed.
    case resumed(Build)
    /// It has ended.
    case ended(Build)
    /// The next line of its log.
    case logLine(String)
    /// It has succeeded; its tag is waited for.
    case waitingForTag(String)
  }

  /// How long is waited for what usually comes at once.
  struct Patience: Sendable {
    /// For the end of a log after its build has ended.
    var log = Duration.seconds(3)
    /// For a tag to move.
    var tag = Duration.seconds(15)
    /// For a tag to move where the time to wait is over: the platform moves it a little after the end.
    var lateTag = Duration.seconds(2)
    /// For a new build to be known: a request can meet another machine than the one before.
    var newBuild = Duration.seconds(15)
    /// Before the second look; the next ones take longer.
    var firstPause = Duration.milliseconds(50)
  }

  /// How often in a row a new build may be unknown.
  private static let newMisses = 4
  /// How many lines of the log are kept for a failure.
  private static let tailCount = 20

  var patience = Patience()
  private let platform: any Platform
  private let actorID: String
  private let version: String
  private let tag: String?
  private let wait: Duration?
  private let keepsBuild: @Sendable () -> Bool
  private let onStart: @Sendable (Build) async -> Void
  private let onSuccess: @Sendable (Build) async -> Void
  private let onEvent: @Sendable (Event) -> Void

  /// A follower of the next build of a version.
  ///
  /// - Parameters:
  ///   - tag: the tag that the build gets.
  ///   - wait: how long to stay; nil for as long as it takes.
  ///   - keepsBuild: whether a build goes on although the task is cancelled.
  ///   - onStart: called when a build has been started, beside what follows, and waited for.
  ///   - onSuccess: called when the build has succeeded, beside the wait for its tag, and waited for.
  package init(
    platform: any Platform, actorID: String, version: String, tag: String?, wait: Duration?,
    keepsBuild: @escaping @Sendable () -> Bool = { false },
    onStart: @escaping @Sendable (Build) async -> Void = { _ in },
    onSuccess: @escaping @Sendable (Build) async -> Void = { _ in },
    onEvent: @escaping @Sendable (Event) -> Void
  ) {
    self.platform = platform
    self.actorID = actorID
    self.version = version
    self.tag = tag
    self.wait = wait
    self.keepsBuild = keepsBuild
    self.onStart = onStart
    self.onSuccess = onSuccess
    self.onEvent = onEvent
  }

  /// Starts the build and follows it.
  ///
  /// - Throws: `buildAborted` where the task is cancelled: the build has been ended then, as far as the
  ///   platform listens.
  package func run(after last: String? = nil) async throws(DeployError) -> BuildEnding {
    let build = try await start(after: last)
    onEvent(.started(build))
    async let noted: Void = onStart(build)
    let log = LogTail(limit: Self.tailCount)
    do throws(DeployError) {
      if Task.isCancelled { throw .interrupted }
      let ending = try await follow(build, log, isNew: true)
      await noted
      return ending
    } catch {
      // One that has ended is not there to be aborted.
      guard case .interrupted = error, !keepsBuild(), !log.hasEnded else {
        await noted
        throw error
      }
      throw .buildAborted(await abort(build))
    }
  }

  /// Follows `build`, which was started before. Cancelled, it leaves the build running.
  package func resume(_ build: Build) async throws(DeployError) -> BuildEnding {
    onEvent(.resumed(build))
    return try await follow(build, LogTail(limit: Self.tailCount))
  }

  /// Whatever happens meanwhile: that there is a build must be known, or it could not be ended.
  private func start(after last: String?) async throws(DeployError) -> Build {
    let started = await Grace.run(Grace.start) { [platform, actorID, version, tag] in
      await platform.result {
        try await platform.startBuild(actor: .id(actorID), version: version, tag: tag, after: last)
      }
    }
    guard let started else { throw .interrupted }
    return try started.get()
  }

  /// Ends the build; gives what is known of it then.
  private func abort(_ build: Build) async -> Build {
    let aborted = await Grace.run(Grace.abort) { [platform] in try? await platform.abortBuild(id: build.id) }
    return aborted.flatMap(\.self) ?? build
  }

  private func follow(
    _ build: Build, _ log: LogTail, isNew: Bool = false
  ) async throws(DeployError) -> BuildEnding {
    let deadline = wait.map { ContinuousClock.now + $0 }
    let watch = watch(build, log, isNew: isNew && wait.map { $0 < patience.firstPause } == true)
    let ended: Build
    switch try await platform.ask({ try await watch.wait(until: deadline) }) {
    case .elapsed(let seen):
      return BuildEnding(build: seen ?? build, logTail: log.lines, hasElapsed: true, tag: .none)
    case .ended(let build): ended = build
    }
    onEvent(.ended(ended))
    let tag = ended.status == .succeeded ? try await settle(ended, until: deadline) : .none
    return BuildEnding(build: ended, logTail: log.lines, hasElapsed: false, tag: tag)
  }

  private func watch(_ build: Build, _ log: LogTail, isNew: Bool) -> EndWatch<Build> {
    EndWatch(
      firstPause: patience.firstPause, logPatience: patience.log, isNew: isNew, log: log,
      followLog: { await log.follow(build.id, on: platform) { onEvent(.logLine($0)) } },
      look: { try await platform.build(id: build.id) }, isFinal: { $0.status.isFinal },
      failure: { misses, passed in
        // Time alone says little: the machine may have slept.
        misses > Self.newMisses && passed > patience.newBuild ? .buildVanished(build) : nil
      })
  }

  /// What is left to be done about a build that has succeeded: the requests for that run side by side.
  private func settle(
    _ build: Build, until deadline: ContinuousClock.Instant?
  ) async throws(DeployError) -> BuildEnding.Tag {
    async let settled: Void = onSuccess(build)
    let tag = try await waitForTag(build, until: deadline)
    await settled
    return tag
  }

  private func waitForTag(
    _ build: Build, until deadline: ContinuousClock.Instant?
  ) async throws(DeployError) -> BuildEnding.Tag {
    guard let tag else { return .none }
    let now = ContinuousClock.now
    let end = min(now + patience.tag, max(deadline ?? now + patience.tag, now + patience.lateTag))
    var delay = patience.firstPause
    var isTold = false
    while true {
      let actor: ApifyActor?
      do throws(DeployError) {
        actor = try await platform.ask { try await platform.actor(.id(actorID)) }
      } catch {
        // The build is there, whatever its tag means.
        if case .interrupted = error { throw error }
        return .unknown(tag, error)
      }
      let target = actor?.taggedBuilds[tag]
      if target?.buildId == build.id { return .moved(tag) }
      if ContinuousClock.now >= end { return .elsewhere(tag, buildNumber: target?.buildNumber) }
      if !isTold { onEvent(.waitingForTag(tag)) }
      isTold = true
      let pause = delay
      _ = try await platform.ask { try await Task.sleep(for: pause) }
      delay = min(delay * 2, .seconds(2))
    }
  }
}

/// How a build ended, or that it goes on.
package struct BuildEnding: Sendable {
  /// What became of its tag.
  package enum Tag: Sendable {
    /// It has none, or did not get it.
    case none
    /// It means this build.
    case moved(String)
    /// It means another one still.
    case elsewhere(String, buildNumber: String?)
    /// It cannot be asked what it means.
    case unknown(String, DeployError)
  }

  /// The build as it was seen last.
  package let build: Build
  /// The last lines of its log.
  package let logTail: [String]
  /// Whether the time to wait was over before it ended.
  package let hasElapsed: Bool
  /// What became of its tag.
  package let tag: Tag
}
