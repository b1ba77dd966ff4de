// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// An Actor as a user names it.
///
/// | text | Actor |
/// |---|---|
/// | `hQdXPqtS6Kkq1tyyC` | the one with this id; the platform takes any bare word for an id |
/// | `anna~my-actor`, `anna/my-actor` | the one called my-actor of the user anna |
/// | `~my-actor` | the one of the token's owner |
package enum ActorReference: Hashable, Sendable {
  case id(String)
  case named(owner: String, name: String)
  /// Of the token's owner.
  case own(name: String)

  /// Parses `text`.
  package init(_ text: String) throws(ActorReferenceError) {
    guard !text.isEmpty else { throw .empty }
    let isMark: (Character) -> Bool = { $0 == "~" || $0 == "/" }
    let parts = text.split(omittingEmptySubsequences: false, whereSeparator: isMark)
    switch parts.count {
    case 1: self = .id(try Self.checked(parts[0]))
    case 2 where text.hasPrefix("~"): self = .own(name: try Self.checked(parts[1]))
    case 2: self = .named(owner: try Self.checked(parts[0]), name: try Self.checked(parts[1]))
    default: throw .tooManyParts
    }
  }

  /// The reference as a segment of a path, percent-encoded.
  package var pathSegment: String {
    switch self {
    case .id(let id): id.percentEncodedSegment
    case .named(let owner, let name): "\(owner.percentEncodedSegment)~\(name.percentEncodedSegment)"
    case .own(let name): "~\(name.percentEncodedSegment)"
    }
  }

  private static func checked(_ part: Substring) throws(ActorReferenceError) -> String {
    guard !part.isEmpty else { throw .emptyPart }
    guard part.utf8.count <= 100 else { throw .tooLong }
    for scalar in part.unicodeScalars {
      switch scalar {
      case "a"..."z", "A"..."Z", "0"..."9", "-", "_", ".": continue
      default: throw .invalidCharacter(scalar)
      }
    }
    guard part != ".", part != ".." else { throw .emptyPart }
    return String(part)
  }
}

extension ActorReference: CustomStringConvertible {
  package var description: String {
    switch self {
    case .id(let id): id
    case .named(let owner, let name): "\(owner)/\(name)"
    case .own(let name): "~\(name)"
    }
  }
}

/// The reason why a text is not an Actor reference.
package enum ActorReferenceError: Error, Hashable, Sendable {
  case empty
  /// Nothing, or only dots, on one side of the `~` or `/`.
  case emptyPart
  /// More than one `~` or `/`.
  case tooManyParts
  /// A part has more than 100 characters.
  case tooLong
  /// A character that no id, user name or Actor name has.
  case invalidCharacter(Unicode.Scalar)
}

extension ActorReferenceError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .empty: "it is empty"
    case .emptyPart: "a name is missing beside the ~ or /"
    case .tooManyParts: "it has more than one ~ or /; expected ID, user~name or user/name"
    case .tooLong: "a part of it is longer than 100 characters"
    case .invalidCharacter(let scalar):
      "the character \(scalar.escaped(asASCII: true)) (U+\(String(scalar.value, radix: 16, uppercase: true))) cannot be in it"
    }
  }
}
