// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// How a build goes, or a run.
package struct BuildCourse: Sendable {
  /// How it ends.
  package enum Outcome: String, CaseIterable, Sendable {
    /// It succeeds, if its source can be read.
    case succeed
    /// It fails, as by an error in the user's Dockerfile, or in the Actor that runs.
    case fail
    /// It takes too long.
    case timeOut = "time-out"
    /// It runs until it is aborted.
    case hang
  }

  /// How it ends.
  package var outcome: Outcome
  /// How long it runs.
  package var duration: Duration
  /// Lines of the log beside the builder's own.
  package var logLines: [String]
  /// How long after the end of the build its tag moves; nil for together with it.
  package var tagDelay: Duration?

  package init(
    _ outcome: Outcome = .succeed, duration: Duration = .milliseconds(30), logLines: [String] = [],
    tagDelay: Duration? = nil
  ) {
    self.outcome = outcome
    self.duration = duration
    self.logLines = logLines
    self.tagDelay = tagDelay
  }
}

/// A point of the course of a build or run where it can be held.
package enum BuildPoint: CaseIterable, Sendable {
  /// READY, about to run.
  case start
  /// RUNNING, about to end as its outcome says.
  case end
  /// TIMING-OUT or ABORTING, about to be TIMED-OUT or ABORTED.
  case settle
  /// SUCCEEDED, about to move its tag.
  case tag
}

/// What a build does next, or a run. A runner carries the steps out in order; the build ends with a step that
/// cannot be done.
package enum BuildStep: Equatable, Sendable {
  /// Passes a point.
  case pass(BuildPoint)
  /// Goes to a status and adds lines to the log.
  case advance(BuildRecord.Status, saying: [String], movingTag: Bool = false)
  /// Reads the source; where that is not possible, the build fails.
  case readSource
  /// Adds lines to the log.
  case log([String])
  /// Takes its time.
  case wait(Duration)
  /// Waits for an abort.
  case hang
  /// Points the tag at the build.
  case moveTag
}

extension BuildCourse {
  /// The steps of a build of the version `number`.
  package func steps(for number: VersionNumber) -> [BuildStep] {
    let beginning: [BuildStep] = [
      .pass(.start), .advance(.running, saying: ["ACTOR: Building version \(number)."]), .readSource,
      .log(logLines),
    ]
    return beginning + (outcome == .hang ? [.hang] : [.wait(duration), .pass(.end)] + end)
  }

  private var end: [BuildStep] {
    switch outcome {
    case .hang:
      return []
    case .fail:
      return [
        .advance(
          .failed, saying: ["ERROR: The command '/bin/sh -c npm ci' returned a non-zero code: 1"])
      ]
    case .timeOut:
      return [
        .advance(.timingOut, saying: ["ERROR: The build timed out."]), .pass(.settle),
        .advance(.timedOut, saying: []),
      ]
    case .succeed:
      let line = "ACTOR: Build finished. The emulator has checked the source; it makes no image."
      guard let tagDelay else { return [.advance(.succeeded, saying: [line], movingTag: true)] }
      return [.advance(.succeeded, saying: [line]), .wait(tagDelay), .pass(.tag), .moveTag]
    }
  }

  /// The steps of a run of the build `number`.
  package func runSteps(for number: String) -> [BuildStep] {
    let beginning: [BuildStep] = [
      .pass(.start), .advance(.running, saying: ["ACTOR: Running build \(number)."]), .log(logLines),
    ]
    return beginning + (outcome == .hang ? [.hang] : [.wait(duration), .pass(.end)] + runEnd)
  }

  private var runEnd: [BuildStep] {
    switch outcome {
    case .hang: []
    case .fail: [.advance(.failed, saying: ["ERROR: The Actor's process ended with exit code 1."])]
    case .timeOut:
      [
        .advance(.timingOut, saying: ["ERROR: The run timed out."]), .pass(.settle),
        .advance(.timedOut, saying: []),
      ]
    case .succeed:
      [.advance(.succeeded, saying: ["ACTOR: Run finished. The emulator has run nothing."])]
    }
  }

  /// The first step of an abort: what a request for it is answered with.
  package static let abort = BuildStep.advance(.aborting, saying: ["Build was aborted on request."])

  /// The first step of a run's abort.
  package static let abortOfRun = BuildStep.advance(.aborting, saying: ["Run was aborted on request."])

  /// The steps that follow it.
  package static let afterAbort: [BuildStep] = [.pass(.settle), .advance(.aborted, saying: [])]

  /// The step of a build whose source cannot be read.
  package static func failure(_ problem: SourceProblem) -> BuildStep {
    .advance(.failed, saying: ["ERROR: \(problem)"])
  }
}
