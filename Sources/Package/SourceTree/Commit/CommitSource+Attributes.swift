// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Git
internal import SystemIO

// A commit holds files as git stores them. Where an attribute makes a checkout something else of a file, as
// git-crypt and working-tree-encoding do, a package of the commit would not be that of a checkout.
extension CommitSource {
  static let attributesName = Array(".gitattributes".utf8)

  /// The attributes that lie outside of the commit and count all the same: the repository's and the user's.
  static func outerAttributes(_ repository: [UInt8], variables: [String: String]) -> [[UInt8]] {
    var directories = [repository]
    if let shared = Paths.contents(Paths.join(repository, Array("commondir".utf8))) {
      directories.append(Paths.join(repository, Array(shared.prefix { $0 != UInt8(ascii: "\n") })))
    }
    let files = directories.map { Paths.join($0, Array("info/attributes".utf8)) }
    let user = GitEnvironment(variables: variables).defaultAttributesFile
    return (files + [user].compactMap(\.self)).compactMap { Paths.contents($0) }
  }

  /// Refuses the first file of `plan` that git changes when it checks it out, and adds a warning for each
  /// filter that the configuration here does not know.
  func checkAttributes(
    of plan: inout Plan, above: [(path: [UInt8], contents: [UInt8])]
  ) throws(SourceTreeError) {
    guard try mentionsFilters(above.map(\.contents) + outerAttributes) else { return }
    let wanted = Set(plan.entries.map(\.object))
    let top = followsExternalLinks ? [] : prefix
    let paths = tree.nodes.indices
      .filter { tree.nodes[$0].object >= 0 && wanted.contains(tree.nodes[$0].object) }
      .map { Paths.join(top, tree.path(of: Int32($0))) }
    let changes: [(path: [UInt8], change: CommitAttributes.Change)]
    do throws(Git.Failure) {
      changes = try CommitAttributes.changes(of: paths, in: objectName, git, directories: spoolDirectories)
    } catch {
      throw SourceTreeError(error, path: directory)
    }
    var said: Set<String> = []
    for (path, change) in changes.sorted(by: { $0.path.lexicographicallyPrecedes($1.path) }) {
      let name =
        path.starts(with: prefix) ? Array(path.dropFirst(prefix.isEmpty ? 0 : prefix.count + 1)) : path
      switch change {
      case .filter(let filter):
        throw SourceTreeError(.filteredFile, path: name, detail: "filter=" + filter)
      case .encoding(let encoding):
        throw SourceTreeError(.filteredFile, path: name, detail: "working-tree-encoding=" + encoding)
      case .unknownFilter(let filter):
        if said.insert(filter).inserted {
          plan.warnings.append(WalkWarning(kind: .unknownFilter(filter), path: name))
        }
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
      for (index, node) in tree.nodes.enumerated()
      where node.kind.isFile && tree.name(of: Int32(index)).elementsEqual(Self.attributesName) {
        if Self.mentionsFilter(try spool.bytes(of: node.object)) { return true }
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
