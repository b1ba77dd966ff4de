// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Git
internal import IgnoreRules
internal import Synchronization
internal import SystemIO

/// A repository as the walk needs it: the ignore rules that hold in all of its work tree, and what it tracks.
final class Repository: Sendable {
  let directories: GitDirectories
  /// Whether names differ by case only.
  let ignoringCase: Bool
  /// info/exclude over core.excludesFile; nil where there is neither.
  let rules: RuleChain?

  private let config: GitConfig
  private let environment: GitEnvironment
  private let loaded = AtomicLazyReference<Loaded>()
  private let loading = Mutex<Void>(())

  /// So that it can be looked at without a lock: it is asked for every name that a pattern leaves out.
  private final class Loaded: Sendable {
    let tracked: TrackedPaths
    init(_ tracked: TrackedPaths) { self.tracked = tracked }
  }

  /// Reads the repository's configuration and global rules; verdicts name files below `root` by their path in
  /// it.
  init(_ directories: GitDirectories, environment: GitEnvironment, root: [UInt8]) {
    self.directories = directories
    self.environment = environment
    config = GitConfig(environment: environment, repository: directories)
    ignoringCase = config.ignoresCase
    let global = Repository.globalRules(config, environment: environment, worktree: directories.worktree)
    let exclude = Paths.join(directories.common, Array("info/exclude".utf8))
    let name = Paths.isInside(exclude, root) ? Array(exclude.dropFirst(root.count + 1)) : exclude
    rules = RuleChain.reading(exclude, name: name, ignoringCase: ignoringCase, over: global)
  }

  /// What the repository tracks, read at the first call. An index that can't be read tracks nothing, as a
  /// missing one.
  var tracked: TrackedPaths {
    if let loaded = loaded.load() { return loaded.tracked }
    return loading.withLock { _ in
      // Another thread may have been faster.
      if let loaded = loaded.load() { return loaded.tracked }
      return loaded.storeIfNil(Loaded(TrackedPaths(of: directories, config, environment))).tracked
    }
  }

  private static func globalRules(
    _ config: GitConfig, environment: GitEnvironment, worktree: [UInt8]
  ) -> RuleChain? {
    guard let file = config.excludesFile ?? environment.defaultExcludesFile, !file.isEmpty else { return nil }
    return RuleChain.reading(
      Paths.join(worktree, file), name: file, ignoringCase: config.ignoresCase, over: nil)
  }
}

extension RuleChain {
  /// A link for the file `path` over `parent`; just `parent` where the file is missing or holds no pattern.
  fileprivate static func reading(
    _ path: [UInt8], name: [UInt8], ignoringCase: Bool, over parent: RuleChain?
  ) -> RuleChain? {
    guard let contents = Paths.contents(path) else { return parent }
    let list = PatternList(
      contents: contents.span, name: String(decoding: name, as: UTF8.self), ignoringCase: ignoringCase)
    return list.patterns.isEmpty ? parent : RuleChain(list, baseCount: 0, parent: parent)
  }
}
