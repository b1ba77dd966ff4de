// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import FoundationEssentials
internal import SourcePackage
internal import SystemIO

/// What pulls have changed in a directory since files were pushed from there, and what there was before.
///
/// What was pulled lies in the work tree first: a commit, or another branch, may still be without it, and a
/// push of that would undo it, as would one of a work tree where it was stashed. A package lacks it where it
/// has a file as it was before.
struct PulledChanges: Codable, Sendable, Equatable {
  /// A file that a pull has changed, or has left in conflict.
  struct File: Codable, Sendable, Equatable {
    /// Its path in the package.
    let path: Data
    /// What it was before each pull (``Manifest/Entry/identity``); empty for no file.
    var before: [Data]
    /// The file beside it that has the platform's content: the conflict stands as long as that is there.
    var beside: Data?
    /// Whether its lines were left in conflict: to keep those from here is one way to end that.
    var hasConflict: Bool?
    /// The commit that was checked out at the last pull that has changed it; nil where there was none.
    var head: String?
  }

  private static let format = 1

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
        file.before = files[place].before + file.before.filter { !files[place].before.contains($0) }
        files[place] = file
      } else {
        places[file.path] = files.count
        files.append(file)
      }
    }
  }

  /// The paths of those that `manifest` has as they were before.
  ///
  /// - Parameters:
  ///   - isThere: whether a path is there in the directory.
  ///   - isSettled: whether the conflict of a file that was pulled at a commit may have been ended there in
  ///     favour of what is here.
  func lacking(
    in manifest: Manifest, isThere: (_ path: [UInt8]) -> Bool, isSettled: (_ head: String?) -> Bool
  ) -> Set<[UInt8]> {
    var wanted: Set<[UInt8]> = []
    for file in files { wanted.insert(Array(file.path)) }
    var found: [[UInt8]: Data] = [:]
    for entry in manifest.entries where !entry.isFolder && wanted.contains(Array(entry.name)) {
      found[Array(entry.name)] = Data(entry.identity)
    }
    var lacking: Set<[UInt8]> = []
    for file in files where file.before.contains(found[Array(file.path)] ?? Data()) {
      if let beside = file.beside, !isThere(Array(beside)) { continue }
      if file.hasConflict == true, isSettled(file.head) { continue }
      lacking.insert(Array(file.path))
    }
    return lacking
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

  /// The files that were pulled into the directory, and that `package` has as they were before, and not as
  /// `remote` has them: a commit, another branch, a clone that was made anew, or a work tree where it was
  /// stashed or undone. Blocks.
  ///
  /// - Parameters:
  ///   - isCommit: whether the package is of a commit. Of a work tree, a conflict of lines may have been
  ///     ended by keeping those from here.
  ///   - history: the commits that led to it.
  func lacking(
    _ package: Manifest, than remote: Manifest?, of key: VersionMemory.Key, isCommit: Bool,
    _ history: () -> CommitHistory?
  ) -> Set<[UInt8]> {
    guard let remote, let pulled = pulled(of: key) else { return [] }
    var known: CommitHistory??
    let lacking = pulled.lacking(in: package) { path in
      Paths.status(Paths.join(directory, path)) != nil
    } isSettled: { head in
      if isCommit { return false }
      guard let head else { return true }
      let commits = known ?? history()
      known = .some(commits)
      return commits?.contains(head) != false
    }
    if lacking.isEmpty { return [] }
    return lacking.intersection(ManifestDifference(from: remote, to: package).files.map(\.name))
  }

  /// Forgets it: all of it was pushed.
  func forgetPulled(of key: VersionMemory.Key) {
    try? Paths.remove(file(Self.pulledName(key)))
    texts(of: key).removeAll()
  }
}

extension PullMerge {
  /// What the directory had, before it is merged, of each file that is changed or is left in conflict.
  var pulled: [PulledChanges.File] {
    func file(_ path: [UInt8], beside: [UInt8]? = nil, hasConflict: Bool? = nil) -> PulledChanges.File {
      PulledChanges.File(
        path: Data(path), before: [Data(mine.identity(path) ?? [])], beside: beside.map { Data($0) },
        hasConflict: hasConflict)
    }
    return files.filter { $0.change != .mode }.map { file($0.path) }
      + conflicts.compactMap { conflict in
        if conflict.hasMarkers { return file(conflict.path, hasConflict: true) }
        return conflict.beside.map { file(conflict.path, beside: $0) }
      }
  }
}
