// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import IgnoreRules
internal import SystemIO

/// The few settings of git that bear on what is ignored, read from its configuration files (git-config(1)).
package struct GitConfig: Sendable {
  /// The global ignore file (`core.excludesFile`); empty where it is switched off.
  package private(set) var excludesFile: [UInt8]?
  /// Whether names differ by case only (`core.ignoreCase`).
  package private(set) var ignoresCase = false
  /// The repository's hash (`extensions.objectFormat`).
  private(set) var objectFormat: [UInt8]?
  /// Whether `config.worktree` beside the index counts too (`extensions.worktreeConfig`).
  private(set) var hasWorktreeConfig = false

  private let environment: GitEnvironment
  private let repository: GitDirectories?

  /// Reads all that git would read in `repository` (outside of one: nil), in its order, so that the last
  /// setting counts.
  package init(environment: GitEnvironment, repository: GitDirectories?) {
    self.environment = environment
    self.repository = repository
    if let system = environment.systemConfig { read(system) }
    for file in environment.globalConfigs { read(file) }
    if let repository {
      read(Paths.join(repository.common, Array("config".utf8)))
      if hasWorktreeConfig { read(Paths.join(repository.git, Array("config.worktree".utf8))) }
    }
    for (key, value) in environment.overrides { apply(key, value, directory: []) }
  }

  /// How many bytes an object's name has in the index.
  package var hashSize: Int { objectFormat == Array("sha256".utf8) ? 32 : 20 }

  /// Whether `value` means yes, as git reads it.
  static func boolean(_ value: [UInt8]) -> Bool {
    let text = String(decoding: value, as: UTF8.self).lowercased()
    return ["true", "yes", "on"].contains(text) || (Int(text).map { $0 != 0 } ?? false)
  }

  /// The settings in `GIT_CONFIG_PARAMETERS`: 'key=value' or 'key'='value' for each, quoted as for a shell.
  static func parameters(_ text: [UInt8]) -> [(key: String, value: [UInt8])] {
    var settings: [(String, [UInt8])] = []
    for word in shellWords(text) {
      let equals = word.firstIndex(of: UInt8(ascii: "=")) ?? word.endIndex
      let key = String(decoding: word[..<equals], as: UTF8.self).lowercased()
      settings.append((key, equals < word.endIndex ? Array(word[(equals + 1)...]) : Array("true".utf8)))
    }
    return settings
  }

  private static func shellWords(_ text: [UInt8]) -> [[UInt8]] {
    var words: [[UInt8]] = []
    var word: [UInt8] = []
    var isQuoted = false
    var rest = text[...]
    while let byte = rest.popFirst() {
      switch byte {
      case UInt8(ascii: "'"): isQuoted.toggle()
      case UInt8(ascii: " ") where !isQuoted:
        words.append(word)
        word = []
      case UInt8(ascii: "\\") where !isQuoted:
        if let escaped = rest.popFirst() { word.append(escaped) }
      default: word.append(byte)
      }
    }
    words.append(word)
    return words.filter { !$0.isEmpty }
  }

  private mutating func read(_ file: [UInt8], depth: Int = 0) {
    // git gives up at ten files deep as well: files that include each other.
    guard depth <= 10, let contents = Paths.contents(file) else { return }
    let directory = Paths.parent(file) ?? []
    var parser = GitConfigParser(contents)
    while let setting = parser.next() {
      if let path = included(setting, file: file) {
        read(path, depth: depth + 1)
      } else {
        apply(setting.key, setting.value, directory: directory)
      }
    }
  }

  private mutating func apply(_ key: String, _ value: [UInt8], directory: [UInt8]) {
    switch key {
    case "core.excludesfile": excludesFile = expanded(value)
    case "core.ignorecase": ignoresCase = Self.boolean(value)
    case "extensions.objectformat": objectFormat = value
    case "extensions.worktreeconfig": hasWorktreeConfig = Self.boolean(value)
    default: break
    }
  }

  /// The file that `setting` includes, if it is an `include.path` or an `includeIf.<condition>.path` that
  /// holds.
  private func included(_ setting: GitConfigParser.Setting, file: [UInt8]) -> [UInt8]? {
    let directory = Paths.parent(file) ?? []
    if setting.key == "include.path" { return Paths.join(directory, expanded(setting.value)) }
    guard setting.key.hasPrefix("includeif."), setting.key.hasSuffix(".path"), let repository else {
      return nil
    }
    let condition = IncludeCondition(
      setting.subsection ?? [], configDirectory: directory, home: environment.home)
    guard condition.holds(in: repository) else { return nil }
    return Paths.join(directory, expanded(setting.value))
  }

  private func expanded(_ path: [UInt8]) -> [UInt8] {
    guard path.starts(with: "~/".utf8), let home = environment.home else { return path }
    return Paths.join(home, Array(path.dropFirst(2)))
  }
}
