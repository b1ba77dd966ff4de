// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// A store of records.
package struct KeyValueStore: Decodable, Sendable {
  /// Its id.
  package let id: String
  /// What addresses of its records are signed with, where the token may write.
  package let urlSigningSecretKey: String?
}
