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

  /// What makes `raw`, between quotes, no string of JSON, and where; nil where it is one.
  static func fault(in raw: ArraySlice<UInt8>) -> Failure? {
    do throws(UTF8.ValidationError) {
      _ = try UTF8Span(validating: raw.span)
    } catch {
      return Failure(
        offset: raw.startIndex + error.byteOffsets.lowerBound, reason: "a byte here is not UTF-8")
    }
    var rest = raw
    while let backslash = rest.firstIndex(of: UInt8(ascii: "\\")) {
      rest = rest[backslash...]
      guard let unit = codeUnit(rest) else {
        guard let next = rest.dropFirst().first, "\"\\/bfnrt".utf8.contains(next) else {
          return Failure(offset: backslash, reason: "a backslash begins no escape that JSON has")
        }
        rest = rest.dropFirst(2)
        continue
      }
      rest = rest.dropFirst(6)
      guard UTF16.isSurrogate(unit) else { continue }
      guard UTF16.isLeadSurrogate(unit), let trail = codeUnit(rest), UTF16.isTrailSurrogate(trail) else {
        return Failure(offset: backslash, reason: "half of a surrogate pair is no character")
      }
      rest = rest.dropFirst(6)
    }
    return nil
  }

  /// The code unit of UTF-16 that `text` begins with, as \u and four hexadecimal digits.
  private static func codeUnit(_ text: ArraySlice<UInt8>) -> UInt16? {
    let digits = text.dropFirst(2).prefix(4)
    // A sign is none, and the initializer would take it.
    guard text.starts(with: "\\u".utf8), digits.count == 4,
      digits.allSatisfy("0123456789abcdefABCDEF".utf8.contains)
    else { return nil }
    return UInt16(String(decoding: digits, as: UTF8.self), radix: 16)
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
