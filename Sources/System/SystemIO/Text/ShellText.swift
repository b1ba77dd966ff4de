// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// Words for a command line of sh that is shown to be copied.
package enum ShellText {
  /// `text` as one word: as it is where no shell makes anything of it, else in quotes. What a terminal must
  /// not get is written as `$'\ooo'` (POSIX.1-2024; bash, zsh and ksh have it).
  package static func word(_ text: String) -> String { word(Array(text.utf8)) }

  /// The same for a path, which need not be UTF-8.
  package static func word(_ bytes: [UInt8]) -> String {
    if let text = String(validating: bytes, as: UTF8.self) {
      if !bytes.isEmpty, bytes.allSatisfy(isPlain) { return text }
      if !bytes.contains(UInt8(ascii: "\t")), isShown([UInt8(ascii: "'")] + bytes) { return quoted(text) }
    }
    var word = "$'"
    for byte in bytes {
      if (0x20..<0x7F).contains(byte), !"'\\#".utf8.contains(byte) {
        word.unicodeScalars.append(Unicode.Scalar(byte))
      } else {
        word += octal(byte)
      }
    }
    return word + "'"
  }

  /// `text` in single quotes. A quote that carries an accent is one to a shell, too.
  package static func quoted(_ text: String) -> String {
    var quoted = "'"
    for scalar in text.unicodeScalars {
      if scalar == "'" { quoted += "'\\''" } else { quoted.unicodeScalars.append(scalar) }
    }
    return quoted + "'"
  }

  /// Whether a terminal, or the log of a GitHub workflow, gets `bytes` as they are.
  private static func isShown(_ bytes: [UInt8]) -> Bool {
    TerminalText.line(bytes).utf8.elementsEqual(bytes)
  }

  private static func isPlain(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"):
      true
    default: "/._-+,:@=".utf8.contains(byte)
    }
  }

  private static func octal(_ byte: UInt8) -> String {
    let digits = String(byte, radix: 8)
    return "\\" + String(repeating: "0", count: 3 - digits.utf8.count) + digits
  }
}
