// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ApifyAPI
internal import Checks
internal import Deploy
internal import SourcePackage
internal import Synchronization
internal import SystemIO

/// Shows what a deploy reports as text on standard error.
final class DeployRenderer: Sendable {
  private let console: Console
  private let progress = Progress.process
  private let log = Mutex(LogText())
  /// Whether it shows one of several Actors: then nothing of those that are up to date, and the logs of
  /// builds with -v alone.
  private let isOneOfMany: Bool

  /// The warnings so far, for the `warnings` of a report.
  var warnings: WarningLog { console.warnings }

  init(_ console: Console, isOneOfMany: Bool = false) {
    self.console = console
    self.isOneOfMany = isOneOfMany
  }

  /// Shows `event`.
  func show(_ event: DeployEvent) {
    switch event {
    case .treeWarning(let warning): warn(Warning(warning))
    case .context(let extent):
      switch ContextText.of(extent) {
      case .warning(let warning): warn(warning)
      case .line(let line): if !isOneOfMany { console.say(line) }
      }
    case .secretFound(let find):
      warn(
        Warning(
          "\(find.words), and push sends no package with a secret in it", at: find.place,
          remedy: find.line == nil ? "rename it, or leave it out" : "remove it, or leave the file out"))
    case .found(let finding) where finding.severity == .note:
      if !isOneOfMany { console.note(Warning(finding)) }
    case .found(let finding): warn(Warning(finding))
    case .secretMissing(let variable):
      warn(Warning("\(TerminalText.of(variable)) is left out: its secret is missing"))
    case .packaging(let files, let bytes, let total): report(.packing(files: total), files, bytes: bytes)
    case .packaged: end(.packing)
    case .planned(let plan, let isDryRun):
      if isOneOfMany, plan.action == .none { return }
      for line in PushText.lines(plan, isDryRun: isDryRun, isVerbose: console.level == .verbose) {
        console.say(line)
      }
      for conflict in plan.overwritten {
        warn(Warning(PushText.overwriting(conflict, plan, isDryRun: isDryRun)))
      }
      if let line = PushText.removal(plan, isDryRun: isDryRun) { warn(Warning(line)) }
      if let line = PushText.exposure(plan) { warn(Warning(line)) }
    case .buildDecided(let decision, let plan, let isDryRun, let isTried):
      let line = BuildText.decision(decision, plan, isDryRun: isDryRun, isTried: isTried)
      if case .tagElsewhere = decision { return warn(Warning(line)) }
      guard case .upToDate = decision else { return console.say(line) }
      if !isOneOfMany { console.done(line) }
    case .sending(let bytes, let total): report(.sending(bytes: total), bytes)
    case .sent: end(.sending)
    case .updated(let plan, _, let duration):
      if let line = PushText.done(plan, took: duration) { console.done(line) }
    case .notRemembered(let directory, let error):
      warn(
        Warning(
          "\(Self.forgotten): \(error.message)", at: TerminalText.of(directory),
          remedy: Diagnosis.memoryHelp))
    case .memoryMissing:
      warn(
        Warning(
          "\(Self.forgotten): there is no place for it", remedy: "set HOME or XDG_STATE_HOME to a directory"))
    case .memoryUnreadable(let directory, let error):
      warn(
        Warning(
          "what was pushed from here before cannot be read: \(error.message)", at: TerminalText.of(directory),
          remedy: "make it your own again (chown), or name another place for the state (XDG_STATE_HOME)"))
    case .variablesNotShared(let error):
      warn(
        Warning(
          "the fingerprint of the environment variables cannot be read or kept in the Actor's store: "
            + "\(Diagnosis(error).message); each push sends secrets again then, and builds"))
    case .secretsNotTold(let error):
      warn(
        Warning(
          "pushes from elsewhere cannot be told that a secret is another one: \(Diagnosis(error).message); "
            + "they may take the version for up to date", remedy: "actorpush push --build builds it"))
    case .pullNoted(let note): warn(PullText.note(note))
    case .notVerified(let error):
      warn(Warning("whether another push came in between cannot be asked: \(Diagnosis(error).message)"))
    case .historyUnknown(let error):
      let diagnosis = Diagnosis(DeployError.tree(error))
      warn(
        Warning(
          "the version cannot name its commit, by which pushes from elsewhere know it: \(diagnosis.summary)",
          remedy: diagnosis.help))
    case .timeLimit(let limit):
      console.say("this push ends \(Quantity.longTime(limit)) after its start at the latest (--timeout)")
    case .archivesRemoved(let keys):
      console.detail("removed \(keys.map(TerminalText.of).joined(separator: ", "))")
    case .archivesKept(let error):
      warn(Warning("old zips are left in the store: \(Diagnosis(error).message)"))
    case .build(.logLine(let line)), .run(.logLine(let line)): showLog(line)
    case .build(let event):
      for line in BuildText.lines(event) { console.say(line) }
      follow(event)
    case .notRun(let build): warn(BuildText.notRun(build))
    case .run(let event):
      for line in BuildText.lines(event) { console.say(line) }
      follow(event)
    case .runEnded(let ending, let duration): showEnd(of: ending, duration)
    case .tagMoved(let tag, let before, let build):
      console.say(BuildText.moved(tag, from: before, to: build))
    case .buildEnded(let ending, let duration): showEnd(of: ending, duration)
    }
  }

  /// Whether the log of a build is shown only as far as it says why it failed.
  private var hidesLog: Bool { console.level == .quiet || isOneOfMany && console.level < .verbose }

  private static let forgotten =
    "this push is not remembered, so the next one cannot tell your changes from those of others"

  /// Warns, and keeps the warning for the report.
  func warn(_ warning: Warning) {
    console.warn(warning)
  }

  private func showLog(_ line: String) {
    if !isOneOfMany { progress.step() }
    guard !hidesLog else { return }
    console.say(log.withLock { $0.line(line) })
  }

  private func showEnd(of ending: RunEnding, _ duration: Duration) {
    end(.following)
    if let line = BuildText.done(ending, took: duration) { return console.done(line) }
    guard hidesLog, !ending.hasElapsed else { return }
    showTail(ending.logTail)
  }

  private func showEnd(of ending: BuildEnding, _ duration: Duration) {
    end(.following)
    guard !ending.hasElapsed else { return }
    guard ending.build.status == .succeeded else {
      // With -q the log was not shown; how it ended is.
      if hidesLog { showTail(ending.logTail) }
      return
    }
    console.done(BuildText.done(ending, took: duration))
    if let warning = BuildText.tagWarning(ending) { warn(Warning(warning)) }
  }

  /// The last lines of a log that was not shown.
  private func showTail(_ lines: [String]) {
    var text = LogText()
    for line in lines { console.write("\(console.prefix)\(text.line(line))\n") }
  }
}

// How far it is. Of several Actors at a time, their number is reported instead.
extension DeployRenderer {
  private func report(_ stage: ProgressStage, _ count: Int, bytes: Int = 0) {
    guard !isOneOfMany else { return }
    progress.report(stage, count, bytes: bytes)
  }

  private func end(_ kind: ProgressStage.Kind) {
    if !isOneOfMany { progress.end(kind) }
  }

  private func follow(_ event: BuildFollower.Event) {
    switch event {
    case .started(let build), .resumed(let build):
      log.withLock { $0 = LogText(startedAt: build.startedAt) }
      begin("building", build.buildNumber ?? build.id)
    case .ended: end(.following)
    case .waitingForTag(let tag): begin("waiting for the tag", tag)
    case .logLine: break
    }
  }

  private func follow(_ event: RunFollower.Event) {
    switch event {
    case .started(let run, _), .resumed(let run, _):
      log.withLock { $0 = LogText(startedAt: run.startedAt) }
      begin("running", run.id)
    case .logLine: break
    }
  }

  private func begin(_ verb: String, _ name: String) {
    if !isOneOfMany { progress.begin(.following("\(verb) \(TerminalText.of(name))")) }
  }
}
