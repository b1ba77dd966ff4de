// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import FoundationEssentials
internal import SourcePackage
internal import SourceTree
internal import SystemIO

/// The conflicts that a pull has left in a directory, and whether they stand still: until they are resolved,
/// nothing is pushed from there.
struct StandingConflicts: Codable, Sendable, Equatable {
  /// A file that has to be looked at.
  struct File: Codable, Sendable, Equatable {
    /// Its path in the directory.
    let path: String
    /// The beginning of the lines that stand around what is in conflict; nil for a file that lies beside
    /// another, which is in conflict as long as it is there.
    let markers: [String]?
  }

  private static let format = 1
  static let name = "conflicts"

  private var format = Self.format
  let files: [File]

  init(_ files: [File]) { self.files = files }

  /// Those that are kept in `memory`.
  init?(in memory: DirectoryMemory) {
    guard let contents = Paths.contents(memory.file(Self.name)),
      let kept = try? JSONDecoder().decode(Self.self, from: Data(contents)), kept.format == Self.format
    else { return nil }
    self = kept
  }

  /// Keeps them in `memory`; none are forgotten.
  func keep(in memory: DirectoryMemory) throws(SystemError) {
    let path = memory.file(Self.name)
    if files.isEmpty {
      if Paths.status(path) != nil { try Paths.remove(path) }
      return
    }
    guard let contents = try? JSONEncoder().encode(self) else { return }
    try Paths.makeDirectory(memory.place, mode: 0o700)
    try OutputFile.write(Array(contents), to: path, mode: 0o600)
  }

  /// The paths of those that stand, by what `contents` gives for the project's files.
  func standing(_ contents: (_ path: String) -> [UInt8]?) -> [[UInt8]] {
    files.compactMap { file in
      guard let bytes = contents(file.path) else { return nil }
      guard let markers = file.markers else { return Array(file.path.utf8) }
      let lines = bytes.split(separator: UInt8(ascii: "\n"))
      let isMarked = markers.contains { marker in
        lines.contains { line in
          line.last == UInt8(ascii: "\r")
            ? line.dropLast().elementsEqual(marker.utf8) : line.elementsEqual(marker.utf8)
        }
      }
      return isMarked ? Array(file.path.utf8) : nil
    }
  }
}

extension Project {
  /// What is remembered of the project's directory; nil where nothing is kept.
  var memory: DirectoryMemory? {
    context.stateDirectory.map { DirectoryMemory(location, in: $0) }
  }

  /// Keeps that the files of the directory were pushed to the version of `key`: the conflicts of the last
  /// pull are resolved, and where the files were sent, to undo it would take back what was pushed. Of a
  /// commit the directory has the files where it has led to those that are there, and need not be without
  /// conflicts. A pull that goes on there keeps what it has found. Blocks.
  ///
  /// - Parameters:
  ///   - common: what both have in common now; nil leaves it.
  ///   - seenAt: the commit at which the version was seen to hold it; nil where it was pushed from here.
  func keepPushed(_ common: Manifest?, _ key: VersionMemory.Key, isSent: Bool, seenAt: String?) {
    guard let memory, let lock = try? PullLock(memory) else { return }
    defer { lock.release() }
    try? memory.keepSeenAt(seenAt, of: key)
    if let commit, !hasLed(commit) { return }
    if let common { try? memory.keepBase(common, of: key) }
    if isSent { memory.forgetPulled(of: key) }
    if commit == nil { try? StandingConflicts([]).keep(in: memory) }
    if isSent { try? PullJournal.removeFinished(from: memory) }
  }

  /// Keeps `manifest` as what directory and version have in common: the version was seen to hold it after it
  /// was pushed. Blocks.
  func keepHeld(_ manifest: Manifest, _ key: VersionMemory.Key) {
    if let commit, !hasLed(commit) { return }
    guard let memory, let lock = try? PullLock(memory) else { return }
    try? memory.keepBase(manifest, of: key)
    lock.release()
  }

  /// Whether `commit` is among those that led to the files of the directory.
  private func hasLed(_ commit: CommitSource) -> Bool {
    var tree = location
    tree.revision = nil
    guard let project = try? Project(tree, context),
      let history = try? HistoryReader(project, PushRequest(tree, tool: "")).read()
    else { return false }
    return history.contains(commit.objectName) == true
  }

  /// Nothing is pushed from a directory that is half-way through a pull, or has conflicts in it. Blocks.
  func checkPulled() throws(DeployError) {
    guard let memory else { return }
    if commit == nil, PullJournal.isUnfinished(in: memory) {
      let isNew = PullJournal.find(in: memory)?.isNew == true
      throw .pull(.unfinished(location.directory, isNew: isNew))
    }
    let standing = StandingConflicts(in: memory)?.standing(original) ?? []
    guard standing.isEmpty else { throw .pull(.conflictsStand(standing, directory: location.directory)) }
  }
}
