// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// An environment variable of a version.
package struct EnvironmentVariable: Codable, Equatable, Sendable {
  package let name: String
  /// Its value, also where it is secret: answers leave that out.
  package let value: String
  /// Whether the value never comes back.
  package let isSecret: Bool

  package init(name: String, value: String, isSecret: Bool = false) {
    self.name = name
    self.value = value
    self.isSecret = isSecret
  }
}
