// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// What was found out about one thing that a deploy depends on.
struct Finding: Encodable, Sendable {
  enum State: String, Encodable, Sendable {
    case ok
    /// Works, but perhaps not as it is meant.
    case warning
    /// A deploy fails.
    case problem
  }

  /// What was looked at: "token".
  let check: String
  let state: State
  /// What is so, without a secret.
  let text: String
  /// What to do; nil where nothing is to be done.
  let remedy: String?

  static func ok(_ check: String, _ text: String) -> Finding {
    Finding(check: check, state: .ok, text: text, remedy: nil)
  }

  static func warning(_ check: String, _ text: String, _ remedy: String? = nil) -> Finding {
    Finding(check: check, state: .warning, text: text, remedy: remedy)
  }

  static func problem(_ check: String, _ text: String, _ remedy: String? = nil) -> Finding {
    Finding(check: check, state: .problem, text: text, remedy: remedy)
  }
}
