// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ApifyAPI
internal import Checks
internal import Deploy
internal import SystemIO

/// Shows what a deploy reports as text on standard error.
final class DeployRenderer: Sendable {
  private let console: Console
  private let packaging: ProgressLine
  private let sending: ProgressLine
  /// Whether it shows one of several Actors: then nothing of those that are up to date, and the logs of
  /// builds with -v alone.
  private let isOneOfMany: Bool

  /// The warnings so far, for the `warnings` of a report.
  var warnings: WarningLog { console.warnings }

  init(_ console: Console, isOneOfMany: Bool = false) {
    self.console = console
    self.isOneOfMany = isOneOfMany
    packaging = ProgressLine("packing", console: console)
    sending = ProgressLine("sending", console: console)
  }

  /// Shows `event`.
  func show(_ event: DeployEvent) {
    switch event {
    case .treeWarning(let warning): warn(WarningText.of(warning))
    case .context(let extent):
      if case .undecided = extent {
        warn(ContextText.of(extent))
      } else if !isOneOfMany {
        console.say(ContextText.of(extent))
      }
    case .secretFound(let find):
      warn("\(Diagnosis.found(find)); push sends no package with a secret in it")
    case .found(let finding): warn(finding.line)
    case .secretMissing(let variable):
      warn("\(TerminalText.of(variable)): its secret is missing; left out")
    case .packaging(let bytes): packaging.update(bytes: bytes)
    case .packaged: packaging.finish()
    case .planned(let plan, let isDryRun):
      if isOneOfMany, plan.action == .none { return }
      for line in PushText.lines(plan, isDryRun: isDryRun) { console.say(line) }
      if let line = PushText.removal(plan, isDryRun: isDryRun) { warn(line) }
    case .buildDecided(let decision, let plan, let isDryRun, let isTried):
      let line = BuildText.decision(decision, plan, isDryRun: isDryRun, isTried: isTried)
      if case .tagElsewhere = decision { return warn(line) }
      if case .upToDate = decision, isOneOfMany { return }
      console.say(line)
    case .sending(let bytes, let total): sending.update(bytes: bytes, of: total)
    case .sent: sending.finish()
    case .updated(let plan, _, let duration):
      if let line = PushText.done(plan, took: duration) { console.say(line) }
    case .notRemembered(let directory, let error):
      warn(
        "\(TerminalText.of(directory)): \(error.message); this push is not remembered, so the next one cannot tell your "
          + "changes from those of others")
    case .variablesNotShared(let error):
      warn(
        "the fingerprint of the environment variables cannot be kept in the Actor's store: "
          + "\(Diagnosis(error).message); a push from elsewhere sends secrets again, and builds")
    case .pullNoted(let note): warn(PullText.note(note))
    case .notVerified(let error):
      warn("whether another push came in between cannot be asked: \(Diagnosis(error).message)")
    case .timeLimit(let limit):
      console.say("this push ends \(Quantity.longTime(limit)) after its start at the latest (--timeout)")
    case .archivesRemoved(let keys):
      console.detail("removed \(keys.map(TerminalText.of).joined(separator: ", "))")
    case .archivesKept(let error):
      warn("old zips are left in the store: \(Diagnosis(error).message)")
    case .build(.logLine) where hidesLog, .run(.logLine) where hidesLog: return
    case .build(let event): for line in BuildText.lines(event) { console.say(line) }
    case .run(let event): for line in BuildText.lines(event) { console.say(line) }
    case .runEnded(let ending, let duration): showEnd(of: ending, duration)
    case .tagMoved(let tag, let before, let build):
      console.say(BuildText.moved(tag, from: before, to: build))
    case .buildEnded(let ending, let duration): showEnd(of: ending, duration)
    }
  }

  /// Whether the log of a build is shown only as far as it says why it failed.
  private var hidesLog: Bool { console.level == .quiet || isOneOfMany && console.level < .verbose }

  /// Warns, and keeps the warning for the report.
  func warn(_ text: String) { console.warn(text) }

  private func showEnd(of ending: RunEnding, _ duration: Duration) {
    if let line = BuildText.done(ending, took: duration) { return console.say(line) }
    guard hidesLog, !ending.hasElapsed else { return }
    for line in ending.logTail { console.write("\(console.prefix)  \(TerminalText.line(line.utf8))\n") }
  }

  private func showEnd(of ending: BuildEnding, _ duration: Duration) {
    guard !ending.hasElapsed else { return }
    guard ending.build.status == .succeeded else {
      // With -q the log was not shown; how it ended is.
      if hidesLog {
        for line in ending.logTail { console.write("\(console.prefix)  \(TerminalText.line(line.utf8))\n") }
      }
      return
    }
    console.say(BuildText.done(ending, took: duration))
    if let warning = BuildText.tagWarning(ending) { warn(warning) }
  }
}
