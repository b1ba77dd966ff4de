// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Git
internal import IgnoreRules
package import SystemIO

/// A directory as a commit of a git repository holds it: names, modes and bytes come from git's object
/// database, whatever lies in the work tree. Calls block: not for the cooperative pool's threads.
///
/// Attributes play no part: no line ends are changed, nothing is left out as `git archive` does. What the
/// commit holds is what is sent, or with `runsFilters` what a checkout makes of it.
package struct CommitSource: Sendable {
  /// The commit's name, in hexadecimal digits.
  package let objectName: String
  /// The project directory, as it was given.
  package let directory: [UInt8]

  let git: Git
  let tree: CommitTree
  /// The project directory in the tree.
  let root: Int32
  let links: CommitLinks
  let followsExternalLinks: Bool
  /// Whether files go through the filters that git's configuration names, and get the line ends and encodings
  /// of a checkout.
  let runsFilters: Bool
  /// The path from the repository's top to the project directory.
  let prefix: [UInt8]
  /// With the contents of links and of the files that say how to push.
  let spool: BlobSpool
  let spoolDirectories: [[UInt8]]
  /// What files of attributes outside of the commit say.
  let outerAttributes: OuterAttributes

  /// `directory` as the commit `revision` holds it; the work tree need not have it.
  ///
  /// - Parameters:
  ///   - top: the top of the work tree, where the commit's own directory of that name below it is meant,
  ///     whatever that tree has there.
  ///   - followsExternalLinks: whether links may lead out of the directory, to what else the commit holds.
  ///   - runsFilters: whether files are what a checkout makes of them: git runs the commands that its
  ///     configuration names for them.
  ///   - variables: git's environment.
  ///   - fetches: whether git may fetch the objects that a partial clone lacks.
  ///   - spoolDirectories: where the contents may be kept meanwhile.
  package init(
    _ revision: String, directory: [UInt8], below top: [UInt8]? = nil, followsExternalLinks: Bool,
    runsFilters: Bool = false, variables: [String: String], fetches: Bool = true, spoolDirectories: [[UInt8]],
    cancellation: CancellationFlag? = nil
  ) throws(SourceTreeError) {
    let location: RepositoryLocation
    do throws(RepositoryLocation.Failure) {
      location = try RepositoryLocation(
        of: directory, below: top, andCommit: revision, variables: variables, cancellation: cancellation)
    } catch {
      throw SourceTreeError(error)
    }
    outerAttributes = OuterAttributes(
      git: location.directory, worktree: location.worktree, variables: variables)
    let git =
      fetches
      ? Git(fetchingObjectsOf: location.directory, variables: variables, cancellation: cancellation)
      : Git(repository: location.directory, variables: variables, cancellation: cancellation)
    self.git = git.setting([outerAttributes.setting].compactMap(\.self))
    self.directory = directory
    self.followsExternalLinks = followsExternalLinks
    self.runsFilters = runsFilters
    self.spoolDirectories = spoolDirectories
    objectName = if let commit = location.commit { commit } else { try Self.resolve(revision, git).name }
    let top = followsExternalLinks ? [] : location.prefix
    tree = try Self.tree("\(objectName):", top, git, directory, digits: objectName.utf8.count)
    let root = CommitLinks(tree: tree, top: 0, targets: [:]).find(
      followsExternalLinks && !location.prefix.isEmpty ? location.prefix : [UInt8(ascii: ".")], from: 0)
    guard case .node(let node) = root, tree.nodes[Int(node)].kind == .directory else {
      throw SourceTreeError(.directoryNotFound, path: directory, detail: objectName)
    }
    self.root = node
    prefix = location.prefix
    let first = try Self.firstLook(tree, node, git, spoolDirectories, directory)
    spool = first.spool
    links = CommitLinks(tree: tree, top: followsExternalLinks ? 0 : node, targets: first.targets)
  }

  /// The content of the file `path`, relative to the project directory, through links; nil where there is
  /// none. Those directly at the top and in `.actor` are there already; git is asked for others.
  package func contents(_ path: String) -> [UInt8]? {
    guard case .node(let node) = links.find(path.utf8, from: root), tree.nodes[Int(node)].kind.isFile else {
      return nil
    }
    let object = tree.nodes[Int(node)].object
    if runsFilters, let filtered = filteredContents(of: node) { return filtered }
    if spool.location(of: object) != nil { return try? spool.bytes(of: object) }
    // The spool is shared: what is put there on the way, a plan would not know of.
    let name = Array(tree.objectName(object))
    return try? git.output([Array("cat-file".utf8), Array("blob".utf8), name])
  }

  /// What a path of the commit leads to.
  package enum EntryKind {
    case file, directory, submodule, brokenLink
  }

  /// What `path`, relative to the project directory, leads to; nil where there is no such entry.
  package func kind(of path: [UInt8]) -> EntryKind? {
    switch links.find(path, from: root) {
    case .node(let node):
      switch tree.nodes[Int(node)].kind {
      case .directory: return .directory
      case .submodule: return .submodule
      default: return .file
      }
    case .nothing, .outside, .cycle:
      guard case .node(let parent) = links.find(Paths.parent(path) ?? [UInt8(ascii: ".")], from: root),
        let name = path.split(separator: UInt8(ascii: "/")).last,
        tree.nodes[Int(parent)].kind == .directory, tree.child(name.span, of: parent) != nil
      else { return nil }
      return .brokenLink
    }
  }

  /// What the package consists of.
  ///
  /// - Throws: the first path that can't be packaged: links as in a directory, submodules, Git LFS pointers,
  ///   files that a filter changes or that it fails for, contents that a partial clone lacks.
  package func plan(_ options: WalkOptions) throws(SourceTreeError) -> Plan {
    var plan = Plan(
      root: directory, followsExternalLinks: followsExternalLinks, rootIdentity: nil)
    let above = try filesAbove()
    var walk = CommitWalk(
      tree, from: root, links: links, rules: try rules(above, options.scope), options: options)
    try walk.run(into: &plan)
    // Names alone need no contents.
    if options.detail == .names, !options.opensFiles { return plan }
    var spool = spool
    try applyAttributes(to: &plan, above: above, filteringInto: &spool)
    let objects = plan.entries.map(\.object).filter { $0 >= 0 }
    do throws(BlobSpool.Failure) { try spool.fetch(objects, of: tree, git) } catch {
      throw Self.failure(error, tree, directory)
    }
    for index in plan.entries.indices {
      let object = plan.entries[index].object
      guard object >= 0, spool.location(of: object)?.isLFSPointer == true else { continue }
      throw SourceTreeError(.lfsPointer, path: plan.path(of: index))
    }
    plan.origin = .commit(spool, modified: try Self.committed(objectName, git))
    if options.detail == .formats { try plan.findFormats(screen: options.screen) }
    return plan
  }
}
