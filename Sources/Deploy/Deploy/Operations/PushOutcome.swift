// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

package import ApifyAPI

/// What a push has done and found out, however far it came.
package struct PushOutcome: Sendable {
  /// How it ended, where it did what it was asked to.
  package enum Verdict: Sendable, Equatable {
    /// The version was up to date, and nothing was done.
    case upToDate
    /// Nothing was changed, as asked.
    case dryRun
    /// The version was changed, and is not built, as asked.
    case updated
    /// The build was started, and not followed, as asked.
    case buildStarted
    /// The build succeeded.
    case built
    /// The time to wait ended before the build.
    case stillBuilding
    /// The build failed.
    case buildFailed
    /// The build took longer than the platform allows.
    case buildTimedOut
    /// The build was aborted by others.
    case buildAborted
    /// The time to wait ended before the run of the candidate.
    case stillRunning
    /// The run of the candidate did not succeed; the version's tag has not moved.
    case runFailed
  }

  /// The settings of the push.
  package let settings: PushSettings
  /// Whether nothing was to be changed.
  package let isDryRun: Bool
  /// The package, once it is made.
  package internal(set) var package: PreparedPackage?
  /// How long after the start it was made.
  package internal(set) var packageTime = Duration.zero
  /// The plan, once it is made.
  package internal(set) var plan: PushPlan?
  /// The Actor's id, once it is known.
  package internal(set) var actorID: String?
  /// The build as it was seen last, once it is started.
  package internal(set) var build: Build?
  /// What was decided about the build of a version that needs no change.
  package internal(set) var decision: BuildDecision?
  /// How the build ended, or that it goes on.
  package internal(set) var ending: BuildEnding?
  /// What became of the candidate, where the push has one.
  package internal(set) var candidate: Candidate.Outcome?
  /// Whether the build was followed, and for how long at most.
  var isFollowed = true
  /// Whether the version was looked at once more, after it was pushed.
  var isLookedAt = false
  var wait: Duration?
  /// What was changed on the platform.
  package internal(set) var progress = PushProgress()
  /// The time from start to end.
  package internal(set) var duration = Duration.zero

  init(_ settings: PushSettings, isDryRun: Bool) {
    self.settings = settings
    self.isDryRun = isDryRun
  }

  /// How it ended.
  package var verdict: Verdict {
    if isDryRun { return .dryRun }
    if let run = candidate?.ending {
      if run.hasElapsed { return .stillRunning }
      if run.run.status != .succeeded { return .runFailed }
    }
    if candidate?.isPromoted == true { return .built }
    guard let ending else { return plan?.action == PushPlan.Action.none ? .upToDate : .updated }
    return Verdict(ending, isFollowed: isFollowed)
  }
}

extension PushOutcome.Verdict {
  /// What `ending` means for a push that followed the build, or did not.
  package init(_ ending: BuildEnding, isFollowed: Bool) {
    if ending.hasElapsed {
      self = isFollowed ? .stillBuilding : .buildStarted
      return
    }
    self =
      switch ending.build.status {
      case .succeeded: .built
      case .timedOut: .buildTimedOut
      case .aborted: .buildAborted
      default: .buildFailed
      }
  }
}

/// A push that could not do, or cannot know, what it was asked to; with what is known.
package struct PushFailure: Error, Sendable {
  /// Why.
  package let error: DeployError
  /// What had been done and found out by then.
  package let outcome: PushOutcome
}
