// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// A page of a store's keys.
package struct RecordKeyList: Encodable, Sendable {
  struct Item: Encodable, Sendable {
    let key: String
    let size: Int
  }

  let items: [Item]
  let count: Int
  let limit: Int
  let exclusiveStartKey: String?
  let isTruncated: Bool
  let nextExclusiveStartKey: String?

  /// The `keys`, of `total` that there are behind `start`.
  init(_ keys: [(key: String, size: Int)], _ limit: Int, _ start: String?, of total: Int) {
    items = keys.map { Item(key: $0.key, size: $0.size) }
    count = keys.count
    self.limit = limit
    exclusiveStartKey = start
    isTruncated = total > keys.count
    nextExclusiveStartKey = total > keys.count ? keys.last?.key : nil
  }
}

/// A key-value store.
package struct StoreView: Encodable {
  let id: String
  let name: String
  let userId: String
  let urlSigningSecretKey: String?

  /// The key is for a token that may write.
  package init(_ store: StoreRecord, isWritable: Bool) {
    id = store.id
    name = store.name
    userId = store.userId
    urlSigningSecretKey = isWritable ? store.urlSigningSecretKey : nil
  }
}
