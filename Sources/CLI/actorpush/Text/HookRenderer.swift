// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Deploy
internal import DeployHooks
internal import SystemIO

/// Shows what the hook reports as text on standard error.
struct HookRenderer: Sendable {
  private let console: Console
  private let prefix: String
  private let deploy: DeployRenderer

  /// A renderer whose lines begin with `prefix`: among those of git they say whose they are.
  init(_ console: Console, prefix: String = "") {
    self.console = console
    self.prefix = prefix
    // What goes on within a deploy is of interest in the log of a job, not in the middle of a push.
    let level: Console.Level = prefix.isEmpty ? console.level : .quiet
    deploy = DeployRenderer(
      Console(level: level, isColored: console.isColored, isWatched: console.isWatched))
  }

  /// Shows `event`.
  func show(_ event: HookEvent) {
    if case .deploy(let event) = event { return deploy.show(event) }
    if let line = Self.line(event) { console.say(prefix + line) }
  }

  private static func line(_ event: HookEvent) -> String? {
    switch event {
    case .dryRun: return "dry run; nothing is deployed"
    case .deleted(let reference): return "\(TerminalText.of(reference)) is deleted; nothing is deployed"
    case .notABranch(let reference):
      return "\(TerminalText.of(reference)) is not a branch; nothing is deployed"
    case .noMap(let branch):
      return
        "no .actor/actorpush.json in the commit pushed to \(TerminalText.of(branch)); nothing is deployed"
    case .unmapped(let branch, let remote):
      return
        "no map mentions branch \(TerminalText.of(branch)) of remote \(TerminalText.of(remote)); nothing is deployed"
    case .consentDamaged(let file):
      return "\(TerminalText.of(file)): what this clone has agreed to is damaged, and counts as nothing; "
        + "look at the maps, and run actorpush hook allow"
    case .notDeployed(let target, let error):
      let subject = target.map { HookText.target($0) + ": " } ?? ""
      return "\(subject)\(Diagnosis(error).message); not deployed, the push continues"
    case .notExamined(let seconds): return "the package could not be checked within \(seconds) s"
    case .scheduled(let target):
      return
        "\(HookText.target(target)): will be deployed once the push has arrived (actorpush hook status)"
    case .awaitingPush(let target):
      return "waiting until the remote has \(TerminalText.of(target.reference)); no git push is running"
    case .waiting(let target):
      return "waiting for another deploy of \(TerminalText.of(target.actor)) \(target.version)"
    case .ended(let target, let result):
      return "\(HookText.target(target)): \(result.state.rawValue); \(TerminalText.of(result.message))"
    case .timeElapsed(let target):
      return "\(HookText.target(target)): not deployed; the time budget of the hook ran out"
    case .deploy: return nil
    }
  }
}
