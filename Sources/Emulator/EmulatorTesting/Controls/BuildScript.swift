// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

package import PlatformEmulator
package import PlatformModel

/// How a build or a run goes, and where it is held or looks wrong from outside.
package struct BuildScript: Sendable {
  package typealias Outcome = BuildCourse.Outcome
  package typealias Gate = BuildPoint
  package typealias LogEnd = BuildLogEnd

  /// How it goes.
  package var course: BuildCourse
  /// How the stream of its log ends.
  package var logEnd: LogEnd
  /// How often it is not found after it was started.
  package var hiddenFor: Int
  /// The points where it is held until a test releases it.
  package var gates: Set<Gate>

  package init(
    _ outcome: Outcome = .succeed, duration: Duration = .milliseconds(30), logLines: [String] = [],
    logEnd: LogEnd = .withBuild, tagDelay: Duration = .zero, hiddenFor: Int = 0,
    holdingAt gates: Set<Gate> = []
  ) {
    let isTagLate = tagDelay > .zero || gates.contains(.tag)
    course = BuildCourse(
      outcome, duration: duration, logLines: logLines, tagDelay: isTagLate ? tagDelay : nil)
    self.logEnd = logEnd
    self.hiddenFor = hiddenFor
    self.gates = gates
  }
}
