// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ApifyAPI
internal import FoundationEssentials
internal import SourcePackage

/// What a push that changed the tag, and no file, leaves in the Actor's store: what the package says of the
/// tag is older.
struct TagRecord: Codable {
  private static let format = 1
  private static let limit = 1 << 12

  private var format = Self.format
  private let tag: String
  /// The digest of the package that the version had.
  private let digest: String

  /// Its key in the store.
  private static func key(_ version: String) -> String { "tag-\(version).json" }

  /// The tag that the last push gave the builds of the version `number` of `actor`, which is `remote`: what
  /// the record says, where it is of the same package, or else the package; nil where neither does.
  ///
  /// - Parameter owner: whose store it is; nil for the Actor's own user.
  static func givenTag(
    of remote: RemoteVersion, number: String, _ actor: ApifyActor, owner: String?, on platform: any Platform
  ) async -> String? {
    guard let provenance = remote.provenance, let told = provenance.buildTag else { return nil }
    guard let owner = owner ?? actor.username else { return told }
    let store = Push.store(of: actor.id, owner: owner)
    let asked = await platform.result {
      try await platform.record(store: store, key: key(number), limit: limit)
    }
    guard case .success(let contents?) = asked,
      let record = try? JSONDecoder().decode(Self.self, from: Data(contents)), record.format == format,
      record.digest == provenance.digest
    else { return told }
    return record.tag
  }

  /// Writes that `tag` was given to the version `number` of the Actor `id`, which has the package with this
  /// `digest`. A failure costs no more than a conflict.
  static func write(
    _ tag: String, digest: String, number: String, actor id: String, on platform: any Platform
  ) async {
    _ = await platform.result {
      let contents = Array(try JSONEncoder().encode(TagRecord(tag: tag, digest: digest)))
      let store = try await platform.getOrCreateStore(name: Push.store(of: id))
      try await platform.putRecord(
        store: store.id, key: key(number), body: RequestBody(contents, contentType: "application/json"))
    }
  }
}
