// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

package import ActorProject
internal import SystemIO

extension Diagnosis {
  /// What is wrong with a project's files.
  package init(_ error: ProjectError) {
    var place = TerminalText.of(error.file)
    if let position = error.position { place += ":\(position.line):\(position.column)" }
    let status: ExitStatus =
      switch error.code {
      case .noActor, .noCommonBase: .nothingToPush
      case .noToken: .failed
      default: .invalidInput
      }
    self.init(
      type: error.code.rawValue, at: place, message: error.cause, help: error.help, status: status,
      phase: "project")
  }
}
