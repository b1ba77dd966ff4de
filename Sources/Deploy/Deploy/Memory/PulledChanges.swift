// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import FoundationEssentials
internal import SourcePackage
internal import SystemIO

/// What pulls have changed in a directory since files were pushed from there, and what there was before.
///
/// What was pulled lies in the work tree first: a commit, or another branch, may still be without it, and a
/// push of that would undo it. A package lacks it where it has a file as it was before.
struct PulledChanges: Codable, Sendable, Equatable {
  /// A file that a pull has changed, or has left in conflict.
  struct File: Codable, Sendable, Equatable {
    /// Its path in the package.
    let path: Data
    /// What it was before each pull (``Manifest/Entry/identity``); empty for no file.
    var before: [Data]
    /// The file beside it that has the platform's content: the conflict stands as long as that is there.
    var beside: Data?
  }

  private static let format = 1

  private var format = Self.format
  /// The commit that was checked out at the last pull; nil where there was none.
  private(set) var head: String?
  private(set) var files: [File] = []

  /// Nothing.
  init() {}

  /// Adds what one more pull has changed, at the commit `head`.
  mutating func add(_ changed: [File], head: String?) {
    self.head = head
    var places = Dictionary(files.indices.map { (files[$0].path, $0) }) { $1 }
    for file in changed {
      if let place = places[file.path] {
        files[place].before += file.before.filter { !files[place].before.contains($0) }
        files[place].beside = file.beside
      } else {
        places[file.path] = files.count
        files.append(file)
      }
    }
  }

  /// The paths of those that `manifest` has as they were before.
  ///
  /// - Parameter isThere: whether a path is there in the directory.
  func lacking(in manifest: Manifest, isThere: (_ path: [UInt8]) -> Bool) -> [[UInt8]] {
    var wanted: Set<[UInt8]> = []
    for file in files { wanted.insert(Array(file.path)) }
    var found: [[UInt8]: Data] = [:]
    for entry in manifest.entries where !entry.isFolder && wanted.contains(Array(entry.name)) {
      found[Array(entry.name)] = Data(entry.identity)
    }
    return files.compactMap { file in
      if let beside = file.beside, !isThere(Array(beside)) { return nil }
      let path = Array(file.path)
      return file.before.contains(found[path] ?? Data()) ? path : nil
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

  /// Forgets it: all of it was pushed.
  func forgetPulled(of key: VersionMemory.Key) { try? Paths.remove(file(Self.pulledName(key))) }
}

extension PullMerge {
  /// What the directory had, before it is merged, of each file that is changed or is left in conflict.
  var pulled: [PulledChanges.File] {
    let changed = files.filter { $0.change != .mode }.map { (path: $0.path, beside: [UInt8]?.none) }
    let contested = conflicts.compactMap { conflict -> (path: [UInt8], beside: [UInt8]?)? in
      if case .lines = conflict.reason { return (conflict.path, nil) }
      return conflict.beside.map { (conflict.path, $0) }
    }
    return (changed + contested).map { path, beside in
      PulledChanges.File(
        path: Data(path), before: [Data(mine.identity(path) ?? [])], beside: beside.map { Data($0) })
    }
  }
}
