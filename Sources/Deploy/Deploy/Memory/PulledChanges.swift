// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import FoundationEssentials
internal import SourcePackage
internal import SystemIO
internal import TreeMerge

/// What pulls have changed in a directory since files were pushed from there, and what there was before.
///
/// What was pulled lies in the work tree first: a commit, or another branch, may still be without it, and a
/// push of that would undo it, as would one of a work tree where it was stashed. A package lacks it where it
/// has a file as it was before.
struct PulledChanges: Codable, Sendable, Equatable {
  /// A file that a pull has changed, or has left in conflict.
  struct File: Codable, Sendable, Equatable {
    /// What a file was before a pull, by its identity (``Manifest/Entry/identity``); empty for no file.
    struct State: Codable, Sendable, Equatable {
      let identity: Data
      /// The same of what directory and version had in common before it; nil where that was not known.
      let base: Data?
    }

    /// Its path in the package.
    let path: Data
    /// What it was before each pull.
    var before: [State]
    /// What it was after the last.
    var after: Data?
    /// The file beside it that has the platform's content: the conflict stands as long as that is there.
    var beside: Data?
    /// Whether its lines were left in conflict: to keep those from here is one way to end that.
    var hasConflict = false
    /// The commit that was checked out at the last pull that has changed it; nil where there was none.
    var head: String?
  }

  private static let format = 2

  private var format = Self.format
  private(set) var files: [File] = []

  /// Nothing.
  init() {}

  /// Adds what one more pull has changed, at the commit `head`.
  mutating func add(_ changed: [File], head: String?) {
    var places = Dictionary(files.indices.map { (files[$0].path, $0) }) { $1 }
    for var file in changed {
      file.head = head
      if let place = places[file.path] {
        let known = files[place].before
        file.before =
          known + file.before.filter { state in !known.contains { $0.identity == state.identity } }
        files[place] = file
      } else {
        places[file.path] = files.count
        files.append(file)
      }
    }
  }

  /// What directory and version had in common of each before it was pulled, by the identities.
  var bases: [[UInt8]] { files.flatMap(\.before).compactMap { $0.base.map { Array($0) } } }

  /// Takes the files `paths` out.
  mutating func remove(_ paths: Set<[UInt8]>) { files.removeAll { paths.contains(Array($0.path)) } }

  /// Those that `manifest` has as they were before, with what they were then.
  func lacking(in manifest: Manifest) -> [(file: File, state: File.State)] {
    var wanted: Set<[UInt8]> = []
    for file in files { wanted.insert(Array(file.path)) }
    var found: [[UInt8]: Data] = [:]
    for entry in manifest.entries where !entry.isFolder && wanted.contains(Array(entry.name)) {
      found[Array(entry.name)] = Data(entry.identity)
    }
    return files.compactMap { file in
      let current = found[Array(file.path)] ?? Data()
      return file.before.first { $0.identity == current }.map { (file, $0) }
    }
  }

  fileprivate var isKnown: Bool { format == Self.format }
}

extension DirectoryMemory {
  /// The name of the file of what was pulled from the version of `key`.
  static func pulledName(_ key: VersionMemory.Key) -> String { VersionMemory.name(key) + ".pulled" }

  /// What was pulled from the version of `key` since the last push to it; nil for nothing.
  func pulled(of key: VersionMemory.Key) -> PulledChanges? {
    record(Self.pulledName(key), as: PulledChanges.self).flatMap { $0.isKnown ? $0 : nil }
  }

  /// Keeps that `changed` was pulled from it, at the commit `head`.
  func notePulled(
    _ changed: [PulledChanges.File], head: String?, of key: VersionMemory.Key
  ) throws(SystemError) {
    if changed.isEmpty { return }
    var pulled = pulled(of: key) ?? PulledChanges()
    pulled.add(changed, head: head)
    try keep(pulled, as: Self.pulledName(key))
  }

  /// Forgets of the files `paths` that they were pulled: it was decided for what is here.
  func forgetPulled(_ paths: Set<[UInt8]>, of key: VersionMemory.Key) throws(SystemError) {
    guard !paths.isEmpty, var pulled = pulled(of: key) else { return }
    pulled.remove(paths)
    try keep(pulled, as: Self.pulledName(key))
  }

  /// The files that were pulled into the directory, and that `package` has as they were before, and not as
  /// `remote` has them: a commit, another branch, a clone that was made anew, or a work tree where it was
  /// stashed or undone. With each, what directory and version had in common before; nil for no file, and
  /// where that is not known. Blocks.
  ///
  /// Not among them is what was taken back by intention: what a commit since the pull had as it was pulled.
  ///
  /// - Parameters:
  ///   - isCommit: whether the package is of a commit. Of a work tree, a conflict of lines may have been
  ///     ended by keeping those from here, and a file may be there that no package has.
  ///   - history: the commits that led to it.
  func lacking(
    _ package: Manifest, than remote: Manifest?, of key: VersionMemory.Key, isCommit: Bool,
    _ history: () -> CommitHistory?
  ) -> [[UInt8]: [UInt8]?] {
    guard let remote, let pulled = pulled(of: key) else { return [:] }
    let lacking = pulled.lacking(in: package)
    if lacking.isEmpty { return [:] }
    var there: [[UInt8]: Manifest.Entry] = [:]
    var different: Set<[UInt8]> = []
    for change in ManifestDifference(from: remote, to: package).files {
      different.insert(change.name)
      there[change.name] = change.old
    }
    var bases: [[UInt8]: [UInt8]?] = [:]
    var commits: CommitHistory?
    var since: [String?: [String]] = [:]
    for (file, state) in lacking where different.contains(Array(file.path)) {
      let path = Array(file.path)
      if let beside = file.beside, !isThere(Array(beside)) { continue }
      if !isCommit, state.identity.isEmpty, isThere(path) { continue }
      commits = commits ?? history()
      if !isCommit, file.hasConflict, file.head.map({ commits?.lacks($0) != true }) ?? true { continue }
      let taken = [there[path], file.after.flatMap { Manifest.Entry(file: path, identity: Array($0)) }]
      if let commits {
        let later = since[file.head] ?? commits.lastCommits(since: file.head)
        since[file.head] = later
        if taken.contains(where: { $0.map { commits.holds($0, in: later) } == true }) { continue }
      }
      bases.updateValue(state.base.flatMap { $0.isEmpty ? nil : Array($0) }, forKey: path)
    }
    return bases
  }

  private func isThere(_ path: [UInt8]) -> Bool { Paths.status(Paths.join(directory, path)) != nil }

  /// Forgets it: all of it was pushed.
  func forgetPulled(of key: VersionMemory.Key) {
    try? Paths.remove(file(Self.pulledName(key)))
    texts(of: key).removeAll()
  }
}

extension PullMerge {
  /// What the directory had, before it is merged, of each file that is changed or is left in conflict.
  var pulled: [PulledChanges.File] {
    let old = base.map { Tree($0, hasModes: hasModes) }
    func file(_ path: [UInt8], beside: [UInt8]? = nil, hasConflict: Bool = false) -> PulledChanges.File {
      let state = PulledChanges.File.State(
        identity: Data(mine.identity(path) ?? []), base: old.map { Data($0.identity(path) ?? []) })
      let after = changes.last { $0.path == path }?.after
      return PulledChanges.File(
        path: Data(path), before: [state], after: after.map { Data($0) }, beside: beside.map { Data($0) },
        hasConflict: hasConflict)
    }
    return files.filter { $0.change != .mode }.map { file($0.path) }
      + conflicts.compactMap { conflict in
        if conflict.hasMarkers { return file(conflict.path, hasConflict: true) }
        return conflict.beside.map { file(conflict.path, beside: $0) }
      }
  }
}
