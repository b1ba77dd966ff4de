// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// RFC 4648 §4 to the letter: padded, without white space, and with zeros in the bits that the last digit
/// does not need, so that there is exactly one text for each content.
enum CanonicalBase64 {
  static func isValid(_ text: String) -> Bool {
    let bytes = text.utf8.span
    if bytes.isEmpty { return true }
    guard bytes.count % 4 == 0 else { return false }
    var end = bytes.count
    while end > bytes.count - 2, bytes[end - 1] == UInt8(ascii: "=") { end -= 1 }
    for index in 0..<end where value(bytes[index]) == nil { return false }
    guard let last = value(bytes[end - 1]) else { return false }
    switch bytes.count - end {
    case 1: return last & 0b11 == 0
    case 2: return last & 0b1111 == 0
    default: return true
    }
  }

  private static func value(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): byte - UInt8(ascii: "A")
    case UInt8(ascii: "a")...UInt8(ascii: "z"): byte - UInt8(ascii: "a") + 26
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0") + 52
    case UInt8(ascii: "+"): 62
    case UInt8(ascii: "/"): 63
    default: nil
    }
  }
}
