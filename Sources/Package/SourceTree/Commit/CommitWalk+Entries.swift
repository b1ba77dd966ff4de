// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Git
internal import IgnoreRules
internal import SystemIO

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
      let tree = tree
      return try takeFile(
        entry, tree.nameSpan(of: node), isLinked: kind == .link, rule: rule, in: directory)
    }
    let tree = tree
    let name = tree.nameSpan(of: node)
    try checkName(name, in: directory)
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
    filler.append(child, name: name)
    if decision.outcome == .included { directory.noteFilled() }
  }

  /// Takes the file `entry`, or a link to it, into the children of `directory`, where it is called `name`.
  mutating func takeFile(
    _ entry: CommitTree.Node, _ name: Span<UInt8>, isLinked: Bool = false, rule: Int32,
    in directory: WalkedDirectory
  ) throws(SourceTreeError) {
    try checkName(name, in: directory)
    var child = WalkedDirectory.Child(kind: isLinked ? .linkedFile : .file, rule: rule)
    child.object = entry.object
    child.isExecutable = entry.kind == .executable
    filler.append(child, name: name)
    directory.noteFilled()
  }

  private func checkName(_ name: Span<UInt8>, in directory: WalkedDirectory) throws(SourceTreeError) {
    func failure(_ code: SourceTreeError.Code) -> SourceTreeError {
      var bytes: [UInt8] = []
      bytes.append(copying: name)
      return SourceTreeError(code, path: Paths.join(directory.path, bytes))
    }
    guard (try? UTF8Span(validating: name)) != nil else { throw failure(.nameNotUTF8) }
    if directory.path.count + 1 + name.count > SourceTreeError.longestPath { throw failure(.pathTooLong) }
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
