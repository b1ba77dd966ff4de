// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// Hexadecimal digits, two a byte.
package enum Hex {
  package static func lowercase(_ bytes: some Sequence<UInt8>) -> String { text(bytes, "0123456789abcdef") }

  package static func uppercase(_ bytes: some Sequence<UInt8>) -> String { text(bytes, "0123456789ABCDEF") }

  /// Returns the value of a digit in either case, or nil.
  package static func value(of digit: UInt8) -> UInt8? {
    switch digit {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
    case UInt8(ascii: "A")...UInt8(ascii: "F"): digit - UInt8(ascii: "A") + 10
    case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
    default: nil
    }
  }

  private static func text(_ bytes: some Sequence<UInt8>, _ digits: StaticString) -> String {
    var output: [UInt8] = []
    for byte in bytes {
      // SAFETY: a nibble is below the 16 digits that both callers give.
      unsafe output.append(digits.utf8Start[Int(byte >> 4)])
      unsafe output.append(digits.utf8Start[Int(byte & 15)])
    }
    return String(decoding: output, as: UTF8.self)
  }
}
