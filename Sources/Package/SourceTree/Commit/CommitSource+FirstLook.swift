// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Git
internal import SystemIO

extension CommitSource {
  /// Files at the top of the project directory that are asked for before the tree is walked.
  private static let knownFiles = [
    ".actorignore", ".actor/actor.json", ".actor/actorpush.json", "actor.json", "apify.json",
  ]

  /// The commit that `revision` names, and when it was committed, in nanoseconds since 1970.
  static func resolve(
    _ revision: String, _ git: Git
  ) throws(SourceTreeError) -> (name: String, committed: Int) {
    // A whole name is that object's, whatever else is called so.
    if let name = ObjectID(digits: Array(revision.utf8)[...])?.text, let seconds = git.committed(name) {
      return (name, seconds * 1_000_000_000)
    }
    do throws(Git.Failure) {
      // Of a range rev-list would take one.
      if revision.utf8.holds("..") {
        _ = try git.output(["rev-parse", "--verify", "--end-of-options", revision + "^{commit}"])
      }
      // `git show -s` would compare the commit with its parents all the same, which may never end.
      let output = try git.output([
        "rev-list", "--max-count=1", "--format=%H %ct", "--end-of-options", revision + "^{commit}", "--",
      ])
      // "commit NAME", then the format.
      let words = String(decoding: output, as: UTF8.self).split(whereSeparator: { $0 == " " || $0 == "\n" })
      if words.count == 4, let seconds = Int(words[3]) { return (String(words[2]), seconds * 1_000_000_000) }
      throw Git.Failure.failed(status: 128, message: "not one commit")
    } catch {
      if case .failed(_, let message) = error {
        throw SourceTreeError(.noSuchCommit, path: Array(revision.utf8), detail: message)
      }
      throw SourceTreeError(error, path: Array(revision.utf8))
    }
  }

  /// When the commit `name` was committed, in nanoseconds since 1970.
  static func committed(_ name: String, _ git: Git) throws(SourceTreeError) -> Int {
    if let seconds = git.committed(name) { return seconds * 1_000_000_000 }
    return try resolve(name, git).committed
  }

  /// What the directory `path` of `commit`, its name and a colon, holds.
  static func tree(
    _ commit: String, _ path: [UInt8], _ git: Git, _ directory: [UInt8], digits: Int
  ) throws(SourceTreeError) -> CommitTree {
    if let tree = CommitTree(of: commit.dropLast(), path, git) { return tree }
    var tree = CommitTree(digits: digits)
    var malformed: CommitTree.Malformed?
    do throws(Git.Failure) {
      let arguments = ["ls-tree", "-r", "-t", "-z", "--full-tree"].map { Array($0.utf8) }
      // What is printed is read while git still looks for the rest.
      try git.read(arguments + [Array(commit.utf8) + path], limit: Git.outputLimit) { part in
        do throws(CommitTree.Malformed) {
          try tree.append(part)
          return true
        } catch {
          malformed = error
          return false
        }
      }
    } catch {
      if case .failed = error { _ = try resolve(String(commit.dropLast()), git) }
      // A path that is not there, or no directory. The top is there, unless it is damaged.
      if case .failed(status: 128?, _) = error, !path.isEmpty {
        throw SourceTreeError(.directoryNotFound, path: directory, detail: String(commit.dropLast()))
      }
      // git names the object, and not where it stands.
      let (start, end) = ("Object ", " not a tree")
      if case .failed(_, let message) = error, message.hasSuffix(end) {
        let object = message.hasPrefix(start) ? "object " + message.dropFirst(start.count) : message
        let said = String(object.dropLast(end.count)) + " is not a tree"
        throw SourceTreeError(.malformedEntry, path: directory, detail: said)
      }
      throw SourceTreeError(error, path: directory)
    }
    do throws(CommitTree.Malformed) {
      if let malformed { throw malformed }
      try tree.finish()
    } catch {
      throw SourceTreeError(.malformedEntry, path: error.path, detail: error.cause)
    }
    return tree
  }

  /// What must be read before anything can be decided: what links say, and the files that say how to push.
  static func firstLook(
    _ tree: CommitTree, _ root: Int32, _ git: Git, _ spoolDirectories: [[UInt8]], _ directory: [UInt8]
  ) throws(SourceTreeError) -> (spool: BlobSpool, targets: [Int32: [UInt8]]) {
    var wanted = Set(tree.nodes.filter { $0.kind == .link }.map(\.object))
    let plain = CommitLinks(tree: tree, top: root, targets: [:])
    for node in tree.files(named: ignoreName) + tree.files(named: attributesName) {
      wanted.insert(tree.nodes[Int(node)].object)
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

  static func failure(
    _ error: BlobSpool.Failure, _ tree: CommitTree, _ directory: [UInt8]
  ) -> SourceTreeError {
    switch error {
    case .git(let error): SourceTreeError(error, path: directory)
    case .missing(let object): SourceTreeError(.objectMissing, path: tree.path(ofObject: object))
    case .notAFile(let object, let kind):
      SourceTreeError(.malformedEntry, path: tree.path(ofObject: object), detail: "its object is a \(kind)")
    case .system(let error): SourceTreeError(.spool, path: directory, system: error)
    }
  }
}
