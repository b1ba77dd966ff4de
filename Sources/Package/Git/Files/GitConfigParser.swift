// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// Reads the settings of one configuration file, one after the other (git-config(1), "Syntax"). A broken file
/// ends at the break: git itself will complain about it.
package struct GitConfigParser {
  package struct Setting: Equatable {
    /// "section.name" or "section.subsection.name"; the subsection as written, all else in lower case.
    package let key: String
    /// The bytes of the subsection; nil where there is none.
    package let subsection: [UInt8]?
    /// The value without quotes and escapes; "true" where the line names only a key.
    package let value: [UInt8]
    /// Whether all versions of git read the value so: before 2.45 a tab within a value, outside of quotes,
    /// was taken for a space.
    package let isCertain: Bool
    /// Whether the line has a value: a key alone is true, and no path.
    let hasValue: Bool

    init(
      key: String, subsection: [UInt8]?, value: [UInt8], isCertain: Bool = true, hasValue: Bool = true
    ) {
      (self.key, self.subsection, self.value) = (key, subsection, value)
      (self.isCertain, self.hasValue) = (isCertain, hasValue)
    }

    /// A setting that is named by one text, as on git's command line.
    init(_ key: String, _ value: [UInt8]) {
      let bytes = Array(key.utf8)
      let dot = UInt8(ascii: ".")
      let (first, last) = (bytes.firstIndex(of: dot) ?? 0, bytes.lastIndex(of: dot) ?? 0)
      let isNested = first < last
      let subsection = isNested ? Array(bytes[(first + 1)..<last]) : nil
      let section = bytes[..<first].map(GitConfigParser.lowered)
      let name = bytes[last...].map(GitConfigParser.lowered)
      let whole = section + (isNested ? bytes[first..<last] : []) + name
      self.init(key: String(decoding: whole, as: UTF8.self), subsection: subsection, value: value)
    }
  }

  /// Whether the file is broken where the settings ended, or holds a NUL.
  package private(set) var isBroken = false

  private let bytes: [UInt8]
  private var index: Int
  /// The section with a "." at its end; empty before the first one.
  private var section = ""
  private var subsection: [UInt8]?
  /// Whether the value that was read last has a blank within it that is no space, outside of quotes.
  private var hasInnerTab = false

  package init(_ bytes: [UInt8]) {
    self.bytes = bytes
    index = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    // git reads on behind a NUL, but takes what is before it for the value, and for the key.
    isBroken = bytes.contains(0)
  }

  /// The next setting; nil at the end of the file, or where it is broken.
  package mutating func next() -> Setting? {
    while !isBroken {
      let byte = read()
      switch byte {
      case nil: return nil
      case UInt8(ascii: "\n"), UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"): continue
      case UInt8(ascii: "#"), UInt8(ascii: ";"): skipLine()
      case UInt8(ascii: "["): isBroken = !readSection()
      case let byte? where Self.isLetter(byte):
        if let setting = readSetting(byte) { return setting }
        isBroken = true
      default: isBroken = true
      }
    }
    return nil
  }

  /// The next byte, a CR LF as LF; nil at the end.
  private mutating func read() -> UInt8? {
    guard index < bytes.count else { return nil }
    if bytes[index] == UInt8(ascii: "\r"), index + 1 < bytes.count, bytes[index + 1] == UInt8(ascii: "\n") {
      index += 1
    }
    index += 1
    return bytes[index - 1]
  }

  private mutating func skipLine() {
    while let byte = read(), byte != UInt8(ascii: "\n") {}
  }

  /// Reads `section]` or `section "subsection"]`.
  private mutating func readSection() -> Bool {
    var name: [UInt8] = []
    subsection = nil
    while let byte = read(), byte != UInt8(ascii: "\n") {
      switch byte {
      case UInt8(ascii: "]"):
        section = String(decoding: name, as: UTF8.self) + "."
        return !name.isEmpty
      case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"):
        section = String(decoding: name, as: UTF8.self) + "."
        return readSubsection()
      default:
        guard Self.isKeyByte(byte) || byte == UInt8(ascii: ".") else { return false }
        name.append(Self.lowered(byte))
      }
    }
    return false
  }

  private mutating func readSubsection() -> Bool {
    var text: [UInt8] = []
    var byte = read()
    while let blank = byte, Self.isBlank(blank) { byte = read() }
    guard byte == UInt8(ascii: "\"") else { return false }
    while let next = read(), next != UInt8(ascii: "\n") {
      if next == UInt8(ascii: "\"") {
        subsection = text
        return read() == UInt8(ascii: "]")
      }
      let plain = next == UInt8(ascii: "\\") ? read() : next
      guard let plain, plain != UInt8(ascii: "\n") else { return false }
      text.append(plain)
    }
    return false
  }

  /// Reads a line that begins with `first`.
  private mutating func readSetting(_ first: UInt8) -> Setting? {
    var name = [Self.lowered(first)]
    var byte = read()
    while let letter = byte, Self.isKeyByte(letter) {
      name.append(Self.lowered(letter))
      byte = read()
    }
    while byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") { byte = read() }
    var value: [UInt8]?
    hasInnerTab = false
    if let byte, byte != UInt8(ascii: "\n") {
      guard byte == UInt8(ascii: "="), let text = readValue() else { return nil }
      value = text
    }
    let middle = subsection.map { String(decoding: $0, as: UTF8.self) + "." } ?? ""
    let key = section + middle + String(decoding: name, as: UTF8.self)
    return Setting(
      key: key, subsection: subsection, value: value ?? Array("true".utf8), isCertain: !hasInnerTab,
      hasValue: value != nil)
  }

  /// Reads a value to the end of its line: quotes keep blanks and comment signs, a backslash escapes and
  /// joins lines.
  private mutating func readValue() -> [UInt8]? {
    var value: [UInt8] = []
    // Without the blanks at the end.
    var count = 0
    var isQuoted = false
    var hasTab = false
    while let byte = read(), byte != UInt8(ascii: "\n") {
      if !isQuoted, Self.isBlank(byte) {
        if !value.isEmpty {
          value.append(byte)
          hasTab = hasTab || byte != UInt8(ascii: " ")
        }
        continue
      }
      if !isQuoted, byte == UInt8(ascii: "#") || byte == UInt8(ascii: ";") {
        skipLine()
        break
      }
      switch byte {
      case UInt8(ascii: "\""): isQuoted.toggle()
      case UInt8(ascii: "\\"):
        switch read() {
        case UInt8(ascii: "\n"), nil: break
        case UInt8(ascii: "n"): value.append(UInt8(ascii: "\n"))
        case UInt8(ascii: "t"): value.append(UInt8(ascii: "\t"))
        case UInt8(ascii: "b"): value.append(0x08)
        case let escaped? where escaped == UInt8(ascii: "\\") || escaped == UInt8(ascii: "\""):
          value.append(escaped)
        default: return nil
        }
      default: value.append(byte)
      }
      if value.count > count { hasInnerTab = hasInnerTab || hasTab }
      count = value.count
    }
    return isQuoted ? nil : Array(value.prefix(count))
  }

  private static func isBlank(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") || byte == UInt8(ascii: "\r")
  }

  private static func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte | 0x20) }

  private static func isKeyByte(_ byte: UInt8) -> Bool {
    isLetter(byte) || (0x30...0x39).contains(byte) || byte == UInt8(ascii: "-")
  }

  fileprivate static func lowered(_ byte: UInt8) -> UInt8 {
    (0x41...0x5A).contains(byte) ? byte | 0x20 : byte
  }
}
