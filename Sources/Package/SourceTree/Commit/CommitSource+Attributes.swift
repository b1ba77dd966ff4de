// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Git
internal import SystemIO

// A commit holds files as git stores them. Where an attribute makes a checkout something else of a file, as
// git-crypt and working-tree-encoding do, a package of the commit would not be that of a checkout.
extension CommitSource {
  static let attributesName = Array(".gitattributes".utf8)

  /// Has git make of the files of `plan` what a checkout makes of them, and puts that into `spool`; or
  /// refuses the first one that is not what the commit holds. Adds a warning for each filter that the
  /// configuration here does not know.
  func applyAttributes(
    to plan: inout Plan, above: [FileAbove], filteringInto spool: inout BlobSpool
  ) throws(SourceTreeError) {
    if !runsFilters, outerAttributes.isKnown,
      !(try mentionsFilters(above.map(\.contents) + outerAttributes.contents))
    {
      return
    }
    let wanted = Set(plan.entries.map(\.object))
    let files: [BlobSpool.FilteredFile] = tree.nodes.indices
      .filter { tree.nodes[$0].object >= 0 && wanted.contains(tree.nodes[$0].object) }
      .map { (tree.nodes[$0].object, pathFromTop(of: Int32($0))) }
    let attributes: CommitAttributes
    let changes: [(path: [UInt8], change: CommitAttributes.Change)]
    do throws(BlobSpool.Failure) {
      attributes = try self.attributes(above)
      changes = try attributes.changes(of: files.map(\.path))
    } catch {
      throw Self.failure(error, tree, directory)
    }
    try judge(changes, &plan)
    guard runsFilters else { return }
    let changed = Set(changes.map(\.path))
    let filtered = attributes.convertsLineEnds ? files : files.filter { changed.contains($0.path) }
    do throws(BlobSpool.Failure) { try spool.fetch(filtered, of: tree, through: attributes) } catch {
      if case .git(.failed(_, let message)) = error {
        throw SourceTreeError(.filterFailed, path: directory, detail: message)
      }
      throw Self.failure(error, tree, directory)
    }
  }

  /// What a checkout makes of the file `node`; nil where git does not say.
  func filteredContents(of node: Int32) -> [UInt8]? {
    do {
      var spool = spool
      let object = tree.nodes[Int(node)].object
      try spool.fetch(
        [(object, pathFromTop(of: node))], of: tree, through: try attributes(filesAbove()))
      return try spool.bytes(of: object)
    } catch {
      return nil
    }
  }

  private func pathFromTop(of node: Int32) -> [UInt8] {
    Paths.join(followsExternalLinks ? [] : prefix, tree.path(of: node))
  }

  private func attributes(_ above: [FileAbove]) throws(BlobSpool.Failure) -> CommitAttributes {
    var files: [[UInt8]: [UInt8]] = [:]
    for file in above where file.isCalled(Self.attributesName) { files[file.path] = file.contents }
    do throws(SystemError) {
      for node in tree.files(named: Self.attributesName) {
        let path = pathFromTop(of: node)
        // What lies in a `.git` is not packaged, and a checkout has no such thing.
        if Paths.hasComponent(FixedRules.repository, in: path) { continue }
        files[path] = try spool.bytes(of: tree.nodes[Int(node)].object)
      }
    } catch {
      throw .system(error)
    }
    return try CommitAttributes(
      of: files.map { CommitAttributes.File(path: $0, contents: $1) }, git, in: spoolDirectories)
  }

  private func judge(
    _ changes: [(path: [UInt8], change: CommitAttributes.Change)], _ plan: inout Plan
  ) throws(SourceTreeError) {
    var said: Set<String> = []
    for (path, change) in changes.sorted(by: { $0.path.lexicographicallyPrecedes($1.path) }) {
      let name =
        path.starts(with: prefix) ? Array(path.dropFirst(prefix.isEmpty ? 0 : prefix.count + 1)) : path
      switch change {
      case .unknownFilter(let filter):
        if said.insert(filter).inserted {
          plan.warnings.append(WalkWarning(kind: .unknownFilter(filter), path: name))
        }
      // Whether Git LFS keeps a file elsewhere, its content says.
      case .filter(CommitAttributes.lfs): break
      case _ where runsFilters: break
      case .filter(let filter):
        throw SourceTreeError(.filteredFile, path: name, detail: "filter=" + filter)
      case .encoding(let encoding):
        throw SourceTreeError(.filteredFile, path: name, detail: "working-tree-encoding=" + encoding)
      case .text(let attribute):
        if said.insert(attribute).inserted {
          plan.warnings.append(WalkWarning(kind: .plainText(attribute), path: name))
        }
      }
    }
  }

  /// Whether any file of attributes names one that changes files: most name none, and git need not be asked.
  private func mentionsFilters(_ outer: [[UInt8]]) throws(SourceTreeError) -> Bool {
    if outer.contains(where: Self.mentionsFilter) { return true }
    do throws(SystemError) {
      for node in tree.files(named: Self.attributesName)
      where Self.mentionsFilter(try spool.bytes(of: tree.nodes[Int(node)].object)) {
        return true
      }
      return false
    } catch {
      throw SourceTreeError(.spool, path: directory, system: error)
    }
  }

  private static func mentionsFilter(_ contents: [UInt8]) -> Bool {
    let text = String(decoding: contents, as: UTF8.self)
    return text.split { $0 == " " || $0 == "\t" || $0.isNewline }.contains {
      $0.hasPrefix("filter=") || $0.hasPrefix("working-tree-encoding=") || $0 == "eol=crlf" || $0 == "ident"
    }
  }
}
