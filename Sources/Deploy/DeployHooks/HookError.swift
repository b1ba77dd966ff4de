// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

package import Deploy
package import Git
internal import SourceTree
package import SystemIO

/// Why the hook does nothing, or not all that it was asked to.
package enum HookError: Error, Sendable {
  /// The deploy.
  case deploy(DeployError)
  /// git gives no answer.
  case git(Git.Failure)
  /// Standard input is not what git tells a pre-push hook; the line.
  case malformedInput(String)
  /// There is no home directory for the state of a deploy.
  case noStateDirectory
  /// The file is not a job.
  case notAJob([UInt8])
  /// A file of the state, or the hook, cannot be written.
  case file([UInt8], SystemError)
  /// The hook is not installed, or not removed.
  case refused(HookInstaller.Refusal, HookLocation)
}

extension HookError {
  /// Why a step of the installation failed.
  package init(_ failure: HookInstaller.Failure) {
    switch failure {
    case .system(let path, let error): self = .file(path, error)
    case .git(let error): self = .git(error)
    }
  }
}

extension Diagnosis {
  /// Why the hook does nothing.
  package init(_ error: HookError) {
    switch error {
    case .deploy(let error): self.init(error)
    case .git(.missing):
      self.init(
        type: "git-missing", message: "git is not installed, or not in PATH", status: .failed, phase: "hook")
    case .git(let error) where error != .interrupted:
      self.init(
        type: "git-failed", message: "git: \(TerminalText.of(error.message ?? ""))", status: .failed,
        phase: "hook")
    case .git: self = .interrupted
    case .malformedInput(let line):
      self.init(
        type: "invalid-input", at: "standard input",
        message: "not a pre-push line (githooks(5)): \(TerminalText.of(line))",
        help: "git calls it; to install it: actorpush hook install", status: .invalidInput, phase: "hook")
    case .noStateDirectory:
      self.init(
        type: "no-state",
        message: "no directory for the deploy's state", help: "set HOME or XDG_STATE_HOME",
        status: .failed, phase: "hook")
    case .notAJob(let path):
      self.init(
        type: "invalid-input", at: TerminalText.of(path), message: "not a deploy job", status: .invalidInput,
        phase: "hook")
    case .file(let path, let error): self.init(output: String(decoding: path, as: UTF8.self), error)
    case .refused(let refusal, let location):
      self = Self.refused(refusal, location)
    }
  }

  private static func refused(_ refusal: HookInstaller.Refusal, _ location: HookLocation) -> Diagnosis {
    let (place, cause, help): ([UInt8]?, String, String?) =
      switch refusal {
      case .outside:
        (
          location.directory,
          "core.hooksPath is outside of the repository and may be shared; nothing was written",
          "add the hook there by hand, or unset core.hooksPath"
        )
      case .manager(let manager):
        (
          nil, "\(manager.rawValue) manages the hooks of this repository",
          "add what stands above to its own file"
        )
      case .goesByName:
        (
          location.path, "the hook goes by its own name ($0), and --chain would run it by another",
          "add what stands above to it instead"
        )
      case .foreign: (location.path, "a hook exists already", "--chain runs both, --force backs it up")
      case .edited:
        (location.path, "the hook was changed since it was installed", "--force overwrites or removes it")
      case .backupInTheWay:
        (
          location.path, "the backup \(HookScript.backupName) exists already", "restore or delete it first"
        )
      }
    return Diagnosis(
      type: "hook-refused", at: place.map { TerminalText.of($0) }, message: cause, help: help,
      status: .invalidInput, phase: "hook")
  }
}
