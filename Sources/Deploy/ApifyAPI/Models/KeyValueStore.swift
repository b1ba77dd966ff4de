// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// A key-value store.
package struct KeyValueStore: Decodable, Sendable {
  package let id: String
  /// The key that signs addresses of its records; nil where the token may not write.
  package let urlSigningSecretKey: String?
}

/// The end of a record.
package struct RecordTail: Sendable, Equatable {
  /// The length of the whole record in bytes; nil where the platform does not tell.
  package let recordLength: Int?
  /// The last bytes; nil where the platform sends records only as a whole.
  package let bytes: [UInt8]?

  /// The end of a record of `recordLength` bytes.
  package init(recordLength: Int?, bytes: [UInt8]?) {
    self.recordLength = recordLength
    self.bytes = bytes
  }
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
