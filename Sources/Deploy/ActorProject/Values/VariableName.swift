// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// The name of an environment variable.
package struct VariableName: Hashable, Sendable, CustomStringConvertible {
  package let description: String

  package init(_ text: String) throws(InvalidValue) {
    // What the platform counts are UTF-16 units.
    guard (1...100).contains(text.utf16.count), !text.utf8.contains(0), !text.utf8.contains(UInt8(ascii: "="))
    else { throw InvalidValue("1 to 100 characters without = and NUL", of: "the name") }
    // As the last part of an address, a server may take them for the directory, or the one above.
    guard text != ".", text != ".." else { throw InvalidValue("another name than . and ..", of: "the name") }
    description = text
  }
}
