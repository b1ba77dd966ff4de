// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Git
internal import IgnoreRules
internal import SystemIO

extension Repository {
  /// The repository's configuration. Where files alone do not tell, git is asked; where there is none, that
  /// is warned about.
  static func config(
    _ directories: GitDirectories, _ environment: GitEnvironment, _ warnings: inout [WalkWarning]
  ) throws(SourceTreeError) -> GitConfig {
    let config = GitConfig(environment: environment, repository: directories)
    guard let undecided = config.undecided else { return config }
    let file = undecided.file ?? Array("GIT_CONFIG_COUNT".utf8)
    do throws(Git.Failure) { return try config.settled() } catch {
      guard error == .missing else { throw SourceTreeError(error, path: file) }
      warnings.append(
        WalkWarning(kind: .undecidedSetting(undecided.what, cause: "git is not installed"), path: file))
      return config
    }
  }

  static func tracked(
    _ directories: GitDirectories, _ config: GitConfig, _ environment: GitEnvironment,
    _ warnings: inout [WalkWarning]
  ) -> TrackedPaths {
    do throws(Git.Failure) { return try TrackedPaths(of: directories, config, environment) } catch {
      let cause =
        switch error {
        case .missing: "git, which alone can read it, is not installed"
        case .failed(_, let message): message
        case .interrupted: "interrupted"
        case .blocking, .tooLate, .resources: error.message ?? ""
        }
      let path = Paths.join(directories.git, Array("index".utf8))
      warnings.append(WalkWarning(kind: .unknownIndex(cause: cause), path: path))
      return TrackedPaths(ignoringCase: config.ignoresCase)
    }
  }

  static func globalRules(
    _ config: GitConfig, _ environment: GitEnvironment, _ worktree: [UInt8], _ warnings: inout [WalkWarning]
  ) -> RuleChain? {
    guard let file = config.excludesFile ?? environment.defaultExcludesFile, !file.isEmpty else { return nil }
    return chain(
      Paths.join(worktree, file), name: file, ignoringCase: config.ignoresCase, over: nil, &warnings)
  }

  /// A link for the file `path` over `parent`; just `parent` where the file is missing or holds no pattern.
  static func chain(
    _ path: [UInt8], name: [UInt8], ignoringCase: Bool, over parent: RuleChain?,
    _ warnings: inout [WalkWarning]
  ) -> RuleChain? {
    guard let contents = IgnoreFile.contents(path, name: name, &warnings) else { return parent }
    let list = PatternList(
      contents: contents.span, name: String(decoding: name, as: UTF8.self), ignoringCase: ignoringCase)
    return list.patterns.isEmpty ? parent : RuleChain(list, baseCount: 0, parent: parent)
  }

  /// That tracked files below `root` are not there, because a sparse checkout has left them out; nil where
  /// all are.
  static func sparseness(
    _ tracked: TrackedPaths, _ directories: GitDirectories, below root: [UInt8]
  ) -> WalkWarning? {
    var count = 0
    var first: [UInt8] = []
    for name in tracked.skipped.split(separator: 0) where count < WalkWarning.sparseLimit {
      let path = Paths.join(directories.worktree, Array(name))
      // One that was only told to be left alone is there.
      guard Paths.isInside(path, root), Paths.isAbsent(path) else { continue }
      if count == 0 { first = Array(path.dropFirst(root.count + 1)) }
      count += 1
    }
    return count == 0 ? nil : WalkWarning(kind: .sparseCheckout(count: count), path: first)
  }

  /// The contents of the ignore files that are in the index and not in the work tree, by their directories.
  static func missing(
    _ tracked: TrackedPaths, _ directories: GitDirectories, _ environment: GitEnvironment
  ) throws(SourceTreeError) -> [[UInt8]: [UInt8]]? {
    guard !tracked.missingIgnoreFiles.isEmpty else { return nil }
    let git = Git(repository: directories.git, variables: environment.variables)
    var contents: [[UInt8]: [UInt8]] = [:]
    for file in tracked.missingIgnoreFiles {
      do throws(Git.Failure) {
        let directory = Array(file.path.dropLast(".gitignore".utf8.count))
        contents[directory] = try git.output(["cat-file", "blob"].map { Array($0.utf8) } + [file.object])
      } catch {
        throw SourceTreeError(error, path: file.path)
      }
    }
    return contents
  }
}
