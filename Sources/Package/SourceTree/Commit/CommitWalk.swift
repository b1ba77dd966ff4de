// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Git
internal import IgnoreRules
internal import SystemIO

/// Walks the tree of a commit as `Walk` walks a checkout of it: git tracks all of it, so its ignore files
/// leave out only what symbolic links show a second time.
struct CommitWalk {
  struct Frame {
    let directory: WalkedDirectory
    /// Where it really lies in the commit.
    let node: Int32
    /// The frame of the directory above; -1 at the top.
    let above: Int
  }

  let tree: CommitTree
  let links: CommitLinks
  let rules: CommitRules
  let inclusionRules: InclusionRules
  let options: WalkOptions
  let queue: WalkQueue
  private let top: WalkedDirectory
  var frames: [Frame]
  var filler = ChunkFiller()
  /// The anchored path of the entry at hand (`InclusionRules`).
  var path: [UInt8] = []
  /// The lines of .actorignore that have decided that something is in.
  var usedLines: Set<Int> = []

  /// A walk of the directory `root` of `tree`.
  init(_ tree: CommitTree, from root: Int32, links: CommitLinks, rules: CommitRules, options: WalkOptions) {
    self.tree = tree
    self.links = links
    self.rules = rules
    self.options = options
    inclusionRules = InclusionRules(
      actorRules: rules.actor, rootStart: rules.prefix.count, output: nil,
      givesReasons: options.recordsExcluded, scope: options.scope)
    var context = DirectoryContext()
    context.isAllTracked = true
    context.chain = rules.above
    top = WalkedDirectory(parent: nil, path: [], basename: 0, context: context, parentHandle: nil)
    queue = WalkQueue()
    queue.begin(with: top)
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
    warnOfHiddenSource()
    try queue.finish(into: &plan)
    PlanBuilder(top, recordsExcluded: options.recordsExcluded).build(into: &plan)
  }

  /// What a `!` line names may be there in the work tree alone.
  private func warnOfVainLines() {
    guard let actor = rules.actor else { return }
    for (index, pattern) in actor.patterns.enumerated() where pattern.isNegated && !usedLines.contains(index)
    {
      let rule = Rule.pattern(Verdict(list: actor, index: index)).description
      queue.warn(WalkWarning(kind: .nothingToBringBack(rule: rule), path: Array(actor.name(of: index).utf8)))
    }
  }

  /// Warns of directories that are left out by their names alone.
  private func warnOfHiddenSource() {
    guard let top = frames.first?.node else { return }
    for name in inclusionRules.fixedPaths {
      var node: Int32? = top
      for component in name.split(separator: UInt8(ascii: "/")) {
        node = node.flatMap { tree.child(component.span, of: $0) }
      }
      guard let node else { continue }
      let line = rules.actor?.lastMatch(
        name.span, basename: FixedRules.basename(of: name), isDirectory: true)
      if line == nil, FixedRules.hidesSource(node, in: tree) {
        queue.warn(WalkWarning(kind: .trackedFixedName, path: name))
      }
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
    let (tree, context) = (tree, directory.context)
    let allowsQuickDecisions = inclusionRules.allowsQuickDecisions(context, basename: basename)
    // Without rules the path of a file decides nothing.
    let isNameEnough = allowsQuickDecisions && context.chain == nil
    for child in tree.children(of: frame.node) {
      let (node, name) = (tree.nodes[Int(child)], tree.nameSpan(of: child))
      path.removeLast(path.count - basename)
      if isNameEnough, node.kind.isFile, name.count != FixedRules.repository.count {
        try takeFile(node, name, rule: -1, in: directory)
        continue
      }
      path.append(copying: name)
      if allowsQuickDecisions, node.kind.isFile,
        inclusionRules.isPlainlyIn(path.span, basename: basename, context: context)
      {
        try takeFile(node, name, rule: -1, in: directory)
      } else {
        try take(child, basename: basename, in: directory, frame: index)
      }
    }
    filler.end(directory)
    var progress = WalkQueue.Progress(
      directories: 1, entries: directory.childCount, nameBytes: filler.nameBytes)
    _ = queue.finished(&progress, with: directory.subdirectories)
  }
}
