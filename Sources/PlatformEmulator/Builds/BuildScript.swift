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
    /// The stream ends after the first line, while the build goes on.
    case early
    /// The stream goes on after the build has ended.
    case never
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

  /// A build that goes like this.
  package init(
    _ outcome: Outcome = .succeed, duration: Duration = .milliseconds(30), logLines: [String] = [],
    logEnd: LogEnd = .withBuild, tagDelay: Duration = .zero, hiddenFor: Int = 0
  ) {
    self.outcome = outcome
    self.duration = duration
    self.logLines = logLines
    self.logEnd = logEnd
    self.tagDelay = tagDelay
    self.hiddenFor = hiddenFor
  }
}
