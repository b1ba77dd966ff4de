// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

extension GitConfig {
  /// The settings in `GIT_CONFIG_PARAMETERS`: 'key=value' or 'key'='value' for each, quoted as for a shell.
  static func parameters(_ text: [UInt8]) -> [(key: String, value: [UInt8])] {
    var settings: [(String, [UInt8])] = []
    for word in shellWords(text) {
      let equals = separator(in: word)
      let key = String(decoding: word.bytes[..<equals], as: UTF8.self)
      let value = equals < word.bytes.count ? Array(word.bytes[(equals + 1)...]) : Array("true".utf8)
      settings.append((key, value))
    }
    return settings
  }

  /// Where the key of `word` ends: at the "=" outside of quotes, as git has written it since 2.31; else at
  /// the first one.
  private static func separator(in word: Word) -> Int {
    word.unquotedEquals ?? word.bytes.firstIndex(of: UInt8(ascii: "=")) ?? word.bytes.endIndex
  }

  private struct Word {
    var bytes: [UInt8] = []
    /// The index of the first "=" outside of quotes.
    var unquotedEquals: Int?
  }

  private static func shellWords(_ text: [UInt8]) -> [Word] {
    var words: [Word] = []
    var word = Word()
    var isQuoted = false
    var rest = text[...]
    while let byte = rest.popFirst() {
      switch byte {
      case UInt8(ascii: "'"): isQuoted.toggle()
      case UInt8(ascii: " ") where !isQuoted:
        words.append(word)
        word = Word()
      case UInt8(ascii: "\\") where !isQuoted:
        if let escaped = rest.popFirst() { word.bytes.append(escaped) }
      default:
        if byte == UInt8(ascii: "="), !isQuoted, word.unquotedEquals == nil {
          word.unquotedEquals = word.bytes.count
        }
        word.bytes.append(byte)
      }
    }
    words.append(word)
    return words.filter { !$0.bytes.isEmpty }
  }
}
