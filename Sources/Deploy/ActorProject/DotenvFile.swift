// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import SystemIO

/// A file of `NAME=VALUE` lines, as dotenv and `node --env-file` read them.
///
/// A line may begin with `export`; `#` begins a comment. A value in `'…'` or `` `…` `` is taken as it is, and
/// may go over lines; in `"…"` the escapes `\n`, `\r`, `\t`, `\"`, `\\` and `\$` are replaced. A value
/// without quotes ends at `#` or at the end of its line, without blanks around it. Nothing is interpolated.
/// Of a name that comes twice the last value counts.
package struct DotenvFile: Sendable {
  /// The variables, in the order of their first appearance.
  package private(set) var variables: [(name: String, value: String)] = []

  private let file: String
  private var rest: Substring.UTF8View
  private var line = 1

  /// Reads `contents`.
  ///
  /// - Parameter file: the file's name, for errors.
  /// - Throws: `invalidInput` that names the file and the line.
  package init(_ contents: [UInt8], file: String) throws(ProjectError) {
    self.file = file
    guard let text = String(validating: contents, as: UTF8.self) else {
      throw ProjectError(.invalidInput, file: file, reason: "is not UTF-8 text")
    }
    let mark = "\u{FEFF}"
    rest = text[...].utf8.dropFirst(text.utf8.starts(with: mark.utf8) ? mark.utf8.count : 0)
    while true {
      skip { $0 == " " || $0 == "\t" || $0 == "\r" || $0 == "\n" }
      guard let byte = rest.first else { return }
      if byte == UInt8(ascii: "#") { skip { $0 != "\n" } } else { try readVariable() }
    }
  }

  private mutating func readVariable() throws(ProjectError) {
    var name = take { Self.isName($0) }
    skipBlanks()
    if name == "export", let next = rest.first, next != UInt8(ascii: "=") {
      name = take { Self.isName($0) }
      skipBlanks()
    }
    guard !name.isEmpty, rest.popFirst() == UInt8(ascii: "=") else { throw failure("must be NAME=VALUE") }
    skipBlanks()
    let value =
      switch rest.first {
      case UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "`"): try readQuoted()
      default: Self.trimmed(take { $0 != "\n" && $0 != "#" })
      }
    if let index = variables.firstIndex(where: { $0.name == name }) {
      variables[index].value = value
    } else {
      variables.append((name, value))
    }
  }

  private mutating func readQuoted() throws(ProjectError) -> String {
    let start = line
    guard let quote = rest.popFirst() else { return "" }
    var value: [UInt8] = []
    while let byte = next() {
      if byte == quote {
        skipBlanks()
        guard rest.isEmpty || "\r\n#".utf8.contains(where: { $0 == rest.first }) else {
          throw failure("text behind the closing quote")
        }
        return String(decoding: value, as: UTF8.self)
      }
      if byte == UInt8(ascii: "\\"), quote == UInt8(ascii: "\""), let escape = rest.first,
        let replacement = Self.escapes[escape]
      {
        rest.removeFirst()
        value.append(replacement)
      } else {
        value.append(byte)
      }
    }
    line = start
    throw failure("the quote is not closed")
  }

  private static let escapes: [UInt8: UInt8] = [
    UInt8(ascii: "n"): 0x0A, UInt8(ascii: "r"): 0x0D, UInt8(ascii: "t"): 0x09, UInt8(ascii: "\""): 0x22,
    UInt8(ascii: "\\"): 0x5C, UInt8(ascii: "$"): 0x24,
  ]

  private mutating func next() -> UInt8? {
    guard let byte = rest.popFirst() else { return nil }
    if byte == UInt8(ascii: "\n") { line += 1 }
    return byte
  }

  private mutating func take(while isPart: (Unicode.Scalar) -> Bool) -> String {
    var taken: [UInt8] = []
    // A byte of a longer character is none of those that end anything.
    while let byte = rest.first, isPart(Unicode.Scalar(byte)) {
      taken.append(byte)
      _ = next()
    }
    return String(decoding: taken, as: UTF8.self)
  }

  private mutating func skip(while isPart: (Unicode.Scalar) -> Bool) { _ = take(while: isPart) }

  private mutating func skipBlanks() { skip { $0 == " " || $0 == "\t" } }

  private func failure(_ reason: String) -> ProjectError {
    ProjectError(.invalidInput, file: "\(file):\(line)", reason: reason)
  }

  private static func isName(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "a"..."z", "A"..."Z", "0"..."9", "_", ".", "-": true
    default: false
    }
  }

  private static func trimmed(_ text: String) -> String {
    let isBlank = { (byte: UInt8) in byte == 0x20 || byte == 0x09 || byte == 0x0D }
    var bytes = Array(text.utf8)[...].drop(while: isBlank)
    while let last = bytes.last, isBlank(last) { bytes.removeLast() }
    return String(decoding: bytes, as: UTF8.self)
  }
}
