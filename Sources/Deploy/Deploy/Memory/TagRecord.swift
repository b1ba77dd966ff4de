// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ApifyAPI
internal import SourcePackage
internal import SystemIO

/// What a push that changed the tag, and no file, leaves in the Actor's store: what the package says of the
/// tag is older.
struct TagRecord: StoreRecord {
  static let kind = "tag"
  static let limit = 1 << 12

  private(set) var format = currentFormat
  private let tag: String
  /// The digest of the package that the version had.
  private let digest: String

  /// The tag that the last push gave the builds of the version `number` of `actor`, which is `remote`: what
  /// the record says, where it is of the same package, or else the package; nil where neither does.
  ///
  /// - Parameter owner: whose store it is; nil for the Actor's own user.
  static func givenTag(
    of remote: RemoteVersion, number: String, _ actor: ApifyActor, owner: String?, on platform: any Platform
  ) async -> String? {
    guard let provenance = remote.provenance, let told = provenance.buildTag else { return nil }
    guard let owner = owner ?? actor.username else { return told }
    let asked = await platform.result {
      try await find(version: number, actor: actor.id, owner: owner, on: platform)
    }
    guard let record = try? asked.get().record, record.digest == provenance.digest
    else { return told }
    return record.tag
  }

  /// Writes that `tag` was given to the version `number` of the Actor `id`, which has the package with this
  /// `digest`. A failure costs no more than a conflict.
  static func write(
    _ tag: String, digest: String, number: String, actor id: String, owner: String,
    on platform: any Platform
  ) async {
    _ = await platform.result {
      try await TagRecord(tag: tag, digest: digest).put(
        version: number, actor: id, owner: owner, on: platform)
    }
  }
}

extension DirectoryMemory {
  /// The name of the file of the tag that is shared with the version of `key`.
  static func tagName(_ key: VersionMemory.Key) -> String { VersionMemory.name(key) + ".tag" }

  /// The tag that the last pull found in the version of `key`, and its actor.json has, or is preferred to it;
  /// ``RememberedVersion/noTag`` where there was none. Nil where a push has given one since.
  func tag(of key: VersionMemory.Key) -> String? { tags(of: key).first }

  /// That tag, and behind it those that pulls have replaced in actor.json.
  private func tags(of key: VersionMemory.Key) -> [String] {
    Paths.contents(file(Self.tagName(key))).map { contents in
      contents.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        .map { String(decoding: $0, as: UTF8.self) }
    } ?? []
  }

  /// Whether a pull has written it over what actor.json had.
  func hasReplacedTag(of key: VersionMemory.Key) -> Bool { tags(of: key).count > 1 }

  /// Keeps `tag` as that, which the pull has written over `replaced`; nil where it has not.
  ///
  /// - Parameter isOurs: whether what is here was preferred: what it was before counts no longer.
  func keepTag(
    _ tag: String, replacing replaced: String?, isOurs: Bool, of key: VersionMemory.Key
  ) throws(SystemError) {
    let kept = tags(of: key)
    let before =
      (isOurs ? [] : kept.dropFirst()).filter { $0 != tag && $0 != replaced } + (replaced.map { [$0] } ?? [])
    if kept == [tag] + before { return }
    try Paths.makeDirectory(place, mode: 0o700)
    let text = ([tag] + before).joined(separator: "\n")
    try OutputFile.write(Array(text.utf8), to: file(Self.tagName(key)), mode: 0o600)
  }

  /// Forgets it: a tag was given from here.
  func forgetTag(of key: VersionMemory.Key) { try? Paths.remove(file(Self.tagName(key))) }

  /// The tag that both sides last had in common, as far as this machine knows; `remembered` is what was given
  /// from here, `current` what the version has, and `wanted` what is asked for now: a commit, or another
  /// branch, that still has a tag as it was before the pull does not know the one that was pulled.
  func commonTag(
    _ remembered: RememberedVersion?, of key: VersionMemory.Key, current: String?, wanted: String?
  ) -> String? {
    // What was pulled is newer, but for what another directory of this machine has given since.
    if let given = remembered?.tag, given == current ?? RememberedVersion.noTag { return given }
    let pulled = tags(of: key)
    if let wanted, pulled.dropFirst().contains(wanted) { return remembered?.tag }
    return pulled.first ?? remembered?.tag
  }
}
