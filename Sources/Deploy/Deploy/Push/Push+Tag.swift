// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ApifyAPI
internal import FoundationEssentials
internal import SourcePackage
internal import SystemIO

/// What a push that changed the tag, and no file, leaves in the Actor's store: what the package says of the
/// tag is older.
private struct TagRecord: Codable {
  private static let format = 1
  static let limit = 1 << 12

  private var format = Self.format
  let tag: String
  /// The digest of the package that the version had.
  let digest: String

  init(tag: String, digest: String) { (self.tag, self.digest) = (tag, digest) }

  /// Reads a record; nil where it is none.
  init?(_ contents: [UInt8]) {
    guard let record = try? JSONDecoder().decode(Self.self, from: Data(contents)),
      record.format == Self.format
    else { return nil }
    self = record
  }

  /// Its key in the store.
  static func key(version: String) -> String { "tag-\(version).json" }
}

extension Push {
  /// The tag that the last push gave the builds of `remote`; nil where none is known.
  ///
  /// This machine's memory knows it. Where that knows nothing, the version says what its last push gave, from
  /// wherever that was, which does not stop one that asks for another tag. What a commit that led to the
  /// package has given counts like what was given from here.
  func givenTag(
    _ remote: RemoteVersion?, _ remembered: RememberedVersion?, _ user: Account, _ actor: ApifyActor
  ) async -> String? {
    let own = remembered?.tag
    if own == nil, settings.asksForTag { return nil }
    let told = await toldTag(remote, user, actor)
    guard let own else { return told }
    guard let remote, let told, told == remote.buildTag, told != own,
      let commit = remote.provenance?.commit, let history = settings.history
    else { return own }
    let isOurs = await Threads.run { history()?.contains(commit) == true }
    return isOurs ? told : own
  }

  /// What the package of `remote` says, or the record of a push that sent no package. That is asked for only
  /// where it could keep this push from a conflict.
  private func toldTag(_ remote: RemoteVersion?, _ user: Account, _ actor: ApifyActor) async -> String? {
    guard let remote, let provenance = remote.provenance, let told = provenance.buildTag else { return nil }
    guard let tag = remote.buildTag, tag != told, let wanted = settings.tagName, wanted != tag else {
      return told
    }
    let store = Self.store(of: actor.id, owner: user.username)
    let asked = await platform.result {
      try await platform.record(
        store: store, key: TagRecord.key(version: number), limit: TagRecord.limit
      ).flatMap { TagRecord($0) }
    }
    guard case .success(let record?) = asked, record.tag == tag, record.digest == provenance.digest else {
      return told
    }
    return tag
  }

  /// Leaves in the Actor's store what tag `plan` gave, which has been carried out, where it sent no package
  /// that says it. A failure costs no more than a conflict.
  func shareTag(_ plan: PushPlan, _ outcome: Outcome) async {
    guard !plan.sendsSource, let tag = plan.tagChange?.after, let provenance = plan.remote?.provenance,
      let told = provenance.buildTag, told != tag
    else { return }
    _ = await platform.result {
      let contents = Array(try JSONEncoder().encode(TagRecord(tag: tag, digest: provenance.digest)))
      let store = try await platform.getOrCreateStore(name: Self.store(of: outcome.actorID))
      try await platform.putRecord(
        store: store.id, key: TagRecord.key(version: number),
        body: RequestBody(contents, contentType: "application/json"))
    }
  }
}
