// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Git
internal import IgnoreRules
internal import SystemIO

/// One walk of a tree: what all its threads share.
///
/// `SourceTree` decides which files a package has, and why, and opens them unchanged. How its parts meet:
///
/// - The calling thread opens the project's directory and reads it. Directories below go into the
///   ``WalkQueue``; where enough of them wait, a thread a processor helps (``WalkWorker``). Each takes a
///   batch, opens it relative to its parent's descriptor, and adds its own directories to the queue. The walk
///   has ended when none waits and no worker is busy.
/// - ``InclusionRules`` decides on each name from layers: git's ignore files (a chain of rules a directory,
///   which points at its parent's and is shared), what git tracks, then `.actorignore`, then the fixed names.
///   In most directories few layers exist, and a quick decision suffices; it must agree with the full one,
///   which also records the reasons. The differential tests hold both against git.
/// - Names are decided where getdents64(2) put them; only what stays is sorted, in ``WalkedDirectory``.
/// - ``PlanBuilder`` lays the directories behind each other in byte order: one ``Plan``, which `list`,
///   `explain`, `pack`, `diff` and `push` share. A commit's tree becomes the same plan in `Commit`.
/// - ``PlanReader`` opens a planned file without following a link, and ``OpenedFile`` compares size and time
///   before and after the reading: a package is a consistent snapshot, or it is not made.
package final class Walk: Sendable {
  /// From how many waiting directories on a second thread is worth starting.
  static let backlogForThreads = 4

  let root: [UInt8]
  let options: WalkOptions
  let inclusionRules: InclusionRules
  /// The path from the work tree's top to the project directory, with a "/" at its end; empty at the top.
  let prefix: [UInt8]
  /// Whether names differ by case only, outside of nested repositories.
  let ignoringCase: Bool
  /// Nil where there are none.
  let personalFiles: PersonalFiles?
  let queue: WalkQueue
  let descriptor: Descriptor
  private let identity: FileIdentity
  let top: WalkedDirectory

  /// Walks the directory `path` and gives what its package would consist of.
  ///
  /// - Throws: what is wrong with the directory, or with the first path in byte order that can't be packaged.
  ///   What is merely passed over is in the plan's warnings.
  package static func plan(_ path: [UInt8], options: WalkOptions) throws(SourceTreeError) -> Plan {
    let walk = try Walk(path, options: options)
    walk.run(from: walk.top)
    walk.warnOfHiddenSource()
    walk.warnOfPersonalFiles()
    var plan = walk.emptyPlan()
    try walk.queue.finish(into: &plan)
    PlanBuilder(walk.top, recordsExcluded: options.recordsExcluded).build(into: &plan)
    if options.opensFiles, options.findsPointers, !options.recordsExcluded,
      let repository = walk.top.context.repository
    {
      let search = PointerSearch(plan, worktree: repository.directories.worktree, prefix: walk.prefix)
      plan.warnings += search.warnings(plan, prefix: walk.prefix)
    }
    return plan
  }

  init(_ path: [UInt8], options: WalkOptions) throws(SourceTreeError) {
    do throws(SystemError) {
      root = try Paths.resolved(path)
      descriptor = try Descriptor.open(CString(root), as: .directory)
      identity = try descriptor.status().identity
    } catch {
      let code: SourceTreeError.Code =
        switch error.code {
        case ENOENT: .directoryNotFound
        case ENOTDIR: .notADirectory
        default: .unreadable
        }
      throw SourceTreeError(code, path: path, system: error)
    }
    self.options = options
    let queue = WalkQueue()
    self.queue = queue
    let repository = try Self.repository(of: root, options) { queue.warn($0) }
    ignoringCase = repository?.ignoringCase ?? false
    let anchor = RootAnchor(root: root, repository: repository)
    prefix = anchor.prefix
    let actorRules = try options.isSurvey ? nil : Self.actorRules(in: descriptor, options.scope)
    let output = options.output.flatMap { [root, prefix] in
      Paths.isInside($0, root) ? prefix + $0.dropFirst(root.count + 1) : nil
    }
    inclusionRules = InclusionRules(
      actorRules: actorRules, rootStart: prefix.count, output: output, givesReasons: options.recordsExcluded,
      scope: options.scope)
    personalFiles = PersonalFiles(below: root, options.git, ignoringCase: ignoringCase)
    var context = DirectoryContext()
    context.repository = repository
    context.chain = anchor.chain
    if let personalFiles {
      context.chain = RuleChain(personalFiles.rules, baseCount: prefix.count, parent: anchor.chain)
    }
    top = WalkedDirectory(parent: nil, path: [], basename: 0, context: context, parentHandle: nil)
    for warning in anchor.warnings { queue.warn(warning) }
    for rule in anchor.passedOver {
      queue.warn(WalkWarning(kind: .rootIgnored(rule: Rule.pattern(rule).description), path: []))
    }
    if let actorRules {
      for warning in FixedRules.vainReinclusions(in: actorRules) { queue.warn(warning) }
    }
  }

  /// The repository that holds `root`.
  private static func repository(
    of root: [UInt8], _ options: WalkOptions, warn: @escaping @Sendable (WalkWarning) -> Void
  ) throws(SourceTreeError) -> Repository? {
    let directories: GitDirectories?
    do throws(BrokenGitFile) { directories = try GitDirectories.containing(root, options.git) } catch {
      throw SourceTreeError(error)
    }
    guard let directories else { return nil }
    return try Repository(directories, environment: options.git, root: root, warn: warn)
  }

  private static func actorRules(
    in directory: borrowing Descriptor, _ scope: PackageScope?
  ) throws(SourceTreeError) -> PatternList? {
    let top = directory.rawValue
    return try IgnoreFile.actorRules(of: scope?.actorDirectory) { path throws(SourceTreeError) in
      try actorIgnore(path, in: top)
    }
  }

  private static func actorIgnore(
    _ name: [UInt8], in directory: Int32
  ) throws(SourceTreeError) -> [UInt8]? {
    do throws(SystemError) {
      let file = try Descriptor.open(CString(name), in: directory, as: .fileThroughLinks)
      guard try file.status().isRegular else { throw SystemError(code: EISDIR) }
      return try file.readAll(limit: IgnoreFile.byteLimit)
    } catch {
      switch error.code {
      case ENOENT: return nil
      // A socket, or a device that nothing drives, can't be opened.
      case EISDIR, ENXIO, ENODEV: throw SourceTreeError(.ignoreFileNotRegular, path: name)
      case EFBIG: throw SourceTreeError(.ignoreFileTooLarge, path: name)
      default: throw SourceTreeError(.unreadable, path: name, system: error)
      }
    }
  }

  /// Walks `directory` and all below it, on this thread, and on more once there is enough to do.
  func run(from directory: WalkedDirectory) {
    queue.begin(with: directory)
    let count = options.threadCount ?? Threads.processorCount
    var helpers = HelperThreads()
    var worker = WalkWorker(self)
    worker.run {
      while helpers.count < count - 1 {
        guard
          helpers.start({
            var worker = WalkWorker(self); worker.run()
          })
        else { break }
      }
    }
    helpers.joinAll()
  }

  /// Warns of directories that are left out by their names alone, although git tracks source files in them.
  func warnOfHiddenSource() {
    guard let repository = top.context.repository else { return }
    for name in inclusionRules.fixedPaths where Paths.status(Paths.join(root, name)) != nil {
      let path = prefix + name
      let basename = prefix.count + FixedRules.basename(of: name)
      // What is ignored, or named in .actorignore, is left out on purpose.
      if top.context.chain?.excludes(path.span, basename: basename, isDirectory: true) == true {
        continue
      }
      let line = inclusionRules.actorRules?.lastMatch(
        name.span, basename: basename - prefix.count, isDirectory: true)
      if line == nil, FixedRules.hidesSource(path, in: repository.tracked) {
        queue.warn(WalkWarning(kind: .trackedFixedName, path: name))
      }
    }
  }

  /// A plan of the project directory, without entries.
  func emptyPlan() -> Plan {
    Plan(root: root, followsExternalLinks: options.followsExternalLinks, rootIdentity: identity)
  }
}
