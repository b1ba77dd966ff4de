// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// How a build shall go, as a test or somebody who tries things out wants it.
package struct BuildScript: Sendable {
  /// How it ends.
  package enum Outcome: String, CaseIterable, Sendable {
    /// Well, if its source can be had.
    case succeed
    /// By an error of the user's Dockerfile, say.
    case fail
    /// Because it takes too long.
    case timeOut = "time-out"
    /// Not at all, until it is aborted.
    case hang
  }

  /// What whoever follows the log sees of its end.
  package enum LogEnd: Sendable {
    /// It ends with the build.
    case withBuild
    /// The stream ends after the first lines, while the build goes on.
    case early
    /// The stream goes on after the build has ended.
    case never
  }

  /// A point where a build can be held until a test lets it go on (``PlatformEmulator/release(_:of:)``).
  package enum Gate: CaseIterable, Sendable {
    /// READY, about to run.
    case start
    /// RUNNING, about to end as its outcome says.
    case end
    /// TIMING-OUT or ABORTING, about to have timed out or be aborted.
    case settle
    /// SUCCEEDED, about to move its tag.
    case tag
  }

  /// How it ends.
  package var outcome: Outcome
  /// How long it runs.
  package var duration: Duration
  /// Lines that it writes beside its own.
  package var logLines: [String]
  /// How its log ends.
  package var logEnd: LogEnd
  /// How long after its end its tag moves.
  package var tagDelay: Duration
  /// How often it is not found after it was started.
  package var hiddenFor: Int
  /// Where it waits to be released.
  package var gates: Set<Gate>

  /// A build that goes like this.
  package init(
    _ outcome: Outcome = .succeed, duration: Duration = .milliseconds(30), logLines: [String] = [],
    logEnd: LogEnd = .withBuild, tagDelay: Duration = .zero, hiddenFor: Int = 0,
    holdingAt gates: Set<Gate> = []
  ) {
    self.outcome = outcome
    self.duration = duration
    self.logLines = logLines
    self.logEnd = logEnd
    self.tagDelay = tagDelay
    self.hiddenFor = hiddenFor
    self.gates = gates
  }
}
