// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Deploy

extension PullCommand {
  /// Shows `outcome`, and fails where conflicts are left.
  func show(
    _ outcome: PullOutcome, _ console: Console, _ environment: ProcessEnvironment
  ) throws(Failure) {
    for line in PullText.lines(outcome) { console.say(line) }
    for note in outcome.notes { console.warn(PullText.note(note)) }
    guard let diagnosis = Diagnosis(outcome) else {
      if json { try write(PullReport(outcome), environment) }
      return
    }
    var failure = Failure(diagnosis)
    failure.content = PullReport(outcome)
    throw failure
  }
}
