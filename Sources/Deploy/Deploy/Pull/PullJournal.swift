// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import FoundationEssentials
internal import SystemIO

/// What a pull is about to do to a directory, written down before it does it, with copies of all files that
/// it replaces or removes: whatever ends it half-way, the directory can be made what it was.
///
/// The journal of a pull that has ended is kept under another name until the next one: that it overwrote
/// something can be undone.
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

  init(_ steps: [Step], of memory: DirectoryMemory, isNew: Bool, memories: [String]) {
    id = Hex.lowercase((0..<8).map { _ in UInt8.random(in: 0...255) })
    directory = String(decoding: memory.directory, as: UTF8.self)
    self.isNew = isNew
    self.steps = steps
    self.memories = memories
  }

  /// The journal of the last pull that lies in `memory`; nil where there is none that can be read.
  static func find(in memory: DirectoryMemory) -> PullJournal? {
    let name = isUnfinished(in: memory) ? unfinishedName : finishedName
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

  /// Notes that the pull has ended.
  func finish(in memory: DirectoryMemory) throws(SystemError) {
    try Paths.rename(memory.file(Self.unfinishedName), to: memory.file(Self.finishedName))
  }

  /// Removes the journal that lies in `memory`, and its copies.
  static func remove(from memory: DirectoryMemory) throws(SystemError) {
    for name in [unfinishedName, finishedName] where Paths.status(memory.file(name)) != nil {
      try Paths.remove(memory.file(name))
    }
    try removeBackup(from: memory)
  }

  /// Removes the journal of a pull that has ended, and its copies: it is not to be undone any longer. That of
  /// a new directory stays: with it the directory goes as a whole, and nothing is pushed from there.
  static func removeFinished(from memory: DirectoryMemory) throws(SystemError) {
    guard !isUnfinished(in: memory), find(in: memory)?.isNew == false else { return }
    try remove(from: memory)
  }

  /// The path of the copy of what the file of the step at `index` held.
  static func backup(_ index: Int, in memory: DirectoryMemory) -> [UInt8] {
    memory.file("backup/\(index)")
  }

  /// The path of the copy of the memory's own file `name`.
  static func backup(_ name: String, in memory: DirectoryMemory) -> [UInt8] { memory.file("backup/" + name) }

  /// Removes all copies.
  static func removeBackup(from memory: DirectoryMemory) throws(SystemError) {
    let path = memory.file("backup")
    guard Paths.status(path) != nil else { return }
    let directory = try Descriptor.open(CString(path), as: .directory)
    var scanner = DirectoryScanner()
    try scanner.scan(directory)
    for name in scanner.names {
      var bytes: [UInt8] = []
      scanner.append(name, to: &bytes)
      try directory.remove(bytes)
    }
  }
}
