// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Crypto

/// A key-value store as the platform keeps it. The contents of its records are kept outside of the model.
package struct StoreRecord: Codable, Sendable {
  /// One record.
  package struct Record: Codable, Sendable {
    /// Its `Content-Type`.
    package let contentType: String
    /// Its size in bytes.
    package let byteCount: Int
    /// The name of its contents, which are kept outside of the model.
    package let contents: String

    package init(contentType: String, byteCount: Int, contents: String) {
      self.contentType = contentType
      self.byteCount = byteCount
      self.contents = contents
    }
  }

  package let id: String
  /// The id of the user that owns it.
  package let userId: String
  /// Its name, unique among those of its owner; nil for that of a run.
  package let name: String?
  /// What addresses of its records are signed with.
  package let urlSigningSecretKey: String
  /// When it was created; nil in data of emulators that did not note it.
  package var createdAt: Timestamp?
  /// When one of its records was last written or removed.
  package internal(set) var modifiedAt: Timestamp?
  /// Its records by their keys.
  package internal(set) var records: [String: Record] = [:]

  /// Whether `signature` is that of the record `key`.
  func isSigned(_ key: String, by signature: String) -> Bool {
    signature.utf8.elementsEqual(Self.signature(of: key, key: urlSigningSecretKey).utf8)
  }

  /// The platform's signature of `message`: the first 15 bytes of its HMAC-SHA256, as a number to the base
  /// 62.
  package static func signature(of message: String, key: String) -> String {
    let code = HMAC<SHA256>.authenticationCode(
      for: Array(message.utf8), using: SymmetricKey(data: Array(key.utf8)))
    var number = UInt128(0)
    for byte in Array(code).prefix(15) { number = number * 256 + UInt128(byte) }
    let digits = Array("0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")
    var text = ""
    while number > 0 {
      text = String(digits[Int(number % 62)]) + text
      number /= 62
    }
    return text.isEmpty ? "0" : text
  }
}
