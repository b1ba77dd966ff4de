// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import FoundationEssentials
internal import SystemIO

/// What a pull is about to do to a directory, written down before it does it, with copies of all files that
/// it replaces or removes: whatever ends it half-way, the directory can be made what it was.
///
/// The journal of a pull that has ended is kept under another name until the next one has ended: that it
/// overwrote something can be undone. So each has its copies in a directory of its own.
struct PullJournal: Codable, Sendable {
  /// One change of the directory.
  struct Step: Codable, Sendable {
    enum Kind: String, Codable, Sendable {
      case write
      case remove
      case makeDirectory
      case removeDirectory
    }

    let kind: Kind
    /// The path in the directory.
    let path: String
    /// The permissions that a file had before; nil where there was none.
    var mode: UInt32?
    /// The identity of what the file held before; nil where there was none. A copy of it lies in the backup,
    /// under the number of the step.
    var before: String?
    /// The identity of what the file holds afterwards; nil where there is none.
    var after: String?

    /// The path as the system takes it.
    var bytes: [UInt8] { Array(path.utf8) }
    /// The name of the file while it is not complete, in the directory that it is to be in.
    func temporaryName(_ index: Int, of journal: PullJournal) -> [UInt8] {
      Array(".actorpush-\(journal.id)-\(index).partial".utf8)
    }
  }

  private static let format = 1
  private static let unfinishedName = "journal"
  private static let finishedName = "journal.finished"
  /// How the directories of copies begin; early versions had this one alone.
  private static let copiesName = "backup"

  private var format = Self.format
  /// Tells the temporary files of this pull from those of others.
  let id: String
  /// The directory.
  let directory: String
  /// Whether the directory was made by the pull.
  let isNew: Bool
  let steps: [Step]
  /// The names of files of the memory that the pull changes.
  let memories: [String]
  /// The name of the directory of its copies, in the memory; nil in a journal of an early version.
  private var copies: String?

  /// - Parameter copies: where they were made (``copies(for:)``).
  init(_ steps: [Step], id: String, of memory: DirectoryMemory, isNew: Bool, memories: [String]) {
    self.id = id
    copies = Self.copies(for: id)
    directory = String(decoding: memory.directory, as: UTF8.self)
    self.isNew = isNew
    self.steps = steps
    self.memories = memories
  }

  /// A name for another pull.
  static func newID() -> String { Hex.lowercase((0..<8).map { _ in UInt8.random(in: 0...255) }) }

  /// The name of the directory of the copies of the pull `id`.
  static func copies(for id: String) -> String { "\(copiesName)-\(id)" }

  /// The journal of the last pull that lies in `memory`; nil where there is none that can be read.
  static func find(in memory: DirectoryMemory) -> PullJournal? {
    find(isUnfinished(in: memory) ? unfinishedName : finishedName, in: memory)
  }

  private static func find(_ name: String, in memory: DirectoryMemory) -> PullJournal? {
    guard let contents = Paths.contents(memory.file(name)),
      let journal = try? JSONDecoder().decode(PullJournal.self, from: Data(contents)),
      journal.format == format
    else { return nil }
    return journal
  }

  /// The directory that its paths are relative to: that of `memory`, or one above.
  func place(_ memory: DirectoryMemory) -> [UInt8] {
    String(decoding: memory.directory, as: UTF8.self) == directory ? memory.directory : Array(directory.utf8)
  }

  /// Whether a pull into the directory of `memory` was cut off, or goes on.
  static func isUnfinished(in memory: DirectoryMemory) -> Bool {
    Paths.status(memory.file(unfinishedName)) != nil
  }

  /// Writes it down. From now on the pull is unfinished.
  func write(in memory: DirectoryMemory) throws(SystemError) {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    guard let contents = try? encoder.encode(self) else { throw SystemError(code: EINVAL) }
    let file = try OutputFile.open(memory.file(Self.unfinishedName), mode: 0o600)
    try Descriptor.write(Array(contents), to: file.descriptor.rawValue)
    try file.descriptor.synchronize()
    try file.commit()
  }

  /// Notes that the pull has ended: the one before can't be undone any longer.
  func finish(in memory: DirectoryMemory) throws(SystemError) {
    try Paths.rename(memory.file(Self.unfinishedName), to: memory.file(Self.finishedName))
    // Left over, they only take room.
    try? Self.removeStrayCopies(from: memory)
  }

  /// Removes the journal of the last pull that lies in `memory`, and its copies.
  static func remove(from memory: DirectoryMemory) throws(SystemError) {
    let name = isUnfinished(in: memory) ? unfinishedName : finishedName
    if Paths.status(memory.file(name)) != nil { try Paths.remove(memory.file(name)) }
    try removeStrayCopies(from: memory)
  }

  /// Removes the journal of a pull that has ended, and its copies: it is not to be undone any longer.
  static func removeFinished(from memory: DirectoryMemory) throws(SystemError) {
    guard !isUnfinished(in: memory), find(in: memory) != nil else { return }
    try remove(from: memory)
  }

  /// The path of the copy `name` of the pull `id`.
  static func copy(_ name: String, of id: String, in memory: DirectoryMemory) -> [UInt8] {
    memory.file("\(copies(for: id))/\(name)")
  }

  /// The path of the copy `name`: the number of a step, for what its file held; or the name of one of
  /// `memories`.
  func copy(_ name: String, in memory: DirectoryMemory) -> [UInt8] {
    memory.file("\(copies ?? Self.copiesName)/\(name)")
  }

  /// Removes copies that no journal names, as of a pull that was cut off before it had one.
  static func removeStrayCopies(from memory: DirectoryMemory) throws(SystemError) {
    var known: Set<[UInt8]> = []
    for name in [unfinishedName, finishedName] where Paths.status(memory.file(name)) != nil {
      // What another version's journal needs is not known.
      guard let journal = find(name, in: memory) else { return }
      known.insert(Array((journal.copies ?? copiesName).utf8))
    }
    guard Paths.status(memory.place)?.isDirectory == true else { return }
    let place = try Descriptor.open(CString(memory.place), as: .directory)
    for name in try DirectoryScanner.names(in: place)
    where name.starts(with: copiesName.utf8) && !known.contains(name) {
      let directory = try Descriptor.open(CString(name), in: place.rawValue, as: .directory)
      for copy in try DirectoryScanner.names(in: directory) { try directory.remove(copy) }
      try place.remove(name, isDirectory: true)
    }
  }
}
