// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

package import Git
internal import IgnoreRules
package import SystemIO

/// A directory as a commit of a git repository holds it: names, modes and bytes come from git's object
/// database, whatever lies in the work tree. Calls block: not for the cooperative pool's threads.
///
/// Attributes play no part: no line ends are changed, nothing is left out as `git archive` does. What the
/// commit holds is what is sent.
package struct CommitSource: Sendable {
  /// The commit's name, in hexadecimal digits.
  package let objectName: String
  /// When it was committed, in nanoseconds since 1970.
  package let committed: Int
  /// The project directory, as it was given.
  package let directory: [UInt8]

  private let git: Git
  private let tree: CommitTree
  /// The project directory in the tree.
  private let root: Int32
  private let links: CommitLinks
  private let followsExternalLinks: Bool
  /// The path from the repository's top to the project directory.
  private let prefix: [UInt8]
  /// With the contents of links and of the files that say how to push.
  private let spool: BlobSpool

  /// Files at the top of the project directory that are asked for before the tree is walked.
  private static let knownFiles = [
    ".actorignore", ".actor/actor.json", ".actor/actorpush.json", "actor.json", "apify.json",
  ]

  /// `directory` as the commit `revision` holds it; the work tree need not have it.
  ///
  /// - Parameters:
  ///   - followsExternalLinks: whether links may lead out of the directory, to what else the commit holds.
  ///   - variables: git's environment.
  ///   - network: whether git may fetch the objects that a partial clone lacks.
  ///   - spoolDirectories: where the contents may be kept meanwhile.
  package init(
    _ revision: String, directory: [UInt8], followsExternalLinks: Bool, variables: [String: String],
    network: Git.Network = .allowed, spoolDirectories: [[UInt8]], cancellation: CancellationFlag? = nil
  ) throws(SourceTreeError) {
    let location: RepositoryLocation
    do throws(RepositoryLocation.Failure) {
      location = try RepositoryLocation(of: directory, variables: variables, cancellation: cancellation)
    } catch {
      throw SourceTreeError(error)
    }
    git = Git(
      repository: location.directory, variables: variables, network: network, cancellation: cancellation)
    self.directory = directory
    self.followsExternalLinks = followsExternalLinks
    (objectName, committed) = try Self.resolve(revision, git)
    let top = followsExternalLinks ? [] : location.prefix
    let listing: [UInt8]
    do throws(Git.Failure) {
      let treeish = Array("\(objectName):".utf8) + top
      listing = try git.output(["ls-tree", "-r", "-z", "--full-tree"].map { Array($0.utf8) } + [treeish])
    } catch {
      // A path that is not there, or no directory.
      if case .failed(status: 128?, _) = error {
        throw SourceTreeError(.directoryNotFound, path: directory, detail: objectName)
      }
      throw SourceTreeError(error, path: directory)
    }
    do throws(CommitTree.Malformed) {
      tree = try CommitTree(listing, digits: objectName.utf8.count)
    } catch {
      throw SourceTreeError(.gitFailed, path: directory, detail: "git ls-tree lists what no tree holds")
    }
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

  private static func resolve(_ revision: String, _ git: Git) throws(SourceTreeError) -> (String, Int) {
    do throws(Git.Failure) {
      let output = try git.output([
        "show", "-s", "--no-show-signature", "--format=%H %ct", "--end-of-options", revision + "^{commit}",
        "--",
      ])
      let words = String(decoding: output, as: UTF8.self).split(whereSeparator: { $0 == " " || $0 == "\n" })
      if words.count == 2, let seconds = Int(words[1]) { return (String(words[0]), seconds * 1_000_000_000) }
      throw Git.Failure.failed(status: 128, message: "not one commit")
    } catch {
      if case .failed(_, let message) = error {
        throw SourceTreeError(.noSuchCommit, path: Array(revision.utf8), detail: message)
      }
      throw SourceTreeError(error, path: Array(revision.utf8))
    }
  }

  /// What must be read before anything can be decided: what links say, and the files that say how to push.
  private static func firstLook(
    _ tree: CommitTree, _ root: Int32, _ git: Git, _ spoolDirectories: [[UInt8]], _ directory: [UInt8]
  ) throws(SourceTreeError) -> (spool: BlobSpool, targets: [Int32: [UInt8]]) {
    var wanted = Set(tree.nodes.filter { $0.kind == .link }.map(\.object))
    let plain = CommitLinks(tree: tree, top: root, targets: [:])
    for (index, node) in tree.nodes.enumerated()
    where node.kind.isFile && tree.name(of: Int32(index)).elementsEqual(".gitignore".utf8) {
      wanted.insert(node.object)
    }
    for name in knownFiles {
      if case .node(let node) = plain.find(name.utf8, from: root), tree.nodes[Int(node)].kind.isFile {
        wanted.insert(tree.nodes[Int(node)].object)
      }
    }
    do throws(BlobSpool.Failure) {
      var spool: BlobSpool
      do throws(SystemError) {
        spool = try BlobSpool(objectCount: tree.objectCount, in: spoolDirectories)
      } catch {
        throw .system(error)
      }
      try spool.fetch(wanted.sorted(), of: tree, git)
      var targets: [Int32: [UInt8]] = [:]
      for node in tree.nodes where node.kind == .link {
        do throws(SystemError) { targets[node.object] = try spool.bytes(of: node.object) } catch {
          throw .system(error)
        }
      }
      return (spool, targets)
    } catch {
      throw failure(error, tree, directory)
    }
  }

  private static func failure(
    _ error: BlobSpool.Failure, _ tree: CommitTree, _ directory: [UInt8]
  ) -> SourceTreeError {
    switch error {
    case .git(let error): SourceTreeError(error, path: directory)
    case .missing(let object): SourceTreeError(.objectMissing, path: tree.path(ofObject: object))
    case .system(let error): SourceTreeError(.spool, path: directory, system: error)
    }
  }

  /// The content of the file `path`, relative to the project directory, through links; nil where there is
  /// none. Only files directly at the top and in `.actor`.
  package func contents(_ path: String) -> [UInt8]? {
    guard case .node(let node) = links.find(path.utf8, from: root), tree.nodes[Int(node)].kind.isFile else {
      return nil
    }
    var spool = spool
    let object = tree.nodes[Int(node)].object
    // Where a link led to it, it has not been asked for yet.
    do throws(BlobSpool.Failure) { try spool.fetch([object], of: tree, git) } catch { return nil }
    return try? spool.bytes(of: object)
  }

  /// What the package consists of.
  ///
  /// - Throws: the first path that can't be packaged: links as in a directory, submodules, Git LFS pointers,
  ///   contents that a partial clone lacks.
  package func plan(_ options: WalkOptions) throws(SourceTreeError) -> Plan {
    var plan = Plan(root: directory, followsExternalLinks: followsExternalLinks)
    var walk = CommitWalk(tree, from: root, links: links, rules: try rules(), options: options)
    try walk.run(into: &plan)
    // Names alone need no contents.
    if options.detail == .names, !options.opensFiles { return plan }
    var spool = spool
    let objects = plan.entries.map(\.object).filter { $0 >= 0 }
    do throws(BlobSpool.Failure) { try spool.fetch(objects, of: tree, git) } catch {
      throw Self.failure(error, tree, directory)
    }
    for index in plan.entries.indices {
      let object = plan.entries[index].object
      guard object >= 0, spool.location(of: object)?.isLFSPointer == true else { continue }
      throw SourceTreeError(.lfsPointer, path: plan.path(of: index))
    }
    plan.origin = .commit(spool, modified: committed)
    if options.detail == .formats { try plan.findFormats() }
    return plan
  }

  private func rules() throws(SourceTreeError) -> CommitRules {
    var texts: [Int32: [UInt8]] = [:]
    do throws(SystemError) {
      for (index, node) in tree.nodes.enumerated()
      where node.kind.isFile && tree.name(of: Int32(index)).elementsEqual(".gitignore".utf8) {
        texts[node.object] = try spool.bytes(of: node.object)
      }
    } catch {
      throw SourceTreeError(.spool, path: directory, system: error)
    }
    return CommitRules(
      tree, actor: contents(".actorignore"), contents: texts, prefix: prefix, above: try rulesAbove())
  }

  /// The .gitignore files of the directories above the pushed one, the topmost first.
  private func rulesAbove() throws(SourceTreeError) -> [(path: [UInt8], contents: [UInt8])] {
    guard !prefix.isEmpty else { return [] }
    var paths = [Array(".gitignore".utf8)]
    for (offset, byte) in prefix.enumerated() where byte == UInt8(ascii: "/") {
      paths.append(Array(prefix[...offset]) + Array(".gitignore".utf8))
    }
    do throws(Git.Failure) {
      let arguments = ["ls-tree", "-z", "--full-tree", objectName, "--"].map { Array($0.utf8) }
      let listing = try git.output(arguments + paths)
      var files: [(path: [UInt8], contents: [UInt8])] = []
      for record in listing.split(separator: 0) where record.starts(with: "100".utf8) {
        guard let tab = record.firstIndex(of: UInt8(ascii: "\t")) else { continue }
        let object = Array(record[..<tab].suffix(objectName.utf8.count))
        let contents = try git.output(["cat-file", "blob"].map { Array($0.utf8) } + [object])
        files.append((Array(record[(tab + 1)...]), contents))
      }
      return files.sorted { $0.path.count < $1.path.count }
    } catch {
      throw SourceTreeError(error, path: directory)
    }
  }
}
