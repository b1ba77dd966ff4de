// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Git
internal import IgnoreRules
internal import SystemIO

/// What a person's programs keep in the home directory, where that is the project's directory or lies in it,
/// as in many containers: settings, credentials and histories, which are no source of the project.
///
/// It is left out as if an outermost ignore file named it: not what git tracks, nor what a line of an ignore
/// file brings back.
struct PersonalFiles: Sendable {
  /// Relative to the home directory: those of git, ssh, gpg and curl, of shells, and of the tools that Actors
  /// are deployed with; and what the XDG Base Directory Specification puts there.
  private static let names = [
    ".apify/", ".aws/", ".bash_history", ".cache/", ".config/", ".docker/config.json", ".git-credentials",
    ".gitconfig", ".gnupg/", ".kube/config", ".local/", ".netrc", ".node_repl_history", ".python_history",
    ".ssh/", ".zsh_history",
  ].map { Array($0.utf8) }
  /// The variables that name other places for the latter.
  private static let variables = ["XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"]

  /// Relative to the project's directory; that of a directory ends with "/".
  let paths: [[UInt8]]
  /// A pattern for each of them.
  let rules: PatternList

  /// Nil where none of the directories that `environment` names is in `root`, a path without symbolic links.
  init?(below root: [UInt8], _ environment: GitEnvironment, ignoringCase: Bool) {
    func relative(_ path: [UInt8]) -> [UInt8]? {
      (try? Paths.resolved(path)).flatMap { Paths.relative($0, to: root) }
    }
    var paths: [[UInt8]] = []
    if let base = environment.home.flatMap(relative) { paths = Self.names.map { Paths.join(base, $0) } }
    for variable in Self.variables {
      guard let value = environment.variables[variable], value.hasPrefix("/"),
        let path = relative(Array(value.utf8)), !path.isEmpty
      else { continue }
      paths.append(path + [UInt8(ascii: "/")])
    }
    guard !paths.isEmpty else { return nil }
    self.paths = paths
    rules = PatternList(literal: paths, name: "a personal file", ignoringCase: ignoringCase)
  }
}

extension Walk {
  /// Warns of personal files that are there and left out.
  func warnOfPersonalFiles() {
    guard let personalFiles else { return }
    let found = personalFiles.paths.filter { path in
      Paths.status(Paths.join(root, path)) != nil && isPersonal(path, personalFiles)
    }
    if let first = found.first { queue.warn(WalkWarning(kind: .personalFiles(found), path: first)) }
  }

  /// Whether `path` is left out as a personal file, and not by another rule.
  private func isPersonal(_ path: [UInt8], _ files: PersonalFiles) -> Bool {
    let components = path.split(separator: UInt8(ascii: "/"))
    var anchored = prefix
    for (index, component) in components.enumerated() {
      let basename = anchored.count
      anchored += component
      let isDirectory = index < components.count - 1 || path.last == UInt8(ascii: "/")
      let decision = inclusionRules.decide(
        anchored.span, basename: basename, isDirectory: isDirectory, context: top.context)
      if decision.outcome == .excluded {
        guard case .pattern(let verdict)? = decision.rule else { return false }
        return verdict.list === files.rules
      }
      anchored.append(UInt8(ascii: "/"))
    }
    return false
  }
}
