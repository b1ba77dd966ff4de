// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import SourcePackage
internal import SystemIO
internal import TreeMerge

extension PullMerge {
  /// What stands behind the name of a file of the platform that lies beside one of yours.
  static let suffix = Array(".platform".utf8)

  static func place(_ local: LocalTree?) -> TreeMerge.Place {
    var place = TreeMerge.Place()
    place.suffix = suffix
    guard let local else { return place }
    place.obstacles = local.obstacles
    place.foldsNames = local.foldsNames
    place.isFree = { local.isFree($0) }
    return place
  }

  /// The first name for what lies beside `path` that nothing has.
  static func freeName(beside path: [UInt8], _ mine: Tree, _ theirs: Tree, _ local: LocalTree?) -> [UInt8] {
    BesideName.first(beside: path, suffix) { name in
      mine[name] == nil && theirs[name] == nil && local?.isFree(name) != false
    }
  }

  /// The files that are there on both sides, and that both have changed.
  static func changedOnBothSides(_ base: Tree, _ mine: Tree, _ theirs: Tree) -> Set<[UInt8]> {
    var names: Set<[UInt8]> = []
    for name in mine.nodes.keys {
      guard let own = mine.identity(name), let other = theirs.identity(name), own != other else { continue }
      let old = base.identity(name)
      if own != old, other != old { names.insert(name) }
    }
    return names
  }

  /// What both sides hold of the files `names`, as far as that is text, as it is on disk.
  static func texts(
    _ names: Set<[UInt8]>, _ remote: RemoteContents, _ local: LocalTree?, _ context: PackageContext?
  ) throws(DeployError) -> [[UInt8]: (mine: [UInt8], theirs: [UInt8])] {
    guard !names.isEmpty, let local else { return [:] }
    var texts: [[UInt8]: (mine: [UInt8], theirs: [UInt8])] = [:]
    for (name, own) in try local.contents.bytes(of: names, limit: textLimit) where isText(own) {
      if let other = try remote.bytes(of: name, limit: textLimit), isText(other) {
        texts[name] = (context?.originals[name] ?? own, context.onDisk(name, other))
      }
    }
    return texts
  }

  /// The files of the platform that the next push is to have: those that were written, and all where a file
  /// that says what is left out was written, too.
  var packaged: Set<[UInt8]> {
    let written = Set(files.filter { ![.removed, .mode].contains($0.change) }.map(\.path))
    let rules = [".gitignore", ".actorignore"].map { Array($0.utf8) }
    guard written.contains(where: { path in rules.contains { path.suffix($0.count) == $0[...] } }) else {
      return written
    }
    let removed = Set(files.filter { $0.change == .removed }.map(\.path))
    return Set(remote.manifest.entries.filter { !$0.isFolder }.map { Array($0.name) }).subtracting(removed)
  }

  /// The files that the platform has changed, and that stay as they are here, as was asked for.
  var overruled: [[UInt8]] {
    guard preference == .ours else { return [] }
    let written = Set(changes.map(\.path))
    let old = base.map { Tree($0, hasModes: hasModes) } ?? Tree()
    return Set(mine.nodes.keys).union(theirs.nodes.keys).union(old.nodes.keys).filter { path in
      let other = theirs.identity(path)
      return other != old.identity(path) && other != mine.identity(path) && !written.contains(path)
    }.sorted { $0.lexicographicallyPrecedes($1) }
  }

  static func isText(_ bytes: [UInt8]) -> Bool {
    !bytes.contains(0) && String(validating: bytes, as: UTF8.self) != nil
  }
}

extension PullRequest.Preference {
  /// The same for a merge of trees.
  var side: TreeMerge.Preference {
    switch self {
    case .none: .none
    case .ours: .mine
    case .theirs: .theirs
    }
  }
}

extension Tree {
  /// The identity of the file at `path`; nil where there is none.
  func identity(_ path: [UInt8]) -> [UInt8]? { file(path)?.identity }

  /// Whether the file at `path` may be executed; nil where that is not known.
  func isExecutable(_ path: [UInt8]) -> Bool? { file(path)?.isExecutable }

  /// Notes that the lines of the file at `path` cannot be merged.
  mutating func setBinary(_ path: [UInt8]) {
    guard var file = file(path) else { return }
    file.isText = false
    add(path, .file(file))
  }
}
