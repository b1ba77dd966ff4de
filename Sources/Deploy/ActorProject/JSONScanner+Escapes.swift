// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

extension JSONScanner {
  /// The string that stands between quotes as `raw` (RFC 8259, section 7). A name must be the one that the
  /// decoder reads: values are found by it.
  static func unescaped(_ raw: ArraySlice<UInt8>) -> String {
    guard raw.contains(UInt8(ascii: "\\")) else { return String(decoding: raw, as: UTF8.self) }
    var string = ""
    var rest = raw
    while let backslash = rest.firstIndex(of: UInt8(ascii: "\\")) {
      string += String(decoding: rest[..<backslash], as: UTF8.self)
      rest = rest[backslash...]
      // Both halves of a pair of surrogates, and all else that is written so one behind the other.
      var units: [UInt16] = []
      while let unit = codeUnit(rest) {
        units.append(unit)
        rest = rest.dropFirst(6)
      }
      string += String(decoding: units, as: UTF16.self)
      if units.isEmpty {
        string += rest.dropFirst().first.map(simple) ?? ""
        rest = rest.dropFirst(2)
      }
    }
    return string + String(decoding: rest, as: UTF8.self)
  }

  /// The code unit of UTF-16 that `text` begins with, as \u and four hexadecimal digits.
  private static func codeUnit(_ text: ArraySlice<UInt8>) -> UInt16? {
    guard text.count >= 6, text.starts(with: "\\u".utf8) else { return nil }
    return UInt16(String(decoding: text.dropFirst(2).prefix(4), as: UTF8.self), radix: 16)
  }

  /// What stands for itself behind a backslash, or for a control character.
  private static func simple(_ byte: UInt8) -> String {
    switch byte {
    case UInt8(ascii: "b"): "\u{8}"
    case UInt8(ascii: "f"): "\u{C}"
    case UInt8(ascii: "n"): "\n"
    case UInt8(ascii: "r"): "\r"
    case UInt8(ascii: "t"): "\t"
    default: String(Unicode.Scalar(byte))
    }
  }
}
