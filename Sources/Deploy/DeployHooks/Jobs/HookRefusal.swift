// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Deploy
internal import SystemIO

/// Why the hook deployed nothing of what was pushed, where it came to know of no version: a map that is none,
/// or that was not agreed to.
package struct HookRefusal: Codable, Sendable, Equatable {
  /// When that was, in milliseconds since 1970.
  package let created: Int
  /// The remote of the push.
  package let remote: String
  /// What is wrong, and where.
  package let message: String
  /// What to do about it.
  package let help: String?

  /// The refusal of a push to `remote` by `error`.
  init(_ error: DeployError, remote: String, at created: Int) {
    let diagnosis = Diagnosis(error)
    (self.created, self.remote) = (created, remote)
    (message, help) = (diagnosis.summary, diagnosis.help)
  }
}

extension JobStore {
  /// Those of the last push that the hook saw.
  package var refusals: [HookRefusal] { Self.read(refusalFile) ?? [] }

  /// Keeps those of one push, in place of those of the one before.
  func keep(_ refusals: [HookRefusal]) throws(SystemError) {
    guard !refusals.isEmpty else {
      if Paths.status(refusalFile) != nil { try Paths.remove(refusalFile) }
      return
    }
    try Paths.makeDirectory(directory, mode: 0o700)
    try Self.write(refusals, to: refusalFile)
  }

  private var refusalFile: [UInt8] { Paths.join(directory, Array("refused".utf8)) }
}
