// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Deploy
internal import SystemIO

/// Why the hook deployed nothing of a reference, where it came to know of no version: a map that is none, or
/// was not agreed to, an actor.json that is not valid.
package struct HookRefusal: Codable, Sendable, Equatable {
  /// When that was, in milliseconds since 1970.
  package let created: Int
  /// The remote of the push.
  package let remote: String
  /// What was pushed: "refs/heads/main".
  package let reference: String
  /// What is wrong, and where.
  package let message: String
  /// What to do about it.
  package let help: String?

  /// The refusal of `reference` by `error`.
  init(_ error: DeployError, of reference: String, remote: String, at created: Int) {
    let diagnosis = Diagnosis(error)
    (self.created, self.remote, self.reference) = (created, remote, reference)
    (message, help) = (diagnosis.summary, diagnosis.help)
  }
}

extension JobStore {
  /// Those of the last push of each reference that the hook saw.
  package var refusals: [HookRefusal] { Self.read(refusalFile) ?? [] }

  /// Forgets all of them: what was agreed to is another thing now, or there is no hook any longer.
  package func forgetRefusals() { try? keep([]) }

  /// Keeps `new`, in place of what was kept of `references` on `remote`.
  func keep(_ new: [HookRefusal], of references: Set<String>, on remote: String) throws(SystemError) {
    let others = refusals.filter { $0.remote != remote || !references.contains($0.reference) }
    try keep((others + new).suffix(Self.keptRefusals))
  }

  private static let keptRefusals = 20

  private func keep(_ refusals: [HookRefusal]) throws(SystemError) {
    guard !refusals.isEmpty else {
      if Paths.status(refusalFile) != nil { try Paths.remove(refusalFile) }
      return
    }
    try Paths.makeDirectory(directory, mode: 0o700)
    try Self.write(refusals, to: refusalFile)
  }

  private var refusalFile: [UInt8] { Paths.join(directory, Array("refused".utf8)) }
}
