// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// How a request names an Actor: by its id, or by its owner and name.
package enum ActorReference: Equatable, Sendable {
  case id(String)
  /// `username~name`; without a username, as in `~name`, one of the token's owner.
  case name(username: String?, name: String)

  /// The reference that a path component is; nil where it can't name any Actor.
  package init?(_ text: String) {
    guard text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else { return nil }
    let parts = text.split(separator: "~", maxSplits: 1, omittingEmptySubsequences: false)
    if parts.count == 2 {
      self = .name(username: parts[0].isEmpty ? nil : String(parts[0]), name: String(parts[1]))
    } else if Identifier.isValid(text) {
      self = .id(text)
    } else {
      return nil
    }
  }
}
