// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Crypto
internal import FoundationEssentials
package import SourcePackage
package import SystemIO

/// What is remembered of one project directory, in a directory of its own in the user's state directory: what
/// its files and a version last had in common, and the conflicts of the last pull.
///
/// ``VersionMemory`` knows what was last pushed from this machine. That may have been another directory,
/// whose changes are not in this one: no base to merge from.
package struct DirectoryMemory: Sendable {
  /// Where it is kept.
  let place: [UInt8]
  /// The project directory as text: what tells it from others, and is shown.
  var name: String { TerminalText.utf8(directory) }
  /// The project directory: absolute, and without symbolic links as far as it exists.
  package let directory: [UInt8]

  /// The memory of `directory` in `state`.
  package init(_ directory: [UInt8], in state: [UInt8]) { self.init(ProjectLocation(directory), in: state) }

  /// The memory of the directory at `location` in `state`.
  init(_ location: ProjectLocation, in state: [UInt8]) {
    directory = location.resolvedDirectory
    let name = Hex.lowercase(SHA256.hash(data: directory).prefix(16))
    place = Paths.join(state, Array("directories/\(name)".utf8))
  }

  /// The name of the file of the base that is shared with the version of `key`.
  static func baseName(_ key: VersionMemory.Key) -> String { VersionMemory.name(key) + ".base" }

  /// The file `name` of this memory.
  func file(_ name: String) -> [UInt8] { Paths.join(place, Array(name.utf8)) }

  /// What the file `name` holds as JSON; nil where it is absent, or holds anything else.
  func record<Record: Decodable>(_ name: String, as type: Record.Type = Record.self) -> Record? {
    Paths.contents(file(name)).flatMap { try? JSONDecoder().decode(type, from: Data($0)) }
  }

  /// Writes `record` to the file `name`, as JSON.
  func keep(_ record: some Encodable, as name: String) throws(SystemError) {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    guard let contents = try? encoder.encode(record) else { throw SystemError(code: EINVAL) }
    try Paths.makeDirectory(place, mode: 0o700)
    try OutputFile.write(Array(contents), to: file(name), mode: 0o600)
  }

  /// What the directory and the version of `key` last had in common; nil where that is not known.
  package func base(of key: VersionMemory.Key) -> Manifest? {
    Paths.contents(file(Self.baseName(key))).flatMap { try? Manifest($0) }
  }

  /// The name of the file of the commit at which the version of `key` was seen.
  static func seenName(_ key: VersionMemory.Key) -> String { VersionMemory.name(key) + ".seen" }

  /// The commit at which the version of `key` was seen to hold what others had pushed, and what was here; nil
  /// where it was pushed from here or pulled into it since, and where there was no commit.
  func seenAt(of key: VersionMemory.Key) -> String? {
    Paths.contents(file(Self.seenName(key))).map { String(decoding: $0, as: UTF8.self) }
  }

  /// Keeps `commit` as that; nil for none.
  func keepSeenAt(_ commit: String?, of key: VersionMemory.Key) throws(SystemError) {
    let file = file(Self.seenName(key))
    guard let commit else {
      if Paths.status(file) != nil { try Paths.remove(file) }
      return
    }
    try Paths.makeDirectory(place, mode: 0o700)
    try OutputFile.write(Array(commit.utf8), to: file, mode: 0o600)
  }

  /// Whether what the version of `key` held was only seen here, at a commit that is not among those that led
  /// to what is here now: another branch need not have it. Blocks.
  func wasSeenElsewhere(_ key: VersionMemory.Key, _ history: () -> CommitHistory?) -> Bool {
    guard let commit = seenAt(of: key) else { return false }
    return history()?.lacks(commit) == true
  }

  /// Keeps `manifest` as what they have in common.
  package func keepBase(_ manifest: Manifest, of key: VersionMemory.Key) throws(SystemError) {
    if base(of: key) == manifest { return }
    try Paths.makeDirectory(place, mode: 0o700)
    try OutputFile.write(manifest.records, to: file(Self.baseName(key)), mode: 0o600)
  }
}
