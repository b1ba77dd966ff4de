// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import SourcePackage
internal import SourceTree
internal import SystemIO
internal import TreeMerge

/// The files of a project directory as a pull finds them: those of its package, and what else is in the way.
struct LocalTree: Sendable {
  /// What the package holds.
  let contents: LocalContents
  /// The same as a tree.
  let tree: Tree
  /// What is in the way of a pull: links, and what the package leaves out.
  var obstacles: [[UInt8]: TreeMerge.Reason] = [:]
  /// The rules that leave out what is in the way, in words, by its path.
  private(set) var rules: [[UInt8]: String] = [:]

  /// Whether the file system takes names for one that differ in case alone.
  let foldsNames: Bool

  private let root: [UInt8]
  private let excluded: [Plan.Excluded]
  private let plan: Plan

  /// The files of `plan`, which has recorded what is left out. Blocks.
  init(_ plan: Plan, isZip: Bool, cancellation: CancellationFlag) throws(DeployError) {
    contents = try LocalContents(plan, isZip: isZip, cancellation: cancellation)
    tree = Tree(contents.manifest, hasModes: isZip)
    root = plan.root
    self.plan = plan
    foldsNames = Self.foldsNames(root)
    excluded = plan.excluded
    try findLinks(plan)
  }

  /// Links are found on the disk itself: a directory may be one, too.
  private mutating func findLinks(_ plan: Plan) throws(DeployError) {
    do throws(SystemError) {
      for (index, entry) in plan.entries.enumerated() {
        let path = plan.path(of: index)
        switch entry.kind {
        case .file: continue
        case .linkedFile: obstacles[path] = .link
        case .directory:
          let status = try Paths.status(
            CString(Paths.join(plan.root, plan.sourcePath(of: path))), followingLinks: false)
          if status.isLink { obstacles[path] = .link }
        }
      }
    } catch {
      throw .output(TerminalText.utf8(plan.root), error)
    }
  }

  /// Finds what is in the way of the files and directories of `theirs`.
  mutating func findObstacles(for theirs: Tree) throws(DeployError) {
    let work = try WorkDirectory.open(root)
    let paths = theirs.nodes.keys.sorted { $0.lexicographicallyPrecedes($1) }
    for path in paths where tree[path] == nil {
      do throws(SystemError) {
        guard let status = try work.status(plan.sourcePath(of: path)) else { continue }
        if status.isDirectory, theirs[path] == .directory { continue }
      } catch {
        throw .output(TerminalText.utf8(path), error)
      }
      obstacles[path] = .leftOut
      rules[path] = excluded.first { $0.covers(path) }?.rule.description
    }
    // What is left out of a directory keeps a file from taking its place.
    for path in paths {
      guard case .file? = theirs[path], tree[path] == .directory else { continue }
      guard let inside = excluded.first(where: { $0.path.starts(with: path + [UInt8(ascii: "/")]) }) else {
        continue
      }
      obstacles[path] = .leftOut
      rules[path] = inside.rule.description
    }
  }

  /// Whether `path` is a directory itself, and no link to one.
  func isDirectory(_ path: [UInt8]) -> Bool {
    (try? WorkDirectory(root).status(plan.sourcePath(of: path)))??.isDirectory == true
  }

  /// Whether nothing in the directory has the name `path`.
  func isFree(_ path: [UInt8]) -> Bool {
    (try? WorkDirectory(root).status(plan.sourcePath(of: path))) == .some(nil)
  }

  /// Whether the file system takes names for one that differ in case alone, as far as a name of the directory
  /// or above it tells.
  static func foldsNames(_ directory: [UInt8]) -> Bool {
    var path = directory
    while true {
      let (parent, name) = WorkDirectory.split(path)
      let swapped = name.map { byte -> UInt8 in
        let isLetter = (0x41...0x5A).contains(byte & ~0x20)
        return isLetter ? byte ^ 0x20 : byte
      }
      if swapped != name, let status = Paths.status(path) {
        let other = Paths.join(parent.isEmpty ? [UInt8(ascii: "/")] : Array(parent), swapped)
        return Paths.status(other)?.identity == status.identity
      }
      guard !parent.isEmpty else { return false }
      path = Array(parent)
    }
  }
}

extension Tree {
  /// The files and folders of `manifest`.
  ///
  /// - Parameter hasModes: whether the manifest tells what is executable.
  init(_ manifest: Manifest, hasModes: Bool) {
    self.init()
    for entry in manifest.entries {
      add(
        Array(entry.name),
        entry.isFolder
          ? .directory : .file(TreeFile(entry.identity, isExecutable: hasModes ? entry.isExecutable : nil)))
    }
  }
}
