// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import DeployHooks
internal import Git

extension Failure {
  /// Why the hook was not installed or taken away. What to do by hand goes to standard error before.
  init(_ refusal: HookInstaller.Refusal, _ place: HookLocation, _ script: HookScript?, _ console: Console) {
    let path = TerminalText.of(place.path)
    let message: String
    switch refusal {
    case .outside:
      if let script {
        console.say("to run it all the same, add this line to a pre-push hook there:\n\n\(script.snippet)\n")
      }
      message =
        "\(TerminalText.of(place.folder)): core.hooksPath leads out of the repository, to hooks that others use too; nothing is written there"
    case .manager(let manager):
      if let script { console.say(manager.instructions(script)) }
      message =
        "\(manager.rawValue) manages the hooks of this repository; see above what to add to its own file"
    case .foreign:
      message = "\(path): there is a hook already; --chain keeps it and runs both, --force puts it aside"
    case .edited:
      message = "\(path): somebody has changed this hook since it was written; --force overrides that"
    case .backupInTheWay:
      message =
        "\(path): \(HookScript.backupName) beside it is a hook that was put aside before; bring it back or delete it first"
    }
    self.init(type: "hook-refused", message: message, status: .invalidInput, phase: "hook")
  }

  /// Why a step failed.
  init(_ failure: HookInstaller.Failure) {
    switch failure {
    case .system(let path, let error): self.init(output: TerminalText.of(path), error)
    case .git(let error): self.init(error)
    }
  }

  /// Why git gave no answer.
  init(_ error: Git.Failure) {
    switch error {
    case .missing:
      self.init(
        type: "git-missing", message: "git is not installed, or not in PATH", status: .failed, phase: "hook")
    case .failed(_, let message):
      self.init(type: "git-failed", message: "git: \(TerminalText.of(message))", status: .failed, phase: "hook")
    case .interrupted: self = .interrupted
    }
  }
}
