// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import SystemIO

/// The address of a record in a key-value store, which needs no token where it is signed.
package struct RecordAddress: Hashable, Sendable {
  /// The id of the store.
  package let store: String
  package let key: String
  /// The whole address, with the signature.
  package let url: String

  /// The address of the record `key` of `store`; signed where the store has a secret key.
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

  /// Returns nil unless `url` is the address of a record below `root`.
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

  /// A segment, percent-decoded; nil where the encoding is broken or hides a step in the path.
  private static func decoded(_ segment: Substring) -> String? {
    let text = PercentEncoding.decode(segment)
    return text == "." || text == ".." || text?.utf8.contains(UInt8(ascii: "/")) == true ? nil : text
  }
}
