// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// A variable of a version. No description or mirror shows a secret's value.
package struct EnvironmentVariable: Codable, Hashable, Sendable {
  /// Its name.
  package var name: String
  /// Its value; the platform never gives back a secret's.
  package var value: String?
  /// Whether it is secret.
  package var isSecret: Bool?

  /// A variable.
  package init(name: String, value: String?, isSecret: Bool? = nil) {
    self.name = name
    self.value = value
    self.isSecret = isSecret
  }
}

extension EnvironmentVariable: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// `NAME=value`, without a secret's value.
  package var description: String { isSecret == true ? "\(name)=[secret]" : "\(name)=\(value ?? "")" }
  /// The same.
  package var debugDescription: String { description }
  /// Name and secrecy only.
  package var customMirror: Mirror {
    Mirror(self, children: ["name": name, "isSecret": isSecret == true] as KeyValuePairs<String, Any>)
  }
}
