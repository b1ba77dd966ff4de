// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// The value of an environment variable.
package struct VariableValue: Hashable, Sendable, CustomStringConvertible {
  package let description: String

  package init(_ text: String) throws(InvalidValue) {
    guard text.utf16.count <= 50_000 else {
      throw InvalidValue("at most 50,000 characters long", of: "the value")
    }
    description = text
  }
}
