// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// An API token. No description, dump or mirror shows it.
package struct APIToken: Sendable {
  private let secret: String

  /// Reads a token from the contents of a file or a variable; white space around it is dropped.
  package init(_ text: String) throws(APITokenError) {
    let isBlank: (UInt8) -> Bool = { $0 == 0x20 || $0 == 0x09 || $0 == 0x0A || $0 == 0x0D }
    let bytes = text.utf8.drop(while: isBlank)
    guard let last = bytes.lastIndex(where: { !isBlank($0) }) else { throw .empty }
    let token = bytes[...last]
    guard token.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else { throw .invalidCharacter }
    secret = String(decoding: token, as: UTF8.self)
  }

  /// The value of the `Authorization` header.
  var authorization: String { "Bearer \(secret)" }

  /// A shorter text is no secret, and would be found in words.
  private static let leastSecret = 8

  /// What it is found by where it must not be shown; nil where it is too short for that.
  var needle: [UInt8]? { secret.utf8.count < Self.leastSecret ? nil : Array(secret.utf8) }
}

extension APIToken: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  package var description: String { "[token]" }
  package var debugDescription: String { description }
  /// Without children.
  package var customMirror: Mirror { Mirror(self, children: EmptyCollection<Mirror.Child>()) }
}

/// The reason why a text is not a token.
package enum APITokenError: Error, Hashable, Sendable {
  case empty
  /// A space, a control character, or one beyond ASCII.
  case invalidCharacter
}

extension APITokenError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .empty: "is empty"
    case .invalidCharacter: "contains a space, or a character that no token has"
    }
  }
}
