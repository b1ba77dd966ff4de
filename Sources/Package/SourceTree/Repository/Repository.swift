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
  /// The ignore files that a sparse checkout has left out, by the paths of their directories in the work
  /// tree, with a "/" at their ends; nil where nothing is left out.
  let missingIgnoreFiles: [[UInt8]: [UInt8]]?

  private let config: GitConfig
  private let environment: GitEnvironment
  private let warn: @Sendable (WalkWarning) -> Void
  private let loaded = AtomicLazyReference<Loaded>()
  private let loading = Mutex<Void>(())

  /// So that it can be looked at without a lock: it is asked for every name that a pattern leaves out.
  private final class Loaded: Sendable {
    let tracked: TrackedPaths
    init(_ tracked: TrackedPaths) { self.tracked = tracked }
  }

  /// Reads the repository's configuration and global rules; verdicts name files below `root` by their path in
  /// it.
  ///
  /// - Throws: where git itself refuses the configuration.
  init(
    _ directories: GitDirectories, environment: GitEnvironment, root: [UInt8],
    warn: @escaping @Sendable (WalkWarning) -> Void
  ) throws(SourceTreeError) {
    self.environment = environment
    self.warn = warn
    var warnings: [WalkWarning] = []
    let config = try Self.config(directories, environment, &warnings)
    self.config = config
    let directories = directories.placed(by: config, holding: root)
    self.directories = directories
    ignoringCase = config.ignoresCase
    let global = Self.globalRules(config, environment, directories.worktree, &warnings)
    let exclude = Paths.join(directories.common, Array("info/exclude".utf8))
    let name = Paths.isInside(exclude, root) ? Array(exclude.dropFirst(root.count + 1)) : exclude
    rules = Self.chain(exclude, name: name, ignoringCase: ignoringCase, over: global, &warnings)
    var early: TrackedPaths?
    if config.isSparse || TrackedPaths.canMissFiles(in: directories) {
      early = Self.tracked(directories, config, environment, &warnings)
      missingIgnoreFiles = try early.flatMap { tracked throws(SourceTreeError) in
        try Self.missing(tracked, directories, environment)
      }
      if let warning = early.flatMap({ Self.sparseness($0, directories, below: root) }) {
        warnings.append(warning)
      }
    } else {
      missingIgnoreFiles = nil
    }
    if let early { _ = loaded.storeIfNil(Loaded(early)) }
    for warning in warnings { warn(warning) }
  }

  /// What the repository tracks, read at the first call. An index that can't be read tracks nothing, as a
  /// missing one; that is warned about.
  var tracked: TrackedPaths {
    if let loaded = loaded.load() { return loaded.tracked }
    return loading.withLock { _ in
      // Another thread may have been faster.
      if let loaded = loaded.load() { return loaded.tracked }
      var warnings: [WalkWarning] = []
      let tracked = Self.tracked(directories, config, environment, &warnings)
      for warning in warnings { warn(warning) }
      return loaded.storeIfNil(Loaded(tracked)).tracked
    }
  }
}
