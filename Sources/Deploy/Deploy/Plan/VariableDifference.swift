// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

package import ApifyAPI
internal import SourcePackage

/// What a push makes of a version's environment variables.
package struct VariableDifference: Sendable, Equatable {
  /// Names that the platform does not have yet.
  package private(set) var added: [String] = []
  /// Names whose value, or secrecy, becomes another.
  package private(set) var changed: [String] = []
  /// Names that go.
  package private(set) var removed: [String] = []
  /// Secrets of the platform whose value cannot be compared: they are sent.
  package private(set) var unknown: [String] = []
  /// The variables as they will be; nil where nothing is to be sent. A secret without a value keeps the one
  /// that it has.
  package private(set) var outcome: [ApifyAPI.EnvironmentVariable]?

  /// Nothing becomes different.
  package init() {}

  /// Compares what is declared with what the platform has.
  ///
  /// - Parameters:
  ///   - current: the platform's variables; nil where it has not said.
  ///   - knownSecrets: tells for a name and a value whether the platform's secret has that value; nil where
  ///     that is unknown.
  package init(
    _ declared: DeclaredVariables, current: [ApifyAPI.EnvironmentVariable]?,
    knownSecret: (_ name: String, _ value: String) -> Bool?
  ) {
    guard let values = declared.values else { return }
    let current = current ?? []
    var outcome: [ApifyAPI.EnvironmentVariable] = []
    for variable in values {
      outcome.append(.init(name: variable.name, value: variable.value, isSecret: variable.isSecret))
      guard let before = current.first(where: { $0.name == variable.name }) else {
        added.append(variable.name)
        continue
      }
      if (before.isSecret ?? false) != variable.isSecret {
        changed.append(variable.name)
      } else if !variable.isSecret {
        if before.value != variable.value { changed.append(variable.name) }
      } else {
        switch knownSecret(variable.name, variable.value) {
        case true?: break
        case false?: changed.append(variable.name)
        case nil: unknown.append(variable.name)
        }
      }
    }
    for variable in current where !values.contains(where: { $0.name == variable.name }) {
      if declared.areAll { removed.append(variable.name) } else { outcome.append(variable) }
    }
    if !isEmpty { self.outcome = outcome.sorted { $0.name < $1.name } }
  }

  /// Whether nothing has to be sent.
  package var isEmpty: Bool { added.isEmpty && changed.isEmpty && removed.isEmpty && unknown.isEmpty }
}
