// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Crypto

/// The signature with which one record of a store can be fetched without a token: the first 30 hexadecimal
/// digits of the HMAC-SHA256 of its key, as a number in base 62.
package enum RecordSignature {
  private static let digits = Array("0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ".utf8)

  /// Signs `key` with the store's `secret`.
  package static func of(_ key: String, secret: String) -> String {
    let code = HMAC<SHA256>.authenticationCode(
      for: Array(key.utf8), using: SymmetricKey(data: Array(secret.utf8)))
    // Thirty hexadecimal digits are fifteen bytes.
    var number = code.prefix(15).reduce(into: UInt128(0)) { $0 = $0 << 8 | UInt128($1) }
    var text: [UInt8] = []
    repeat {
      text.append(digits[Int(number % 62)])
      number /= 62
    } while number > 0
    return String(decoding: text.reversed(), as: UTF8.self)
  }
}
