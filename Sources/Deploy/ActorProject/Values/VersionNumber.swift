// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// The number of an Actor's version, as 0.1.
package struct VersionNumber: Hashable, Sendable, CustomStringConvertible {
  package let description: String

  /// The number where no file names one: 0.0.
  package static let zero = VersionNumber(unchecked: "0.0")

  private init(unchecked text: String) { description = text }

  package init(_ text: String) throws(InvalidValue) {
    let parts = text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    guard parts.count == 2, parts.allSatisfy(Self.isPart) else {
      throw InvalidValue("MAJOR.MINOR, each 0 to 99, such as 0.1")
    }
    description = text
  }

  private static func isPart(_ part: Substring.UTF8View) -> Bool {
    guard let first = part.first, part.count <= 2 else { return false }
    return part.allSatisfy { $0 >= 0x30 && $0 <= 0x39 } && (part.count == 1 || first != 0x30)
  }
}
