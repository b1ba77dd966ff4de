// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// Finds the offsets of the values in a JSON text (RFC 8259). Foundation's decoder, which reads the values,
/// says what is wrong but not where.
struct JSONScanner {
  /// Where the text is not JSON, and what is expected there.
  struct Failure: Error {
    let offset: Int
    let reason: String
  }

  private let text: [UInt8]
  private var offset = 0
  private var path: [String] = []
  /// The offset of each value, by its path: the names of members and indices of elements that lead to it.
  private(set) var offsets: [[String]: Int] = [:]
  private var ends: [[String]: Int] = [:]
  /// The path of the first member whose name another one of its object has, too, and the later one's offset.
  private(set) var repetition: (path: [String], offset: Int)?

  /// What is found in `text`.
  static func scan(_ text: [UInt8]) throws(Failure) -> JSONScanner {
    var scanner = JSONScanner(text)
    if text.starts(with: [0xEF, 0xBB, 0xBF]) { scanner.offset = 3 }
    try scanner.value(depth: 0)
    scanner.skipSpace()
    if scanner.offset < text.count { throw scanner.failure("unexpected text after the value") }
    return scanner
  }

  /// The bytes of each value of `text`, by its path.
  static func ranges(in text: [UInt8]) throws(Failure) -> [[String]: Range<Int>] {
    let scanner = try scan(text)
    var ranges: [[String]: Range<Int>] = [:]
    for (path, start) in scanner.offsets { ranges[path] = start..<max(start, scanner.ends[path] ?? start) }
    return ranges
  }

  private init(_ text: [UInt8]) { self.text = text }

  private var byte: UInt8 { offset < text.count ? text[offset] : 0 }

  private func failure(_ reason: String) -> Failure {
    Failure(offset: min(offset, text.count), reason: reason)
  }

  private mutating func skipSpace() {
    while offset < text.count, [0x20, 0x09, 0x0A, 0x0D].contains(text[offset]) { offset += 1 }
  }

  private mutating func value(depth: Int) throws(Failure) {
    skipSpace()
    if offsets[path] != nil, repetition == nil { repetition = (path, offset) }
    offsets[path] = offset
    defer { ends[path] = offset }
    guard depth < 200 else { throw failure("too deeply nested") }
    switch byte {
    case UInt8(ascii: "{"): try object(depth: depth)
    case UInt8(ascii: "["): try array(depth: depth)
    case UInt8(ascii: "\""): _ = try string()
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): try number()
    default:
      for word in ["true", "false", "null"] where text[offset...].starts(with: word.utf8) {
        offset += word.utf8.count
        return
      }
      throw failure(offset < text.count ? "a value is expected here" : "unexpected end of file")
    }
  }

  private mutating func object(depth: Int) throws(Failure) {
    offset += 1
    skipSpace()
    if byte == UInt8(ascii: "}") {
      offset += 1
      return
    }
    while true {
      skipSpace()
      guard byte == UInt8(ascii: "\"") else {
        throw failure(
          offset < text.count ? "a name in double quotes is expected here" : "unexpected end of file")
      }
      let name = try string()
      skipSpace()
      guard byte == UInt8(ascii: ":") else { throw failure("a colon is expected here") }
      offset += 1
      path.append(name)
      try value(depth: depth + 1)
      path.removeLast()
      if try ends(with: UInt8(ascii: "}")) { return }
    }
  }

  private mutating func array(depth: Int) throws(Failure) {
    offset += 1
    skipSpace()
    if byte == UInt8(ascii: "]") {
      offset += 1
      return
    }
    var index = 0
    while true {
      path.append(String(index))
      try value(depth: depth + 1)
      path.removeLast()
      index += 1
      if try ends(with: UInt8(ascii: "]")) { return }
    }
  }

  /// Whether the object or array ends here, with `close`; otherwise a comma is consumed.
  private mutating func ends(with close: UInt8) throws(Failure) -> Bool {
    skipSpace()
    if byte == close {
      offset += 1
      return true
    }
    let sign = String(Unicode.Scalar(close))
    guard byte == UInt8(ascii: ",") else {
      throw failure(offset < text.count ? "a comma or \(sign) is expected here" : "unexpected end of file")
    }
    offset += 1
    return false
  }

  private mutating func string() throws(Failure) -> String {
    offset += 1
    let start = offset
    while offset < text.count, byte != UInt8(ascii: "\"") {
      if byte < 0x20 { throw failure("unescaped line break in a string") }
      offset += byte == UInt8(ascii: "\\") ? 2 : 1
    }
    guard offset < text.count else { throw failure("the text ends within a string") }
    offset += 1
    let raw = text[start..<(offset - 1)]
    if let fault = Self.fault(in: raw) { throw fault }
    return Self.unescaped(raw)
  }

  private mutating func number() throws(Failure) {
    let signs = Array("+-.eE0123456789".utf8)
    while offset < text.count, signs.contains(byte) { offset += 1 }
  }
}
