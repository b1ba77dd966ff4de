// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// The tag of a build, as latest.
///
/// The platform's own rule is not documented. These characters are those of Docker's tags; the others are
/// refused there, or mean something in an address.
package struct BuildTag: Hashable, Sendable, CustomStringConvertible {
  package let description: String

  /// What the platform gives to a version that names no tag.
  package static let latest = BuildTag(unchecked: "latest")
  /// What a candidate gets where it is given no tag.
  package static let candidate = BuildTag(unchecked: "candidate")
  /// A longer one may be refused.
  static let usualLength = 63

  private init(unchecked text: String) { description = text }

  package init(_ text: String) throws(InvalidValue) {
    guard !text.isEmpty, text.utf8.allSatisfy(Self.isPart) else {
      throw InvalidValue("one or more characters of a-z, A-Z, 0-9, ., _ and -")
    }
    description = text
  }

  private static func isPart(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "-"):
      true
    default: false
    }
  }
}
