// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import SystemIO

/// A page of a store's keys.
package struct RecordKeyList: Encodable, Sendable {
  struct Item: Encodable, Sendable {
    let key: String
    let size: Int
    let recordPublicUrl: String
  }

  let items: [Item]
  let count: Int
  let limit: Int
  let exclusiveStartKey: String?
  let isTruncated: Bool
  let nextExclusiveStartKey: String?

  /// The `items`, of `total` that there are behind `start`.
  init(_ items: [Item], _ limit: Int, _ start: String?, of total: Int) {
    self.items = items
    count = items.count
    self.limit = limit
    exclusiveStartKey = start
    isTruncated = total > items.count
    nextExclusiveStartKey = total > items.count ? items.last?.key : nil
  }
}

/// A key-value store.
package struct StoreView: Encodable, Sendable {
  struct Stats: Encodable, Sendable {
    let storageBytes: Int
  }

  let id: String
  let name: String?
  let userId: String
  let username: String
  let createdAt: String
  let modifiedAt: String
  let accessedAt: String
  let generalAccess = "FOLLOW_USER_SETTING"
  let stats: Stats
  let keysPublicUrl: String
  let urlSigningSecretKey: String?

  private enum CodingKeys: CodingKey {
    case id, name, userId, username, createdAt, modifiedAt, accessedAt, generalAccess, stats, keysPublicUrl
    case urlSigningSecretKey
  }
}

extension PlatformState {
  /// The view of `store` for `user`; the key is for a token that may write.
  ///
  /// - Parameter root: where this platform is.
  package func view(of store: StoreRecord, for user: User, root: String) -> StoreView {
    let modified = (store.modifiedAt ?? store.created).iso8601
    return StoreView(
      id: store.id, name: store.name, userId: store.userId, username: username(of: store.userId),
      createdAt: store.created.iso8601, modifiedAt: modified, accessedAt: modified,
      stats: .init(storageBytes: store.records.values.reduce(0) { $0 + $1.byteCount }),
      keysPublicUrl: "\(root)/v2/key-value-stores/\(store.id)/keys",
      urlSigningSecretKey: user.isReadOnly ? nil : store.urlSigningSecretKey)
  }
}

extension StoreRecord {
  /// When it was created; the beginning of time where that was not noted.
  var created: Timestamp { createdAt ?? Timestamp(milliseconds: 0) }

  /// The address of the record `key` for a reader without a token.
  func recordURL(_ key: String, root: String) -> String {
    "\(root)/v2/key-value-stores/\(id)/records/\(PercentEncoding.encode(Array(key.utf8)))"
      + "?signature=\(Self.signature(of: key, key: urlSigningSecretKey))"
  }
}
