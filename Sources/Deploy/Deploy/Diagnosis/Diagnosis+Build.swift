// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ApifyAPI
internal import SystemIO

extension Diagnosis {
  /// Why a push whose version is updated does not count as done; nil where it does.
  package init?(_ outcome: PushOutcome) {
    if let candidate = outcome.candidate, let ending = candidate.ending {
      guard let diagnosis = Diagnosis(ending, of: candidate, outcome) else { return nil }
      self = diagnosis
      return
    }
    guard let ending = outcome.ending else { return nil }
    self.init(
      ending, isFollowed: outcome.isFollowed, wait: outcome.wait,
      isVersionUpdated: outcome.progress[.version] == .done)
    if let candidate = outcome.candidate, !candidate.isPromoted {
      consequences.append(Self.unmovedTag(candidate))
    }
  }

  /// Why a build that was followed does not count as done; nil where it does.
  ///
  /// - Parameter isVersionUpdated: whether the version was updated before, by the same command.
  package init?(
    _ ending: BuildEnding, isFollowed: Bool = true, wait: Duration?, isVersionUpdated: Bool = false
  ) {
    let name = TerminalText.of(ending.build.buildNumber ?? ending.build.id)
    let reason = Self.reason(ending.logTail)
    let (type, message, status): (String, String, ExitStatus)
    switch PushOutcome.Verdict(ending, isFollowed: isFollowed) {
    case .upToDate, .dryRun, .updated, .buildStarted, .built, .stillRunning, .runFailed: return nil
    case .stillBuilding:
      (type, status) = ("still-building", .stillBuilding)
      message = "build \(name) is still building\(Self.after(wait))"
    case .buildFailed:
      (type, status, message) = ("build-failed", .failed, "build \(name) failed\(reason)")
    case .buildTimedOut:
      (type, status, message) = ("build-timed-out", .buildTimedOut, "build \(name) took too long\(reason)")
    case .buildAborted:
      (type, status) = ("build-aborted", .buildAborted)
      message = "build \(name) was aborted on the platform\(reason)"
    }
    self.init(type: type, message: message, status: status, phase: "build")
    if isVersionUpdated { consequences.append("the version is updated") }
  }

  /// Why the run of a candidate does not count as done; nil where it does.
  private init?(_ ending: RunEnding, of candidate: Candidate.Outcome, _ outcome: PushOutcome) {
    let run = TerminalText.of(ending.run.id)
    let build = TerminalText.of(outcome.build?.buildNumber ?? "")
    switch outcome.verdict {
    case .stillRunning:
      self.init(
        type: "still-running",
        message: "run \(run) of build \(build) is still running\(Self.after(outcome.wait))",
        status: .stillBuilding,
        phase: "run")
    case .runFailed:
      let words: String
      switch ending.run.status {
      case .timedOut: words = "timed out"
      case .aborted: words = "was aborted on the platform"
      default: words = "failed"
      }
      self.init(
        type: "run-failed", message: "run \(run) of build \(build) \(words)\(Self.reason(ending.logTail))",
        status: .failed, phase: "run")
    default: return nil
    }
    consequences.append(Self.unmovedTag(candidate))
  }

  private static func after(_ wait: Duration?) -> String {
    wait.map { " after \(Quantity.longTime($0)) (--wait)" } ?? " (--wait)"
  }

  private static func reason(_ logTail: [String]) -> String {
    guard let line = logTail.last(where: { !$0.isEmpty }) else { return "" }
    // Without the time of day before it.
    let stamp = line.prefix { $0 != " " }
    let isStamped = ISOTime.nanoseconds(String(stamp)) != nil
    return ": " + TerminalText.line(isStamped ? line.utf8.dropFirst(stamp.utf8.count + 1) : line.utf8[...])
  }
}

extension Diagnosis {
  /// Cancelled when it was not known whether `change` had been made.
  init(interruptedDuring change: DeployError.Change) {
    let (phase, consequence) =
      switch change {
      case .buildStart: ("build", "a build may have been started")
      case .buildAbort(let build): ("build", "build \(Self.name(build)) may be aborted")
      case .tag(let tag, let build):
        ("platform", "\(TerminalText.of(tag)) may point at build \(Self.name(build))")
      }
    self.init(type: "interrupted", message: "interrupted", status: .interrupted, phase: phase)
    consequences.append(consequence)
  }

  private static func name(_ build: Build) -> String { TerminalText.of(build.buildNumber ?? build.id) }
}
