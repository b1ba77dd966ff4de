// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ActorProject
package import ApifyAPI
internal import SystemIO

/// What a push makes of a version's environment variables.
///
/// What is declared is set. What others have set stays, also what they set meanwhile: one variable at a time
/// is changed. So a secret whose value is not at hand is never sent. Removed is what an earlier push declared
/// and this one does not.
package struct VariableDifference: Sendable, Equatable {
  /// A variable that is set.
  package struct Setting: Sendable, Equatable {
    /// The variable, with its value.
    package let variable: ApifyAPI.EnvironmentVariable
    /// Whether the version has none of the name.
    package let isNew: Bool
  }

  /// Names that the platform does not have yet.
  package private(set) var added: [String] = []
  /// Those of ``added`` that an earlier push declared: others have removed them.
  package private(set) var restored: [String] = []
  /// Names whose value, or secrecy, becomes another.
  package private(set) var changed: [String] = []
  /// Those of ``changed`` that are secrets, and will be none: all who see the version will see them.
  package private(set) var exposed: [String] = []
  /// Names that go.
  package private(set) var removed: [String] = []
  /// Secrets of the platform whose value cannot be compared: they are sent.
  package private(set) var unknown: [String] = []
  /// Names that others have set, which stay as they are.
  package private(set) var kept: [String] = []
  /// Names that an earlier push declared, and stay, for actor.json says nothing about variables any longer.
  package private(set) var undeclared: [String] = []
  /// Declared secrets whose value is not here: the platform's stays.
  package private(set) var keptSecrets: [String] = []
  /// Declared secrets whose value is neither here nor on the platform.
  package private(set) var lacking: [DeclaredVariables.Missing] = []
  /// Those of ``changed`` and ``removed`` whose value others have given, as far as is known.
  package private(set) var contested: [String] = []
  /// Why it is not known who has given the contested ones their values; nil where that is known.
  package internal(set) var gap: SourceComparison.Base.Gap?
  /// What is set, by name.
  package private(set) var settings: [Setting] = []

  /// Nothing becomes different.
  package init() {}

  /// Compares what is declared with what the platform has.
  ///
  /// - Parameters:
  ///   - current: the platform's variables; nil where it has not said.
  ///   - remembered: what pushes from here have given; nil for nothing.
  init(
    _ declared: DeclaredVariables, current: [ApifyAPI.EnvironmentVariable]?, remembered: RememberedVariables?
  ) {
    let byName = Dictionary((current ?? []).map { ($0.name, $0) }) { first, _ in first }
    for missing in declared.missing {
      if byName[missing.name] == nil { lacking.append(missing) } else { keptSecrets.append(missing.name) }
    }
    for variable in declared.values ?? [] { compare(variable, byName[variable.name], remembered) }
    let others = byName.keys.filter { name in
      declared.values?.contains { $0.name == name } != true && !keptSecrets.contains(name)
    }.sorted()
    for name in others { judge(name, byName[name], declared, remembered) }
  }

  private mutating func compare(
    _ variable: DeclaredVariables.Variable, _ before: ApifyAPI.EnvironmentVariable?,
    _ remembered: RememberedVariables?
  ) {
    let name = variable.name
    let outcome = ApifyAPI.EnvironmentVariable(
      name: name, value: variable.value, isSecret: variable.isSecret)
    guard let before else {
      added.append(name)
      if remembered?.declared.contains(name) == true { restored.append(name) }
      settings.append(Setting(variable: outcome, isNew: true))
      return
    }
    if (before.isSecret ?? false) != variable.isSecret {
      changed.append(name)
      if !variable.isSecret { exposed.append(name) }
      if isForeign(before, remembered) { contested.append(name) }
    } else if variable.isSecret {
      switch remembered?.wasGiven(name, variable.value) {
      case true?: return
      case false?: changed.append(name)
      case nil: unknown.append(name)
      }
    } else if !sameBytes(before.value, variable.value) {
      changed.append(name)
      if isForeign(before, remembered) { contested.append(name) }
    } else {
      return
    }
    settings.append(Setting(variable: outcome, isNew: false))
  }

  /// What becomes of a variable that is not declared.
  private mutating func judge(
    _ name: String, _ current: ApifyAPI.EnvironmentVariable?, _ declared: DeclaredVariables,
    _ remembered: RememberedVariables?
  ) {
    guard declared.declaredNames != nil else {
      if remembered?.declared.contains(name) == true {
        undeclared.append(name)
      } else if declared.values != nil {
        kept.append(name)
      }
      return
    }
    if VariableName.isNoSegment(name) {
      kept.append(name)
    } else if remembered?.declared.contains(name) == true {
      removed.append(name)
      if let current, isForeign(current, remembered) { contested.append(name) }
    } else if declared.prunes {
      removed.append(name)
    } else {
      kept.append(name)
    }
  }

  /// Whether others may have given `variable` its value: it is none that is remembered. The platform shows no
  /// secret's: such a one is that of others where none was given.
  private func isForeign(
    _ variable: ApifyAPI.EnvironmentVariable, _ remembered: RememberedVariables?
  ) -> Bool {
    if variable.isSecret == true { return remembered?.secrets.contains(variable.name) != true }
    guard let value = variable.value else { return false }
    return remembered?.wasGiven(variable.name, value) != true
  }

  /// Whether nothing has to be sent.
  package var isEmpty: Bool { added.isEmpty && changed.isEmpty && removed.isEmpty && unknown.isEmpty }
}
