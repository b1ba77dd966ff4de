// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// The number of an Actor's version: two numbers of 0 to 99 with a point between, "0.1".
package struct VersionNumber: Hashable, Sendable, CustomStringConvertible {
  /// The number as text.
  package let description: String

  /// The number of a version that has none: 0.0.
  package static let zero = VersionNumber(unchecked: "0.0")

  private init(unchecked text: String) { description = text }

  /// The number that `text` is; nil where it is none.
  package init?(_ text: String) {
    let parts = text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    guard parts.count == 2, parts.allSatisfy(Self.isPart) else { return nil }
    description = text
  }

  private static func isPart(_ part: Substring.UTF8View) -> Bool {
    guard let first = part.first, part.count <= 2 else { return false }
    return part.allSatisfy { $0 >= 0x30 && $0 <= 0x39 } && (part.count == 1 || first != 0x30)
  }
}
