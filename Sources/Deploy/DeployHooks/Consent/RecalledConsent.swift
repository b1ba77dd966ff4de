// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Deploy
internal import Git
internal import SystemIO

/// What the user of a clone has agreed to, as far as that can be found out.
enum RecalledConsent: Sendable {
  /// This, or nothing.
  case given(DeployConsent?)
  /// Nothing: this file, which should say what, is damaged.
  case damaged([UInt8])
  /// It cannot be known: why, and what helps.
  case unknown(reason: String, help: String)

  /// What was agreed to in the clone of `repository`. Blocks.
  init(of repository: RepositoryLocation, _ context: OperationContext) {
    guard let state = context.stateDirectory else {
      self = .unknown(
        reason: "what this clone has agreed to is not known here: there is no directory for the state",
        help: "set HOME or XDG_STATE_HOME")
      return
    }
    do throws(SystemError) {
      let clone = try DeployConsent.repository(of: repository.directory)
      let consent = try DeployConsent.recall(clone, in: state)
      let file = DeployConsent.path(clone, state)
      self = consent == nil && Paths.status(file) != nil ? .damaged(file) : .given(consent)
    } catch {
      self = .unknown(
        reason: "what this clone has agreed to cannot be read: \(error.message) (\(TerminalText.of(state)))",
        help: "make it readable")
    }
  }

  /// What is known of it.
  var known: DeployConsent? { if case .given(let consent) = self { consent } else { nil } }
}
