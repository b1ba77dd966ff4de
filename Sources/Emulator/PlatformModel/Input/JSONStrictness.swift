// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// Refuses what Foundation's JSON parser takes and the platform's does not: a comma after the last element,
/// UTF-16 and UTF-32, and odd numbers in properties that are not read.
///
/// Everything else that is not RFC 8259 the parser refuses itself: raw control characters, lone surrogates,
/// broken UTF-8.
enum JSONStrictness {
  static func check(_ bytes: Span<UInt8>) throws(PlatformError) {
    var previous: UInt8 = 0
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      switch byte {
      case 0x20, 0x09, 0x0A, 0x0D:
        index += 1
        continue
      case UInt8(ascii: "\""):
        index = try endOfString(in: bytes, after: index)
      case UInt8(ascii: "]") where previous == UInt8(ascii: ","),
        UInt8(ascii: "}") where previous == UInt8(ascii: ","):
        throw refusal("a comma before the end", at: index)
      case UInt8(ascii: "-"), digits:
        index = try endOfNumber(in: bytes, from: index)
      case 0:
        throw refusal("a NUL", at: index)
      default:
        index += 1
      }
      previous = byte
    }
  }

  /// The index after the closing quote, or the end of the bytes where there is none.
  private static func endOfString(in bytes: Span<UInt8>, after start: Int) throws(PlatformError) -> Int {
    var index = start + 1
    while index < bytes.count {
      switch bytes[index] {
      case UInt8(ascii: "\""): return index + 1
      case UInt8(ascii: "\\"): index += 2
      case 0: throw refusal("a NUL", at: index)
      default: index += 1
      }
    }
    return bytes.count
  }

  /// The index after `-? (0 | [1-9] digit*) (. digit+)? ([eE] [+-]? digit+)?`, which must not be followed by
  /// more of the kind.
  private static func endOfNumber(in bytes: Span<UInt8>, from start: Int) throws(PlatformError) -> Int {
    var index = start
    func skip(_ isWanted: (UInt8) -> Bool) -> Int {
      let first = index
      while index < bytes.count, isWanted(bytes[index]) { index += 1 }
      return index - first
    }
    func skipOne(_ wanted: String) -> Bool {
      guard index < bytes.count, wanted.utf8.contains(bytes[index]) else { return false }
      index += 1
      return true
    }
    _ = skipOne("-")
    var isNumber = skipOne("0") || skip { digits.contains($0) } > 0
    if isNumber, skipOne(".") { isNumber = skip { digits.contains($0) } > 0 }
    if isNumber, skipOne("eE") {
      _ = skipOne("+-")
      isNumber = skip { digits.contains($0) } > 0
    }
    let hasMore = skip { digits.contains($0) || "+-.eE".utf8.contains($0) } > 0
    guard isNumber, !hasMore else { throw refusal("an odd number", at: start) }
    return index
  }

  private static let digits = UInt8(ascii: "0")...UInt8(ascii: "9")

  private static func refusal(_ what: String, at index: Int) -> PlatformError {
    .invalidInput("The request body is not valid JSON: it has \(what) at byte \(index)")
  }
}
