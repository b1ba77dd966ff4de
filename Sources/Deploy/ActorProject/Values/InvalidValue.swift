// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// What a text would have to be to be valid: "must be …", "the name must be …".
package struct InvalidValue: Error, Equatable, Sendable, CustomStringConvertible {
  package let description: String

  init(_ rule: String, of subject: String? = nil) {
    description = (subject.map { $0 + " " } ?? "") + "must be " + rule
  }
}
