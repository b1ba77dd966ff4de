// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Deploy

extension PullCommand {
  /// Shows `outcome`, and fails where conflicts are left.
  func show(_ outcome: PullOutcome, _ console: Console, _ renderer: DeployRenderer) throws(Failure) {
    for line in PullText.lines(outcome) { console.say(line) }
    for note in outcome.notes { renderer.warn(PullText.note(note)) }
    let diagnosis = Diagnosis(outcome)
    let report = PullReport(outcome, diagnosis, warnings: renderer.warnings)
    guard let diagnosis else {
      if json { try report.write() }
      return
    }
    var failure = Failure(diagnosis)
    failure.report = report
    throw failure
  }
}
