// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ActorProject
internal import Deploy
internal import DeployHooks
internal import SystemIO

/// Hooks and what becomes of them, in words.
enum HookText {
  /// What a step does, or has done.
  static func step(_ step: HookInstaller.Step, _ location: HookLocation, isDone: Bool) -> String {
    let path = TerminalText.of(location.path)
    switch step {
    case .write: return (isDone ? "wrote" : "write") + " \(path)"
    case .backUpAndWrite(let script):
      let then = script.options.chains ? "it runs the old one first" : "uninstall restores it"
      return (isDone ? "backed up" : "back up") + " \(path) as \(HookScript.backupName) and "
        + (isDone ? "wrote" : "write") + " a new one; \(then)"
    case .restore: return (isDone ? "restored" : "restore") + " \(path) from \(HookScript.backupName)"
    case .remove: return (isDone ? "removed" : "remove") + " \(path)"
    case .dropBackup:
      return (isDone ? "removed" : "remove") + " \(HookScript.backupName), a hard link to \(path)"
    case .configure:
      return "set hook.actorpush.command and hook.actorpush.event in the repository's configuration"
    case .unconfigure:
      return (isDone ? "removed" : "remove") + " hook.actorpush from the repository's configuration"
    }
  }

  /// What a step writes.
  static func contents(_ step: HookInstaller.Step) -> String? {
    switch step {
    case .write(let script), .backUpAndWrite(let script): script.text
    case .configure(let command): "[hook \"actorpush\"]\n\tcommand = \(command)\n\tevent = pre-push\n"
    default: nil
    }
  }

  /// What to do by hand where `script` is not installed; nil where there is nothing.
  static func byHand(_ refusal: HookInstaller.Refusal, _ script: HookScript) -> String? {
    switch refusal {
    case .outside, .goesByName:
      "to run it anyway, add these lines to a pre-push hook (sh) there, \(HookScript.blockPlace):\n\n\(script.block(isShared: false))"
    case .manager(let manager): manager.instructions(script)
    case .foreign, .edited, .backupInTheWay: nil
    }
  }

  /// What was agreed to, in a line for each map that can be read.
  ///
  /// - Parameter map: the user's map, in place of those of the Actors.
  static func lines(_ consent: DeployConsent, map own: String?) -> [String] {
    if consent.maps.isEmpty { return ["nothing is agreed to: there is no \(DeployMap.path)"] }
    return consent.maps.compactMap { map in
      let file = TerminalText.of(own ?? map.directory + DeployMap.path)
      guard let branches = try? DeployMap(Array(map.text.utf8)).branches else { return nil }
      return "agreed to \(file): "
        + (branches.isEmpty ? "no branch" : branches.map(TerminalText.of).joined(separator: ", "))
    }
  }

  /// Which hook really runs.
  static func occupant(_ location: HookLocation) -> String {
    let path = TerminalText.of(location.path)
    if let configured = location.configured, location.knowsConfiguredHooks {
      return "installed, by the repository's configuration: \(TerminalText.of(configured))"
    }
    switch location.occupant {
    case .none: return "not installed; there is no pre-push hook in \(TerminalText.of(location.directory))"
    case .ours(let script):
      var text = "installed: \(path), which runs \(TerminalText.of(script.options.program))"
      if !script.options.arguments.isEmpty {
        text += " with \(script.options.arguments.map(TerminalText.of).joined(separator: " "))"
      }
      if script.options.chains { text += "; before it \(HookScript.backupName)" }
      return text
    case .edited: return "installed, and changed since: \(path)"
    case .manager(let manager):
      return "not installed; \(manager.rawValue) manages the hooks in \(TerminalText.of(location.directory))"
    case .foreign: return "not installed; another hook runs: \(path)"
    }
  }

  /// Why nothing is deployed although the hook is installed.
  static func text(_ obstacle: HookObstacle) -> String {
    switch obstacle {
    case .notExecutable: "nothing is deployed: the hook is not executable, and git ignores it"
    case .programGone(let program):
      "nothing is deployed: \(TerminalText.of(program)) is not there, and there is no actorpush in PATH"
    }
  }

  /// The way out of any of that.
  static let installAnew = "actorpush hook install writes the hook anew"

  /// Which version becomes what.
  static func target(_ target: DeployJob.Target) -> String {
    "\(TerminalText.of(target.branch)) (\(target.commit.prefix(12))) to \(TerminalText.of(target.actor)) \(target.version)"
      + (target.tag.map { ", tag \(TerminalText.of($0))" } ?? "")
  }
}
