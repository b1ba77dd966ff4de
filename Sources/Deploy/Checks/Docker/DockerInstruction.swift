// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// One instruction of a Dockerfile, with its continuation lines joined.
struct DockerInstruction: Equatable {
  struct Flag: Equatable {
    let name: String
    /// Nil where there is no "=".
    let value: [UInt8]?
  }

  /// In lower case: "copy".
  let name: String
  let flags: [Flag]
  /// What stands behind name and flags, without white space around it.
  let arguments: [UInt8]
  /// The line that it begins in, from 1.
  let line: Int
  /// The line that it ends in, but for heredocs.
  let endLine: Int

  /// Its arguments as words, where they are a JSON array of strings.
  var jsonWords: [[UInt8]]? {
    guard arguments.first == UInt8(ascii: "[") else { return nil }
    return JSONWords.parse(arguments)
  }

  /// Its arguments, or those of its JSON form.
  var words: [[UInt8]] { jsonWords ?? DockerText.words(arguments) }

  /// The value of the flag `name`; nil where there is none.
  func flag(_ name: String) -> Flag? { flags.first { $0.name == name } }
}

/// The JSON form of an instruction.
enum JSONWords {
  /// The strings of the array `text`; nil where it is none, as Docker takes it for words then.
  static func parse(_ text: [UInt8]) -> [[UInt8]]? {
    var rest = DockerText.trimmed(text.dropFirst())
    guard rest.last == UInt8(ascii: "]") else { return nil }
    rest = DockerText.trimmed(rest.dropLast())
    var words: [[UInt8]] = []
    if rest.isEmpty { return words }
    while true {
      guard rest.first == UInt8(ascii: "\""), let (word, end) = string(rest.dropFirst()) else { return nil }
      words.append(word)
      rest = DockerText.trimmed(end)
      if rest.isEmpty { return words }
      guard rest.first == UInt8(ascii: ",") else { return nil }
      rest = DockerText.trimmed(rest.dropFirst())
    }
  }

  private static func string(_ text: ArraySlice<UInt8>) -> (word: [UInt8], rest: ArraySlice<UInt8>)? {
    var word: [UInt8] = []
    var rest = text
    while let byte = rest.popFirst() {
      switch byte {
      case UInt8(ascii: "\""): return (word, rest)
      case UInt8(ascii: "\\"):
        switch rest.popFirst() {
        case UInt8(ascii: "n")?: word.append(0x0A)
        case UInt8(ascii: "t")?: word.append(0x09)
        case UInt8(ascii: "\"")?: word.append(UInt8(ascii: "\""))
        case UInt8(ascii: "\\")?: word.append(UInt8(ascii: "\\"))
        case UInt8(ascii: "/")?: word.append(UInt8(ascii: "/"))
        // Rare in a Dockerfile: not decided.
        default: return nil
        }
      default: word.append(byte)
      }
    }
    return nil
  }
}
