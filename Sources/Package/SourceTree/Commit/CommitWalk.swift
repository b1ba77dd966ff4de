// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Git
internal import IgnoreRules

/// Walks the tree of a commit as `Walk` walks a checkout of it: git tracks all of it, so its ignore files
/// leave out only what symbolic links show a second time.
struct CommitWalk {
  private struct Frame {
    let directory: WalkedDirectory
    /// Where it really lies in the commit.
    let node: Int32
    /// The frame of the directory above; -1 at the top.
    let above: Int
  }

  private let tree: CommitTree
  private let links: CommitLinks
  private let rules: CommitRules
  private let inclusionRules: InclusionRules
  private let options: WalkOptions
  private let queue: WalkQueue
  private let top: WalkedDirectory
  private var frames: [Frame]
  private var filler = ChunkFiller()
  /// The anchored path of the entry at hand (`InclusionRules`).
  private var path: [UInt8] = []
  /// The lines of .actorignore that have decided that something is in.
  private var usedLines: Set<Int> = []

  /// A walk of the directory `root` of `tree`.
  init(_ tree: CommitTree, from root: Int32, links: CommitLinks, rules: CommitRules, options: WalkOptions) {
    self.tree = tree
    self.links = links
    self.rules = rules
    self.options = options
    inclusionRules = InclusionRules(
      actorRules: rules.actor, rootStart: rules.prefix.count, output: nil,
      givesReasons: options.recordsExcluded)
    var context = DirectoryContext()
    context.isAllTracked = true
    context.chain = rules.above
    top = WalkedDirectory(parent: nil, path: [], basename: 0, context: context, parentHandle: nil)
    queue = WalkQueue(top)
    frames = [Frame(directory: top, node: root, above: -1)]
    if let actorRules = rules.actor {
      for warning in FixedRules.vainReinclusions(in: actorRules) { queue.warn(warning) }
    }
  }

  /// Puts all that is in into `plan`.
  mutating func run(into plan: inout Plan) throws(SourceTreeError) {
    // Frames are kept: those below look up in them where they really lie.
    var next = 0
    while next < frames.count {
      try scan(next)
      next += 1
    }
    filler.finish()
    warnOfVainLines()
    try queue.finish(into: &plan)
    PlanBuilder(top, recordsExcluded: options.recordsExcluded).build(into: &plan)
  }

  /// What a `!` line names may be there in the work tree alone.
  private func warnOfVainLines() {
    guard let actor = rules.actor else { return }
    for (index, pattern) in actor.patterns.enumerated() where pattern.isNegated && !usedLines.contains(index)
    {
      let rule = Rule.pattern(Verdict(list: actor, index: index)).description
      queue.warn(WalkWarning(kind: .nothingToBringBack(rule: rule), path: Array(".actorignore".utf8)))
    }
  }

  private mutating func scan(_ index: Int) throws(SourceTreeError) {
    let frame = frames[index]
    let directory = frame.directory
    path = rules.prefix + directory.path
    if !directory.path.isEmpty { path.append(UInt8(ascii: "/")) }
    let basename = path.count
    if directory.context.gitExclusion == nil, !directory.context.isAlwaysIn,
      let list = rules.list(in: frame.node, at: directory.path)
    {
      directory.context.chain = RuleChain(list, baseCount: basename, parent: directory.context.chain)
    }
    filler.begin()
    for child in tree.nodes[Int(frame.node)].children {
      path.removeLast(path.count - basename)
      path += tree.name(of: child)
      try take(child, basename: basename, in: directory, frame: index)
    }
    filler.end(directory)
    var progress = WalkQueue.Progress(
      directories: 1, entries: directory.childCount, nameBytes: filler.nameBytes)
    _ = queue.finished(&progress, with: directory.subdirectories)
  }

  private mutating func take(
    _ node: Int32, basename: Int, in directory: WalkedDirectory, frame: Int
  ) throws(SourceTreeError) {
    let kind = tree.nodes[Int(node)].kind
    let isDirectory = kind == .directory || kind == .submodule
    let decision = inclusionRules.decide(
      path.span, basename: basename, isDirectory: isDirectory, context: directory.context)
    // Where .actorignore lets out a submodule, there is nothing in it that could come back.
    if kind == .submodule,
      decision.outcome == .included || (decision.outcome == .entered && decision.actorLine == nil)
    {
      throw SourceTreeError(.submodule, path: relativePath)
    }
    if decision.outcome == .excluded || (decision.outcome == .entered && kind != .directory) {
      if options.recordsExcluded, let rule = decision.rule {
        directory.excluded.append(Plan.Excluded(path: relativePath, isDirectory: isDirectory, rule: rule))
      }
      return
    }
    guard let target = try target(of: node, frame: frame) else { return }
    guard (try? UTF8Span(validating: path.span.extracting(basename...))) != nil else {
      throw SourceTreeError(.nameNotUTF8, path: relativePath)
    }
    let entry = tree.nodes[Int(target)]
    var child = WalkedDirectory.Child(kind: kind == .link ? .linkedFile : .file, rule: -1)
    if let rule = decision.rule { child.rule = queue.number(of: rule) }
    if let line = decision.actorLine { usedLines.insert(line) }
    if entry.kind == .directory {
      child.kind = .directory
      child.directory = Int32(directory.subdirectories.count)
      var context = directory.context.entering(by: decision)
      // What a link shows a second time is not tracked there.
      if kind == .link { context.isAllTracked = false }
      let below = WalkedDirectory(
        parent: directory, path: relativePath, basename: basename - rules.prefix.count, context: context,
        parentHandle: nil)
      directory.subdirectories.append(below)
      frames.append(Frame(directory: below, node: target, above: frame))
    } else {
      child.object = entry.object
      child.isExecutable = entry.kind == .executable
    }
    filler.append(child, name: path[basename...])
    if child.kind != .directory || decision.outcome == .included { directory.noteFilled() }
  }

  /// The file or directory that `node` is or leads to; nil for a broken link that is passed over.
  private func target(of node: Int32, frame: Int) throws(SourceTreeError) -> Int32? {
    func failure(_ code: SourceTreeError.Code) -> SourceTreeError {
      SourceTreeError(code, path: relativePath, target: links.targets[tree.nodes[Int(node)].object] ?? [])
    }
    guard tree.nodes[Int(node)].kind == .link else { return node }
    switch links.follow(node) {
    case .outside: throw failure(.linkOutside)
    case .cycle where !options.skipsBrokenLinks: throw failure(.linkCycle)
    case .nothing where !options.skipsBrokenLinks: throw failure(.linkBroken)
    case .cycle, .nothing:
      queue.warn(WalkWarning(kind: .brokenLink, path: relativePath))
      return nil
    case .node(let target):
      switch tree.nodes[Int(target)].kind {
      case .submodule: throw SourceTreeError(.submodule, path: relativePath)
      case .directory where liesIn(target, frame): throw failure(.linkCycle)
      default: return target
      }
    }
  }

  private var relativePath: [UInt8] { Array(path[rules.prefix.count...]) }

  /// Whether the directory of `frame`, or one above it, really is `node`.
  private func liesIn(_ node: Int32, _ frame: Int) -> Bool {
    var current = frame
    while current >= 0 {
      if frames[current].node == node { return true }
      current = frames[current].above
    }
    return false
  }
}
