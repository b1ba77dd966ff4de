// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import SystemIO

/// What git would take from the environment. The executable reads the environment once; nothing below it
/// does.
package struct GitEnvironment: Sendable {
  /// The user's home directory (`HOME`).
  package var home: [UInt8]?
  /// `XDG_CONFIG_HOME`, where set and not empty.
  package var configHome: [UInt8]?
  /// The system's configuration file (`GIT_CONFIG_SYSTEM`); nil with `GIT_CONFIG_NOSYSTEM`.
  package var systemConfig: [UInt8]? = Array("/etc/gitconfig".utf8)
  /// The user's configuration file (`GIT_CONFIG_GLOBAL`) in place of the usual two.
  package var globalConfig: [UInt8]?
  /// Directories above which no repository is looked for (`GIT_CEILING_DIRECTORIES`).
  package var ceilings: [[UInt8]] = []
  /// Whether a repository is looked for on other file systems too (`GIT_DISCOVERY_ACROSS_FILESYSTEM`).
  package var crossesFileSystems = false
  /// The working directory by the name that the user knows it by (`PWD`).
  package var workingDirectory: [UInt8]?
  /// Settings of the command line and of `GIT_CONFIG_KEY_n`: keys and values, the last one counting.
  package var overrides: [(key: String, value: [UInt8])] = []
  /// The environment of a git that must be asked after all.
  package var variables: [String: String] = [:]

  /// An environment without anything: only the repository's own configuration and the system's count.
  package init() {}

  /// What git would read in `variables`.
  package init(variables: [String: String]) {
    func value(_ name: String) -> [UInt8]? {
      variables[name].flatMap { $0.isEmpty ? nil : Array($0.utf8) }
    }
    self.variables = variables
    home = value("HOME")
    configHome = value("XDG_CONFIG_HOME")
    workingDirectory = value("PWD")
    ceilings = Self.ceilings(value("GIT_CEILING_DIRECTORIES") ?? [])
    crossesFileSystems = value("GIT_DISCOVERY_ACROSS_FILESYSTEM").flatMap(GitConfig.boolean) ?? false
    if let system = variables["GIT_CONFIG_SYSTEM"] { systemConfig = Array(system.utf8) }
    if variables["GIT_CONFIG_NOSYSTEM"].flatMap({ GitConfig.boolean(Array($0.utf8)) }) == true {
      systemConfig = nil
    }
    if let global = variables["GIT_CONFIG_GLOBAL"] { globalConfig = Array(global.utf8) }
    for index in 0..<min(Int(variables["GIT_CONFIG_COUNT"] ?? "") ?? 0, 1000) {
      guard let key = variables["GIT_CONFIG_KEY_\(index)"], let text = variables["GIT_CONFIG_VALUE_\(index)"]
      else { continue }
      overrides.append((key, Array(text.utf8)))
    }
    // The command line wins over the variables.
    overrides += GitConfig.parameters(value("GIT_CONFIG_PARAMETERS") ?? [])
  }

  /// The places of the user's configuration, in git's order: the later one counts.
  var globalConfigs: [[UInt8]] {
    if let globalConfig { return [globalConfig] }
    let xdg = configHome ?? home.map { Paths.join($0, Array(".config".utf8)) }
    return [
      xdg.map { Paths.join($0, Array("git/config".utf8)) },
      home.map { Paths.join($0, Array(".gitconfig".utf8)) },
    ].compactMap(\.self)
  }

  /// Where the global ignore file lies when `core.excludesFile` does not say.
  package var defaultExcludesFile: [UInt8]? { global("git/ignore") }

  /// Where the global file of attributes lies when `core.attributesFile` does not say.
  package var defaultAttributesFile: [UInt8]? { global("git/attributes") }

  private func global(_ name: String) -> [UInt8]? {
    (configHome ?? home.map { Paths.join($0, Array(".config".utf8)) }).map {
      Paths.join($0, Array(name.utf8))
    }
  }
}
