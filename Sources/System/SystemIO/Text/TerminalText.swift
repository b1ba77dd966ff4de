// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// Names from a tree, made harmless for a terminal: whoever names a file must not be able to move the cursor,
/// recolour the text or make it read backwards.
package enum TerminalText {
  /// `bytes` as text, with what is no UTF-8, control characters and bidirectional marks written as escapes.
  package static func of(_ bytes: some Collection<UInt8>) -> String {
    var text = ""
    // Character by character, so that bytes that are none show as they are, not as U+FFFD.
    var rest = Array(bytes)[...]
    while let first = rest.first {
      let count = length(startingWith: first)
      let candidate = rest.prefix(count)
      if count > 0, let character = String(validating: candidate, as: UTF8.self),
        let scalar = character.unicodeScalars.first
      {
        text += escaped(scalar)
        rest = rest.dropFirst(count)
      } else {
        text += "\\x" + hex(UInt32(first), digits: 2)
        rest = rest.dropFirst()
      }
    }
    return text
  }

  /// `text` with its control characters and bidirectional marks written as escapes.
  package static func of(_ text: String) -> String { of(Array(text.utf8)) }

  /// A line of a text from elsewhere: tabs and backslashes are as harmless in it as they are frequent.
  package static func line(_ bytes: some Collection<UInt8>) -> String {
    bytes.split(separator: UInt8(ascii: "\\"), omittingEmptySubsequences: false).map { part in
      part.split(separator: UInt8(ascii: "\t"), omittingEmptySubsequences: false).map { of($0) }
        .joined(separator: "\t")
    }.joined(separator: "\\")
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

  private static func escaped(_ scalar: Unicode.Scalar) -> String {
    switch scalar.value {
    case 0x09: return "\\t"
    case 0x0A: return "\\n"
    case 0x0D: return "\\r"
    case 0x5C: return "\\\\"
    case 0..<0x20, 0x7F: return "\\x" + hex(scalar.value, digits: 2)
    case 0x80..<0xA0, 0x061C, 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x2069, 0xFEFF, 0xE0000...0xE007F:
      return "\\u{" + hex(scalar.value, digits: 4) + "}"
    default: return String(Character(scalar))
    }
  }

  private static func hex(_ value: UInt32, digits: Int) -> String {
    let text = String(value, radix: 16, uppercase: true)
    return String(repeating: "0", count: max(0, digits - text.utf8.count)) + text
  }
}

extension TerminalText {
  /// `bytes` as valid text for JSON: as they are, or with what is no UTF-8 written as escapes.
  package static func utf8(_ bytes: [UInt8]) -> String { String(validating: bytes, as: UTF8.self) ?? of(bytes) }
}
