// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// Text from elsewhere, escaped for a terminal: the name of a file must not move the cursor, recolour the
/// text or make it read backwards.
package enum TerminalText {
  /// Returns `bytes` as text; invalid UTF-8, control characters, invisible and bidirectional marks, and the
  /// backslash become escapes, and so does what GitHub's runner would take for a command of its own
  /// ("::add-mask::x" behind white space at the beginning of a line, "##[add-path]x" anywhere).
  package static func of(_ bytes: some Collection<UInt8>) -> String {
    var isStart = true
    return escaped(bytes, &isStart)
  }

  /// - Parameter isStart: whether only white space comes before in the line.
  private static func escaped(_ bytes: some Collection<UInt8>, _ isStart: inout Bool) -> String {
    if isHarmless(bytes) {
      isStart = isStart && bytes.allSatisfy { $0 == UInt8(ascii: " ") }
      return String(decoding: bytes, as: UTF8.self)
    }
    var text = ""
    // Character by character: bytes that form none are shown, where a decoder would put U+FFFD.
    var rest = Array(bytes)[...]
    while let first = rest.first {
      let count = length(startingWith: first)
      if isStart && rest.starts(with: "::".utf8) || rest.starts(with: "##[".utf8) {
        text += "\\x" + Hex.uppercase(CollectionOfOne(first))
        rest = rest.dropFirst()
        isStart = false
      } else if count > 0, let character = String(validating: rest.prefix(count), as: UTF8.self),
        let scalar = character.unicodeScalars.first
      {
        append(scalar, to: &text)
        rest = rest.dropFirst(count)
        // The runner passes over white space before a command.
        isStart = isStart && scalar.properties.isWhitespace
      } else {
        text += "\\x" + Hex.uppercase(CollectionOfOne(first))
        rest = rest.dropFirst()
        isStart = false
      }
    }
    return text
  }

  package static func of(_ text: String) -> String { of(text.utf8) }

  /// Returns one line of a text: tabs and backslashes, harmless and frequent there, stay as they are.
  package static func line(_ bytes: some Collection<UInt8>) -> String {
    var isStart = true
    return bytes.split(separator: UInt8(ascii: "\\"), omittingEmptySubsequences: false).map { part in
      part.split(separator: UInt8(ascii: "\t"), omittingEmptySubsequences: false).map { piece in
        escaped(piece, &isStart)
      }.joined(separator: "\t")
    }.joined(separator: "\\")
  }

  /// Returns `bytes` as they are where they are UTF-8, else escaped: text for JSON.
  package static func utf8(_ bytes: [UInt8]) -> String {
    String(validating: bytes, as: UTF8.self) ?? of(bytes)
  }

  /// Whether `bytes` are shown as they are; the few others that are, too, have a "#", or are not ASCII, or
  /// begin with ":". Not generic: it is asked for each name of a list, from another module.
  package static func isPlain(_ bytes: [UInt8]) -> Bool { isHarmless(bytes) }

  private static func isHarmless(_ bytes: some Collection<UInt8>) -> Bool {
    bytes.allSatisfy {
      $0 >= 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "\\") && $0 != UInt8(ascii: "#")
    } && bytes.first { $0 != UInt8(ascii: " ") } != UInt8(ascii: ":")
  }

  private static func length(startingWith byte: UInt8) -> Int {
    switch byte {
    case 0x00..<0x80: 1
    case 0xC2..<0xE0: 2
    case 0xE0..<0xF0: 3
    case 0xF0..<0xF5: 4
    default: 0
    }
  }

  private static func append(_ scalar: Unicode.Scalar, to text: inout String) {
    switch scalar.value {
    case 0x09: text += "\\t"
    case 0x0A: text += "\\n"
    case 0x0D: text += "\\r"
    case 0x5C: text += "\\\\"
    case 0..<0x20, 0x7F: text += "\\x" + Hex.uppercase(CollectionOfOne(UInt8(scalar.value)))
    case 0x80..<0xA0, 0x061C, 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x206F, 0xFEFF, 0xE0000...0xE007F:
      let digits = String(scalar.value, radix: 16, uppercase: true)
      text += "\\u{" + String(repeating: "0", count: max(0, 4 - digits.utf8.count)) + digits + "}"
    default: text.unicodeScalars.append(scalar)
    }
  }
}
