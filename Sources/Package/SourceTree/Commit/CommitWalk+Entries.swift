// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Git
internal import IgnoreRules

extension CommitWalk {
  /// Decides about `node`, which `path` names, and takes it into the children of `directory`.
  mutating func take(
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
    let entry = tree.nodes[Int(target)]
    let rule = decision.rule.map { queue.number(of: $0) } ?? -1
    if case .pattern(let verdict) = decision.rule, verdict.list === rules.actor {
      usedLines.insert(verdict.index)
    } else if let line = decision.actorLine {
      usedLines.insert(line)
    }
    guard entry.kind == .directory else {
      return try takeFile(entry, isLinked: kind == .link, rule: rule, basename: basename, in: directory)
    }
    try checkName(basename)
    if kind == .link || directory.isLinked, !queue.countLinked() {
      throw SourceTreeError(.tooManyLinks, path: relativePath)
    }
    var child = WalkedDirectory.Child(kind: .directory, rule: rule)
    child.directory = Int32(directory.subdirectories.count)
    var context = directory.context.entering(by: decision)
    // What a link shows a second time is not tracked there.
    if kind == .link { context.isAllTracked = false }
    let below = WalkedDirectory(
      parent: directory, path: relativePath, basename: basename - rules.prefix.count,
      isLinked: kind == .link, context: context, parentHandle: nil)
    directory.subdirectories.append(below)
    frames.append(Frame(directory: below, node: target, above: frame))
    filler.append(child, name: path[basename...])
    if decision.outcome == .included { directory.noteFilled() }
  }

  /// Takes the file that `path` names, which `entry` is or a link to it leads to, into the children of
  /// `directory`.
  mutating func takeFile(
    _ entry: CommitTree.Node, isLinked: Bool = false, rule: Int32, basename: Int,
    in directory: WalkedDirectory
  ) throws(SourceTreeError) {
    try checkName(basename)
    var child = WalkedDirectory.Child(kind: isLinked ? .linkedFile : .file, rule: rule)
    child.object = entry.object
    child.isExecutable = entry.kind == .executable
    filler.append(child, name: path[basename...])
    directory.noteFilled()
  }

  private func checkName(_ basename: Int) throws(SourceTreeError) {
    guard (try? UTF8Span(validating: path.span.extracting(basename...))) != nil else {
      throw SourceTreeError(.nameNotUTF8, path: relativePath)
    }
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
