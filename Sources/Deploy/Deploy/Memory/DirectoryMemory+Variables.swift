// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import SystemIO

/// Which variables the directory's actor.json and a version had in common after the last pull. What is
/// changed in actor.json from there on has not been changed by others.
extension DirectoryMemory {
  private struct Variables: Codable {
    static let format = 1
    var format = Self.format
    /// Their values, by their names. Secrets are not among them.
    var values: [String: String]
  }

  /// The name of the file of the variables that are shared with the version of `key`.
  static func variablesName(_ key: VersionMemory.Key) -> String { VersionMemory.name(key) + ".variables" }

  /// The variables that both had in common after the last pull from the version of `key`, by their names;
  /// those that a push has set since are not among them.
  func variables(of key: VersionMemory.Key) -> [String: String] {
    guard let kept = record(Self.variablesName(key), as: Variables.self), kept.format == Variables.format
    else { return [:] }
    return kept.values
  }

  /// Keeps `values` as those.
  func keepVariables(_ values: [String: String], of key: VersionMemory.Key) throws(SystemError) {
    if values.isEmpty { return forgetVariables(of: key) }
    try keep(Variables(values: values), as: Self.variablesName(key))
  }

  /// Forgets the values of the variables called `names`, which are given from here; nil for those of all.
  func forgetVariables(_ names: Set<String>? = nil, of key: VersionMemory.Key) {
    let rest = names.map { names in variables(of: key).filter { !names.contains($0.key) } } ?? [:]
    if rest.isEmpty {
      try? Paths.remove(file(Self.variablesName(key)))
    } else {
      try? keep(Variables(values: rest), as: Self.variablesName(key))
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
