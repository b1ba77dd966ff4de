// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// The name of an Actor, alone (my-actor) or with its owner before it (anna/my-actor, ~my-actor).
package struct ActorName: Hashable, Sendable, CustomStringConvertible {
  package let description: String
  /// The name without the owner.
  package let own: String
  /// The owner; empty for the token's, and nil where none is named.
  package let owner: String?

  package init(_ text: String) throws(InvalidValue) {
    let parts = text.split(omittingEmptySubsequences: false) { $0 == "/" || $0 == "~" }.map(String.init)
    guard let own = parts.last, Self.isValid(own) else {
      throw InvalidValue("3 to 63 characters of a-z, 0-9 and -")
    }
    let owner = parts.count == 1 ? nil : parts[0]
    guard parts.count <= 2, Self.isOwner(owner ?? ""), owner != "" || text.hasPrefix("~") else {
      throw InvalidValue("NAME, USER/NAME or ~NAME")
    }
    (description, self.own, self.owner) = (text, own, owner)
  }

  /// Whether `text` is valid as the name alone.
  package static func isValid(_ text: String) -> Bool {
    (3...63).contains(text.utf8.count)
      && text.utf8.allSatisfy {
        ($0 >= 0x61 && $0 <= 0x7A) || ($0 >= 0x30 && $0 <= 0x39) || $0 == UInt8(ascii: "-")
      }
  }

  /// Throws where `text` names no Actor in any way: by its id, as USER/NAME or USER~NAME, or as ~NAME.
  static func checkReference(_ text: String) throws(InvalidValue) {
    let parts = text.split(omittingEmptySubsequences: false) { $0 == "/" || $0 == "~" }.map(String.init)
    guard parts.count <= 2, parts.allSatisfy(isOwner), parts.last != "",
      parts.count == 1 || parts[0] != "" || text.hasPrefix("~")
    else { throw InvalidValue("an Actor's ID, USER/NAME or ~NAME") }
  }

  private static func isOwner(_ text: String) -> Bool {
    text.utf8.count <= 100 && text != "." && text != ".."
      && text.utf8.allSatisfy {
        ($0 | 0x20 >= 0x61 && $0 | 0x20 <= 0x7A) || ($0 >= 0x30 && $0 <= 0x39) || "-_.".utf8.contains($0)
      }
  }
}
