// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import SystemIO

/// An environment variable of a version. No description or mirror shows a secret's value.
package struct EnvironmentVariable: Codable, Hashable, Sendable {
  package var name: String
  /// The value; the platform never returns that of a secret.
  package var value: String?
  package var isSecret: Bool?

  package init(name: String, value: String?, isSecret: Bool? = nil) {
    self.name = name
    self.value = value
    self.isSecret = isSecret
  }

  /// The value of a secret; nil for any other variable.
  package var secretValue: String? { isSecret == true ? value : nil }
}

extension EnvironmentVariable {
  /// Byte by byte: another form of a character is another value.
  package static func == (one: EnvironmentVariable, other: EnvironmentVariable) -> Bool {
    sameBytes(one.name, other.name) && sameBytes(one.value, other.value) && one.isSecret == other.isSecret
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(Array(name.utf8))
    hasher.combine(value.map { Array($0.utf8) })
    hasher.combine(isSecret)
  }
}

extension EnvironmentVariable: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// `NAME=value`, without a secret's value.
  package var description: String { isSecret == true ? "\(name)=[secret]" : "\(name)=\(value ?? "")" }
  package var debugDescription: String { description }
  package var customMirror: Mirror {
    Mirror(self, children: ["name": name, "isSecret": isSecret == true] as KeyValuePairs<String, Any>)
  }
}
