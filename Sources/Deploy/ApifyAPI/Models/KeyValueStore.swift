// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// A key-value store.
package struct KeyValueStore: Decodable, Sendable {
  package let id: String
  /// The key that signs addresses of its records; nil where the token may not write.
  package let urlSigningSecretKey: String?
}

/// A page of a store's keys.
struct RecordKeyPage: Decodable, Sendable {
  struct Item: Decodable, Sendable {
    let key: String
  }

  let items: [Item]
  let isTruncated: Bool
  let nextExclusiveStartKey: String?
}
