// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// Reads the settings of one git configuration file, one after the other (git-config(1), "Syntax"). A file
/// that is broken ends at the break: git itself will complain about it.
struct GitConfigParser {
  struct Setting {
    /// "section.name" or "section.subsection.name"; the subsection as written, all else lower case.
    let key: String
    /// The subsection's own bytes.
    let subsection: [UInt8]
    /// The value, without quotes and escapes; "true" where the line names only a key.
    let value: [UInt8]
  }

  private let bytes: [UInt8]
  private var index: Int
  private var section = ""
  private var subsection: [UInt8] = []

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    index = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
  }

  mutating func next() -> Setting? {
    while index < bytes.count {
      switch bytes[index] {
      case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"), UInt8(ascii: "\n"):
        index += 1
      case UInt8(ascii: "#"), UInt8(ascii: ";"):
        skipLine()
      case UInt8(ascii: "["):
        guard readSection() else { return stop() }
      default:
        guard let setting = readSetting() else { return stop() }
        return setting
      }
    }
    return nil
  }

  private mutating func stop() -> Setting? {
    index = bytes.count
    return nil
  }

  private mutating func skipLine() {
    while index < bytes.count, bytes[index] != UInt8(ascii: "\n") { index += 1 }
  }

  private mutating func readSection() -> Bool {
    index += 1
    var name: [UInt8] = []
    subsection = []
    while index < bytes.count, bytes[index] != UInt8(ascii: "]") {
      let byte = bytes[index]
      index += 1
      if byte == UInt8(ascii: "\"") {
        while index < bytes.count, bytes[index] != UInt8(ascii: "\"") {
          if bytes[index] == UInt8(ascii: "\\") { index += 1 }
          guard index < bytes.count, bytes[index] != UInt8(ascii: "\n") else { return false }
          subsection.append(bytes[index])
          index += 1
        }
        index += 1
      } else if byte == UInt8(ascii: "\n") {
        return false
      } else if byte != UInt8(ascii: " "), byte != UInt8(ascii: "\t") {
        name.append(byte)
      }
    }
    guard index < bytes.count else { return false }
    index += 1
    section = String(decoding: name, as: UTF8.self).lowercased()
    return true
  }

  private mutating func readSetting() -> Setting? {
    var name: [UInt8] = []
    while index < bytes.count, Self.isNameByte(bytes[index]) {
      name.append(bytes[index])
      index += 1
    }
    guard !name.isEmpty else { return nil }
    skipBlanks()
    var value = Array("true".utf8)
    if index < bytes.count, bytes[index] == UInt8(ascii: "=") {
      index += 1
      skipBlanks()
      guard let read = readValue() else { return nil }
      value = read
    }
    let middle = subsection.isEmpty ? "" : String(decoding: subsection, as: UTF8.self) + "."
    let key = section + "." + middle + String(decoding: name, as: UTF8.self).lowercased()
    return Setting(key: key, subsection: subsection, value: value)
  }

  private mutating func skipBlanks() {
    while index < bytes.count, bytes[index] == UInt8(ascii: " ") || bytes[index] == UInt8(ascii: "\t") {
      index += 1
    }
  }

  /// A value to the end of its line: quotes keep blanks and comment signs, a backslash escapes and joins
  /// lines.
  private mutating func readValue() -> [UInt8]? {
    var value: [UInt8] = []
    var keep = 0
    var quoted = false
    while index < bytes.count, bytes[index] != UInt8(ascii: "\n") {
      let byte = bytes[index]
      index += 1
      switch byte {
      case UInt8(ascii: "\""):
        quoted.toggle()
        keep = value.count
      case UInt8(ascii: "\\"):
        guard index < bytes.count else { return nil }
        let escaped = bytes[index]
        index += 1
        switch escaped {
        case UInt8(ascii: "\n"): continue
        case UInt8(ascii: "\r") where index < bytes.count && bytes[index] == UInt8(ascii: "\n"):
          index += 1
          continue
        case UInt8(ascii: "n"): value.append(UInt8(ascii: "\n"))
        case UInt8(ascii: "t"): value.append(UInt8(ascii: "\t"))
        case UInt8(ascii: "b"): value.append(0x08)
        case UInt8(ascii: "\\"), UInt8(ascii: "\""): value.append(escaped)
        default: return nil
        }
        keep = value.count
      case UInt8(ascii: "#") where !quoted, UInt8(ascii: ";") where !quoted:
        skipLine()
      case UInt8(ascii: " ") where !quoted, UInt8(ascii: "\t") where !quoted,
        UInt8(ascii: "\r") where !quoted:
        value.append(byte)
      default:
        value.append(byte)
        keep = value.count
      }
    }
    return quoted ? nil : Array(value.prefix(keep))
  }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    let lower = byte | 0x20
    return (lower >= 0x61 && lower <= 0x7A) || (byte >= 0x30 && byte <= 0x39) || byte == UInt8(ascii: "-")
  }
}
