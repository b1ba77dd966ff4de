// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ApifyAPI
internal import SystemIO

extension Diagnosis {
  /// Why a push could not do what it was asked to, and what the platform holds now.
  package init(_ failure: PushFailure) {
    self.init(failure.error)
    consequences += Self.held(failure)
    if failure.error.isEnd { phase = Self.phase(reachedBy: failure.outcome) }
  }

  /// How far a push had come that was ended from outside.
  private static func phase(reachedBy outcome: PushOutcome) -> String {
    if outcome.progress[.run] != .none { return "run" }
    if outcome.progress[.build] != .none { return "build" }
    return outcome.package == nil ? "package" : "platform"
  }

  /// What the platform holds after `failure`, as far as its own message does not say so.
  private static func held(_ failure: PushFailure) -> [String] {
    let outcome = failure.outcome
    guard !outcome.isDryRun, failure.error.leavesDoubt else { return [] }
    return [heldVersion(failure), heldBuild(failure), heldRun(failure), heldTag(outcome)].compactMap { $0 }
  }

  private static func heldVersion(_ failure: PushFailure) -> String? {
    let (plan, progress) = (failure.outcome.plan, failure.outcome.progress)
    // Which variables are changed, and what of the version, is said already.
    if case .partlyUpdated = failure.error { return nil }
    let version = "version \(failure.outcome.settings.version)"
    let verb = plan?.action == .update ? "updated" : "created"
    switch (progress[.version], progress[.actor]) {
    case (.done, _): return "\(version) is \(verb)"
    case (.unknown, _): return "\(version) may be \(verb)"
    case (.none, .done): return "the Actor is created, without a version"
    case (.none, .unknown): return "the Actor may be created, without a version"
    case (.none, .none): break
    }
    guard plan?.action == PushPlan.Action.none else { return "nothing is changed" }
    return "\(version) holds these files"
  }

  private static func heldBuild(_ failure: PushFailure) -> String? {
    if case .buildAborted = failure.error { return nil }
    let (outcome, progress) = (failure.outcome, failure.outcome.progress)
    if let build = outcome.build {
      let name = TerminalText.of(build.buildNumber ?? build.id)
      switch build.status {
      case .succeeded: return "build \(name) succeeded"
      case let status where status.isFinal: return "build \(name) ended (\(TerminalText.of(status.rawValue)))"
      default: return "build \(name) was started"
      }
    }
    if progress[.build] == .unknown { return "a build may have been started" }
    if progress[.version] == .done { return "it is not built" }
    return outcome.plan?.action == PushPlan.Action.none ? "no build was started" : nil
  }

  private static func heldRun(_ failure: PushFailure) -> String? {
    failure.outcome.progress[.run] == .unknown ? "a run may have been started" : nil
  }

  private static func heldTag(_ outcome: PushOutcome) -> String? {
    guard let candidate = outcome.candidate, outcome.build != nil else { return nil }
    let tag = TerminalText.of(candidate.target)
    switch outcome.progress[.tag] {
    case .done: return nil
    case .unknown: return "\(tag) may point at it"
    case .none: return unmovedTag(candidate)
    }
  }

  /// Where the tag of a candidate that was not moved points.
  static func unmovedTag(_ candidate: Candidate.Outcome) -> String {
    let tag = TerminalText.of(candidate.target)
    return candidate.before.map { "\(tag) still points at build \(TerminalText.of($0))" }
      ?? "\(tag) points at no build yet"
  }
}

extension DeployError {
  /// Whether it says that the push was ended from outside, whatever it was at.
  fileprivate var isEnd: Bool {
    switch self {
    case .interrupted, .timedOut: true
    case .partlyUpdated(_, let cause): cause.isEnd
    default: false
    }
  }

  /// Whether it does not say by itself what the platform holds.
  fileprivate var leavesDoubt: Bool {
    switch self {
    case .platform, .spool, .interrupted, .timedOut, .buildVanished, .buildAborted, .runVanished,
      .followingRun,
      .runAborted, .partlyUpdated, .unexpected:
      true
    default: false
    }
  }
}
