// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

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
