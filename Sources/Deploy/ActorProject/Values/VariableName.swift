// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// The name of an environment variable.
package struct VariableName: Hashable, Sendable, CustomStringConvertible {
  package let description: String

  package init(_ text: String) throws(InvalidValue) {
    // What the platform counts are UTF-16 units.
    guard (1...100).contains(text.utf16.count), !text.utf8.contains(0), !text.utf8.contains(UInt8(ascii: "="))
    else { throw InvalidValue("1 to 100 characters without = and NUL", of: "the name") }
    if Self.isNoSegment(text) { throw InvalidValue("another name than . and ..", of: "the name") }
    description = text
  }

  /// Whether a server may take `name`, as the last part of an address, for the directory, or the one above.
  package static func isNoSegment(_ name: String) -> Bool { name == "." || name == ".." }
}
