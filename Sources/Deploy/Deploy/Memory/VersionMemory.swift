// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ActorProject
internal import Crypto
internal import FoundationEssentials
internal import SourcePackage
package import SystemIO

/// What is remembered of versions, one file each, in the user's state directory. A file that is damaged, or
/// from another time, is no memory: nothing depends on there being one.
package struct VersionMemory: Sendable {
  /// Which version.
  package struct Key: Sendable {
    /// The address of the API.
    package let root: String
    /// The Actor's id.
    package let actorID: String
    /// The version's number.
    package let version: String

    /// The version `version` of the Actor `actorID` at `root`.
    package init(root: String, actorID: String, version: String) {
      self.root = root
      self.actorID = actorID
      self.version = version
    }
  }

  /// The first line of a file; the manifest follows.
  private struct Head: Codable {
    static let format = 1
    var format = Self.format
    let root: String
    let actorID: String
    let version: String
    let digest: String
    /// The directory that was pushed from.
    var directory: String?
    let salt: String
    /// The digests of the values that each variable was given.
    var given: [String: Set<String>]?
    /// The names of the variables that were given as secrets.
    var secretNames: Set<String>?
    /// The names that actor.json declared.
    var declared: Set<String>?
    /// What was written before `given`: the digest of the one value of each secret.
    var secrets: [String: String]?
    /// The id of the build that was started of it.
    let build: String?
    /// Whether that build has succeeded; nil where that is not known.
    let hasSucceeded: Bool?
    /// The id of the newest build when it was changed, where no build was started since; empty for none.
    let lastBuild: String?
    /// The digest of the settings that the build was started with.
    var builtSettings: String?
    /// The tag that the build was started for.
    var startedTag: String?
    /// The tag that its builds were given.
    var tag: String?
    /// The salt of the record by which secrets are known.
    var record: String?
    /// The digests of packages of which it is not known whether they arrived.
    var attempted: [String]?
  }

  private let directory: [UInt8]

  /// The memory in `directory`, which need not exist yet.
  package init(directory: [UInt8]) { self.directory = directory }

  /// Why what is remembered of `key` cannot be read; nil where it can, or there is nothing.
  func obstacle(_ key: Key) -> SystemError? {
    do throws(SystemError) {
      _ = try Descriptor.open(CString(path(key)), as: .fileThroughLinks)
      return nil
    } catch {
      return error.saysAbsent ? nil : error
    }
  }

  /// What is remembered of `key`.
  package func recall(_ key: Key) -> RememberedVersion? {
    guard let contents = Paths.contents(path(key)), let end = contents.firstIndex(of: UInt8(ascii: "\n")),
      let head = try? JSONDecoder().decode(Head.self, from: Data(contents[..<end])),
      head.format == Head.format, head.root == key.root, head.actorID == key.actorID,
      head.version == key.version,
      let manifest = try? Manifest(Array(contents[(end + 1)...])), manifest.digest == head.digest
    else { return nil }
    let build =
      head.build.map {
        head.hasSucceeded == true ? RememberedVersion.BuildMemory.succeeded($0) : .started($0)
      }
      ?? head.lastBuild.map { .pending(last: $0.isEmpty ? nil : $0) }
    let variables = RememberedVariables(
      salt: head.salt, given: head.given ?? (head.secrets ?? [:]).mapValues { [$0] },
      secrets: head.secretNames ?? Set((head.secrets ?? [:]).keys), declared: head.declared ?? [])
    var version = RememberedVersion(manifest, variables: variables, build: build)
    (version.builtSettings, version.startedTag, version.tag) = (head.builtSettings, head.startedTag, head.tag)
    version.attempted = head.attempted ?? []
    (version.directory, version.record) = (head.directory, head.record)
    return version
  }

  /// Keeps `version` as what is remembered of `key`, in place of what was.
  ///
  /// - Throws: why it can't be kept.
  package func keep(_ version: RememberedVersion, for key: Key) throws(SystemError) {
    let head = Head(
      root: key.root, actorID: key.actorID, version: key.version, digest: version.manifest.digest,
      directory: version.directory, salt: version.variables.salt, given: version.variables.given,
      secretNames: version.variables.secrets, declared: version.variables.declared,
      build: version.knownBuild, hasSucceeded: version.hasSucceeded, lastBuild: version.lastBuild,
      builtSettings: version.builtSettings, startedTag: version.startedTag, tag: version.tag,
      record: version.record, attempted: version.attempted.isEmpty ? nil : version.attempted)
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    guard let line = try? encoder.encode(head) else { return }
    try Paths.makeDirectory(directory, mode: 0o700)
    try OutputFile.write(
      Array(line) + [UInt8(ascii: "\n")] + version.manifest.records, to: path(key), mode: 0o600)
  }

  /// Notes that the version of `key` is about to be changed from here beside a push.
  ///
  /// - Parameter directory: from where; nil for no project's, which counts as the one that has pushed. What
  ///   another directory changes is the work of others to that.
  func note(_ edit: VersionEdit, of key: Key, from directory: DirectoryMemory?) {
    guard var version = recall(key) else { return }
    if version.isFrom(directory) {
      switch edit.buildTag {
      case .set(let tag)?: version.tag = tag.description
      case .some(.none): version.tag = RememberedVersion.noTag
      case nil: break
      }
      version.variables.noteAttempt(edit.variables)
      version.variables.noteRemoval(edit.removedVariables)
    }
    // A build of what it was need not show it.
    if edit.outdates {
      switch version.build {
      case .started(let id)?, .succeeded(let id)?: version.build = .pending(last: id)
      case .pending?, nil: break
      }
      version.builtSettings = nil
    }
    try? keep(version, for: key)
  }

  /// Forgets what is remembered of `key`.
  package func forget(_ key: Key) { try? Paths.remove(path(key)) }

  /// The file of `key`.
  private func path(_ key: Key) -> [UInt8] { Paths.join(directory, Array(Self.name(key).utf8)) }

  /// A name that says nothing about the Actor, and fits every file system.
  static func name(_ key: Key) -> String {
    let text = [key.root, key.actorID, key.version].joined(separator: "\n")
    return Hex.lowercase(SHA256.hash(data: Array(text.utf8)).prefix(16))
  }
}

extension RememberedVersion {
  fileprivate var knownBuild: String? {
    switch build {
    case .started(let id)?, .succeeded(let id)?: id
    case .pending?, nil: nil
    }
  }
  fileprivate var hasSucceeded: Bool? { if case .succeeded? = build { true } else { nil } }
  fileprivate var lastBuild: String? { if case .pending(let last)? = build { last ?? "" } else { nil } }
}
