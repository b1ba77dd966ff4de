// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import SystemIO

/// Where a record of a key-value store can be fetched without a token.
package struct RecordAddress: Hashable, Sendable {
  /// The store's id.
  package let store: String
  /// The record's key.
  package let key: String
  /// The whole address, with its signature.
  package let url: String

  /// The record `key` of `store`, below `root`.
  package init(root: APIRoot, store: KeyValueStore, key: String) {
    self.store = store.id
    self.key = key
    let address =
      "\(root)/v2/key-value-stores/\(store.id.percentEncodedSegment)/records/\(key.percentEncodedSegment)"
    guard let secret = store.urlSigningSecretKey else {
      url = address
      return
    }
    url = address + "?signature=" + RecordSignature.of(key, secret: secret)
  }

  /// The record that `url` names, if it is one below `root`.
  package init?(_ url: String, root: APIRoot) {
    guard let address = try? WebAddress(url), address.origin == root.origin,
      address.path.hasPrefix(root.pathPrefix + "/v2/key-value-stores/")
    else { return nil }
    let segments = address.path.dropFirst(root.pathPrefix.utf8.count).split(separator: "/" as Character)
    guard segments.count == 5, segments[3] == "records", let store = Self.decoded(segments[2]),
      let key = Self.decoded(segments[4])
    else { return nil }
    self.store = store
    self.key = key
    self.url = url
  }

  /// A segment without its percent-encoding; nil where that is broken or hides a step in the path.
  private static func decoded(_ segment: Substring) -> String? {
    let text = PercentEncoding.decode(segment)
    return text == "." || text == ".." || text?.utf8.contains(UInt8(ascii: "/")) == true ? nil : text
  }
}
