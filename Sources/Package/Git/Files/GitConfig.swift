// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import SystemIO

/// The few settings of git that bear on what is ignored, read from its configuration files (git-config(1)).
///
/// What is common is read here, in microseconds. Where the files say what only git can decide, as `includeIf
/// "hasconfig:…"`, `undecided` tells, and git is asked for the same settings (`settled`): no setting is
/// dropped in silence.
package struct GitConfig: Sendable {
  /// The global ignore file (`core.excludesFile`); empty where it is switched off.
  package private(set) var excludesFile: [UInt8]?
  /// The global file of attributes (`core.attributesFile`); empty where it is switched off.
  private(set) var attributesFile: [UInt8]?
  /// Whether that is named in a way that only git knows.
  private(set) var hasUnknownAttributesFile = false
  /// Whether names differ by case only (`core.ignoreCase`).
  package private(set) var ignoresCase = false
  /// Whether not all that is tracked is checked out (`core.sparseCheckout`).
  package private(set) var isSparse = false
  /// The repository's hash (`extensions.objectFormat`).
  var objectFormat: [UInt8]?
  /// Whether `config.worktree` beside the index counts too (`extensions.worktreeConfig`).
  var hasWorktreeConfig = false
  /// The version of the repository's format (`core.repositoryFormatVersion`).
  private var formatVersion: [UInt8]?
  /// The work tree's top, relative to the repository's own directory (`core.worktree`); git takes it from
  /// that repository's files alone.
  package internal(set) var worktree: [UInt8]?
  /// The first setting that only git can tell the meaning of.
  package private(set) var undecided: Undecided?
  /// The first file of the configuration that git would not have done with.
  private(set) var blocking: BlockingFile?

  /// A setting that is not understood here.
  package struct Undecided: Equatable, Sendable {
    /// The configuration file; nil for the environment.
    package let file: [UInt8]?
    /// What is said there: `includeIf "hasconfig:…"`.
    package let what: String
  }

  /// The names of the settings that are booleans.
  static let booleans = ["core.ignorecase", "core.sparsecheckout", "extensions.worktreeconfig"]
  /// The names of the settings that are paths.
  private static let paths = ["core.excludesfile", "core.attributesfile", "core.worktree"]
  /// The extensions of a repository's format that each git knows, and that bear on nothing that is read here.
  private static let plainExtensions = ["extensions.noop", "extensions.partialclone"]
  private static let objectFormats = ["sha1", "sha256"].map { Array($0.utf8) }
  /// How many files deep files may include others, as in git.
  private static let depthLimit = 10

  let environment: GitEnvironment
  let repository: GitDirectories?

  /// Reads all that git would read in `repository` (outside of one: nil), in its order, so that the last
  /// setting counts.
  package init(environment: GitEnvironment, repository: GitDirectories?) {
    self.environment = environment
    self.repository = repository
    if let system = environment.systemConfig { read(system, mayBeUnreadable: false) }
    for file in environment.globalConfigs { read(file, mayBeUnreadable: true) }
    if let repository {
      read(repository.configFile, mayBeUnreadable: false)
      settleFormat(of: repository.configFile)
      if hasWorktreeConfig {
        read(repository.worktreeConfigFile, mayBeUnreadable: false)
      }
    }
    for (key, value) in environment.overrides {
      take(GitConfigParser.Setting(key, value), file: nil, depth: 0)
    }
  }

  /// The settings that git lists.
  init(listed: [UInt8], environment: GitEnvironment, repository: GitDirectories?) {
    self.environment = environment
    self.repository = repository
    for record in listed.split(separator: 0) {
      // A key alone is true.
      let end = record.firstIndex(of: UInt8(ascii: "\n"))
      let value = end.map { Array(record[($0 + 1)...]) } ?? Array("true".utf8)
      apply(String(decoding: record[..<(end ?? record.endIndex)], as: UTF8.self), value, file: nil)
    }
  }

  /// How many bytes an object's name has in the index.
  package var hashSize: Int { objectFormat == Array("sha256".utf8) ? 32 : 20 }

  /// - Parameter mayBeUnreadable: whether git passes over the file where permissions are in the way.
  private mutating func read(_ file: [UInt8], mayBeUnreadable: Bool, depth: Int = 0) {
    if depth > Self.depthLimit { return note("files that include each other", file) }
    guard let contents = Paths.contents(file) else {
      if let found = BlockingFile(file) {
        blocking = blocking ?? found
        note(found.kind, file)
      }
      if !mayBeUnreadable, Paths.status(file)?.isRegular == true { note("a file that cannot be read", file) }
      return
    }
    var parser = GitConfigParser(contents)
    while let setting = parser.next() { take(setting, file: file, depth: depth) }
    if parser.isBroken { note("a line that is no setting", file) }
  }

  /// Applies `setting`, or what it includes.
  private mutating func take(_ setting: GitConfigParser.Setting, file: [UInt8]?, depth: Int) {
    if !setting.isCertain, setting.key == "core.excludesfile" || setting.key.hasPrefix("include") {
      return note("\(setting.key) with a tab in its value", file)
    }
    if !setting.hasValue, Self.paths.contains(setting.key) || setting.key.hasPrefix("include") {
      return note("\(setting.key) without a value", file)
    }
    if setting.key == "include.path" { return include(setting.value, file: file, depth: depth) }
    guard setting.key.hasPrefix("includeif."), setting.key.hasSuffix(".path"), let text = setting.subsection
    else { return apply(setting.key, setting.value, file: file) }
    guard let repository else { return }
    let condition = IncludeCondition(text, file: file, home: environment.home)
    switch condition.holds(in: repository, environment) {
    case true?: include(setting.value, file: file, depth: depth)
    case false?: break
    case nil:
      note("includeIf \"\(String(decoding: text, as: UTF8.self))\"", file)
      // git may come to it.
      if let path = expanded(setting.value), let file {
        blocking = blocking ?? BlockingFile(Paths.join(Paths.parent(file) ?? [], path))
      }
    }
  }

  private mutating func include(_ value: [UInt8], file: [UInt8]?, depth: Int) {
    guard let path = expanded(value), let file = file ?? (path.first == UInt8(ascii: "/") ? [] : nil) else {
      return note("include \(String(decoding: value, as: UTF8.self))", file)
    }
    read(Paths.join(Paths.parent(file) ?? [], path), mayBeUnreadable: false, depth: depth + 1)
  }

  private mutating func apply(_ key: String, _ value: [UInt8], file: [UInt8]?) {
    switch key {
    case "core.excludesfile":
      if let path = expanded(value) {
        excludesFile = path
      } else {
        note("core.excludesFile \(String(decoding: value, as: UTF8.self))", file)
      }
    // Only git reads that file: what it makes of `~user` need not be known here.
    case "core.attributesfile":
      attributesFile = expanded(value)
      hasUnknownAttributesFile = attributesFile == nil
    case "core.ignorecase": set(\.ignoresCase, to: value, of: key, file)
    case "core.sparsecheckout": set(\.isSparse, to: value, of: key, file)
    case "core.worktree":
      if let file, file == repository?.configFile || file == repository?.worktreeConfigFile {
        worktree = value
      }
    default: if let file, file == repository?.configFile { applyFormat(key, value, file) }
    }
  }

  /// Applies a setting of the repository's format, which git takes from that repository's own file alone
  /// (`check_repository_format` of its setup.c).
  private mutating func applyFormat(_ key: String, _ value: [UInt8], _ file: [UInt8]) {
    switch key {
    case "core.repositoryformatversion": formatVersion = value
    case "extensions.objectformat": objectFormat = value
    case "extensions.worktreeconfig": set(\.hasWorktreeConfig, to: value, of: key, file)
    default: if key.hasPrefix("extensions."), !Self.plainExtensions.contains(key) { note(key, file) }
    }
  }

  /// Judges the format once the repository's own file is read. Of one without a version git takes nothing; of
  /// one that may be unknown, or not valid, git is asked.
  private mutating func settleFormat(of file: [UInt8]) {
    guard let formatVersion else {
      (hasWorktreeConfig, objectFormat, worktree) = (false, nil, nil)
      return
    }
    let isOld = formatVersion == Array("0".utf8)
    if !isOld, formatVersion != Array("1".utf8) {
      note("core.repositoryformatversion \(String(decoding: formatVersion, as: UTF8.self))", file)
    }
    if let objectFormat, isOld || !Self.objectFormats.contains(objectFormat) {
      note("extensions.objectformat \(String(decoding: objectFormat, as: UTF8.self))", file)
    }
  }

  private mutating func set(
    _ setting: WritableKeyPath<GitConfig, Bool>, to value: [UInt8], of key: String, _ file: [UInt8]?
  ) {
    if let value = Self.boolean(value) {
      self[keyPath: setting] = value
    } else {
      note("\(key) \(String(decoding: value, as: UTF8.self))", file)
    }
  }

  /// The global ignore file as git expands its path.
  mutating func set(excludesFile path: [UInt8]) {
    excludesFile = path
    undecided = nil
  }

  private mutating func note(_ what: String, _ file: [UInt8]?) {
    if undecided == nil { undecided = Undecided(file: file, what: what) }
  }

  /// `path` with the home directory in place of `~`; nil where only git can tell.
  private func expanded(_ path: [UInt8]) -> [UInt8]? {
    if path.starts(with: "%(".utf8) { return nil }
    guard path.first == UInt8(ascii: "~") else { return path }
    guard path.starts(with: "~/".utf8), let home = environment.home else { return nil }
    return Paths.join(home, Array(path.dropFirst(2)))
  }
}
