// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import SystemIO

/// Which variables the directory's actor.json and a version had in common after the last pull. What is
/// changed in actor.json from there on has not been changed by others.
struct PulledVariables: Codable, Sendable, Equatable {
  fileprivate static let format = 1
  fileprivate var format = Self.format
  /// Their values, by their names. Secrets are not among them.
  fileprivate(set) var values: [String: String] = [:]
  /// What actor.json had before a pull has written those.
  private var before: [String: Set<String>]?

  /// None.
  init() {}

  /// The names of those that a pull has written over what actor.json had.
  var replacedNames: [String] { Array((before ?? [:]).keys) }

  /// The same with `values`, of which a pull has written some over what actor.json had, `replaced`.
  func with(_ values: [String: String], replacing replaced: [String: String]) -> PulledVariables {
    var next = PulledVariables()
    next.values = values
    var before = (before ?? [:]).filter { values[$0.key] != nil }
    for (name, value) in replaced { before[name, default: []].insert(value) }
    if !before.isEmpty { next.before = before }
    return next
  }

  /// What an actor.json that says `own` had in common with the version: a commit, or another branch, that
  /// still has a value as it was before a pull knows that one, and not the one that was pulled.
  func known(_ own: (_ name: String) -> String?) -> [String: String] {
    Dictionary(
      uniqueKeysWithValues: values.map { name, value in
        let own = own(name)
        let isBefore = before?[name]?.contains { sameBytes($0, own) } == true
        return (name, isBefore ? own ?? value : value)
      })
  }
}

extension DirectoryMemory {
  /// The name of the file of the variables that are shared with the version of `key`.
  static func variablesName(_ key: VersionMemory.Key) -> String { VersionMemory.name(key) + ".variables" }

  /// The variables that both had in common after the last pull from the version of `key`; those that a push
  /// has set since are not among them.
  func variables(of key: VersionMemory.Key) -> PulledVariables {
    guard let kept = record(Self.variablesName(key), as: PulledVariables.self),
      kept.format == PulledVariables.format
    else { return PulledVariables() }
    return kept
  }

  /// Keeps `values` as those, of which the pull has written some over what actor.json had, `replaced`.
  ///
  /// - Parameter isOurs: whether what is here was preferred: what it was before counts no longer.
  func keepVariables(
    _ values: [String: String], replacing replaced: [String: String], isOurs: Bool, of key: VersionMemory.Key
  ) throws(SystemError) {
    if values.isEmpty { return forgetVariables(of: key) }
    try keep(
      (isOurs ? PulledVariables() : variables(of: key)).with(values, replacing: replaced),
      as: Self.variablesName(key))
  }

  /// Forgets the values of the variables called `names`, which are given from here; nil for those of all.
  func forgetVariables(_ names: Set<String>? = nil, of key: VersionMemory.Key) {
    let kept = variables(of: key)
    let rest = names.map { names in kept.values.filter { !names.contains($0.key) } } ?? [:]
    if rest.isEmpty {
      try? Paths.remove(file(Self.variablesName(key)))
    } else {
      try? keep(kept.with(rest, replacing: [:]), as: Self.variablesName(key))
    }
  }
}

extension RememberedVariables {
  /// The same with what was pulled into actor.json, which counts like what was given from here.
  func noting(_ pulled: [String: String]) -> RememberedVariables {
    var known = self
    for (name, value) in pulled { known.noteElsewhere(name, [value]) }
    return known
  }
}
