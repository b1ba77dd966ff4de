// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// Bytes of a Dockerfile.
enum DockerText {
  static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (byte >= 0x09 && byte <= 0x0D) }

  /// `text` without white space around it.
  static func trimmed(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    let start = text.firstIndex { !isSpace($0) } ?? text.endIndex
    let end = text[start...].lastIndex { !isSpace($0) }.map { $0 + 1 } ?? start
    return text[start..<end]
  }

  /// The words between white space.
  static func words(_ text: [UInt8]) -> [[UInt8]] { text.split(whereSeparator: isSpace).map { Array($0) } }

  /// The words between white space that is not quoted, as they are written.
  static func quotedWords(_ text: [UInt8], escape: UInt8) -> [[UInt8]] {
    var words: [[UInt8]] = []
    var word: [UInt8] = []
    var quote: UInt8?
    var index = 0
    while index < text.count {
      let byte = text[index]
      index += 1
      if byte == escape, quote != UInt8(ascii: "'"), index < text.count {
        word += [byte, text[index]]
        index += 1
        continue
      }
      if quote == nil, isSpace(byte) {
        if !word.isEmpty { words.append(word) }
        word = []
        continue
      }
      word.append(byte)
      if byte == quote {
        quote = nil
      } else if quote == nil, byte == UInt8(ascii: "'") || byte == UInt8(ascii: "\"") {
        quote = byte
      }
    }
    if !word.isEmpty { words.append(word) }
    return words
  }
}
