// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// A Dockerfile as instructions: directives, comments, continuation lines and heredocs as BuildKit reads
/// them.
struct Dockerfile {
  /// The first ones are read; no Dockerfile of people is longer.
  static let longest = 1 << 20

  private(set) var instructions: [DockerInstruction] = []
  /// "\", or "`" where a directive says so.
  private(set) var escape = UInt8(ascii: "\\")

  init(_ text: [UInt8]) {
    var text = text.prefix(Self.longest)
    if text.starts(with: [0xEF, 0xBB, 0xBF]) { text = text.dropFirst(3) }
    var lines = Lines(text)
    readDirectives(text)
    while let first = lines.next() {
      var (logical, goesOn) = joined(Self.content(first))
      let start = lines.number
      if logical.isEmpty, !goesOn { continue }
      while goesOn, let next = lines.next() {
        if Self.isComment(next) || next.allSatisfy(DockerText.isSpace) { continue }
        let (part, more) = joined(next)
        logical += part
        goesOn = more
      }
      guard let instruction = instruction(logical, lines: start...lines.number) else { continue }
      instructions.append(instruction)
      guard ["run", "copy", "add"].contains(instruction.name) else { continue }
      for heredoc in heredocs(in: instruction.arguments) {
        guard lines.skip(to: heredoc) else { return }
      }
    }
  }

  /// The names of the heredocs that `arguments` begin.
  func heredocs(in arguments: [UInt8]) -> [Heredoc] {
    guard arguments.contains(UInt8(ascii: "<")) else { return [] }
    return DockerText.quotedWords(arguments, escape: escape).compactMap { Heredoc($0) }
  }

  /// Directives stand before all else.
  private mutating func readDirectives(_ text: ArraySlice<UInt8>) {
    var lines = Lines(text)
    while let line = lines.next() {
      guard line.first == UInt8(ascii: "#"), let equals = line.firstIndex(of: UInt8(ascii: "=")) else {
        return
      }
      let key = DockerText.trimmed(line[line.index(after: line.startIndex)..<equals])
      guard !key.isEmpty, !key.contains(where: DockerText.isSpace) else { return }
      let value = DockerText.trimmed(line[(equals + 1)...])
      if String(decoding: key, as: UTF8.self).lowercased() == "escape", value == [UInt8(ascii: "`")] {
        escape = UInt8(ascii: "`")
      }
    }
  }

  private static func isComment(_ line: ArraySlice<UInt8>) -> Bool {
    line.first { !DockerText.isSpace($0) } == UInt8(ascii: "#")
  }

  /// A first line without the white space before it; nothing for a comment.
  private static func content(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    isComment(line) ? [] : line.drop { DockerText.isSpace($0) }
  }

  /// `line` without the escape at its end, and whether there is one.
  private func joined(_ line: ArraySlice<UInt8>) -> (ArraySlice<UInt8>, Bool) {
    var end = line
    while let last = end.last, last == 0x20 || last == 0x09 { end.removeLast() }
    guard end.last == escape else { return (line, false) }
    end.removeLast()
    // Two of them are one that is escaped.
    return end.last == escape ? (line, false) : (end, true)
  }

  private func instruction(_ line: ArraySlice<UInt8>, lines: ClosedRange<Int>) -> DockerInstruction? {
    let text = DockerText.trimmed(line)
    let end = text.firstIndex(where: DockerText.isSpace) ?? text.endIndex
    guard end > text.startIndex else { return nil }
    var rest = DockerText.trimmed(text[end...])
    var flags: [DockerInstruction.Flag] = []
    while rest.starts(with: [UInt8(ascii: "-"), UInt8(ascii: "-")]) {
      let end = rest.firstIndex(where: DockerText.isSpace) ?? rest.endIndex
      let word = rest[rest.index(rest.startIndex, offsetBy: 2)..<end]
      rest = DockerText.trimmed(rest[end...])
      if word.isEmpty { break }
      let parts = word.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
      flags.append(
        DockerInstruction.Flag(
          name: String(decoding: parts[0], as: UTF8.self), value: parts.count > 1 ? Array(parts[1]) : nil))
    }
    return DockerInstruction(
      name: String(decoding: text[..<end], as: UTF8.self).lowercased(), flags: flags, arguments: Array(rest),
      line: lines.lowerBound, endLine: lines.upperBound)
  }
}

/// The lines of a text, without their ends.
private struct Lines {
  private var rest: ArraySlice<UInt8>
  private(set) var number = 0

  init(_ text: ArraySlice<UInt8>) { rest = text }

  mutating func next() -> ArraySlice<UInt8>? {
    guard !rest.isEmpty else { return nil }
    number += 1
    let end = rest.firstIndex(of: 0x0A) ?? rest.endIndex
    var line = rest[..<end]
    rest = rest[min(end + 1, rest.endIndex)...]
    while line.last == 0x0D { line.removeLast() }
    return line
  }

  /// Goes behind the end of `heredoc`; false where it has none.
  mutating func skip(to heredoc: Heredoc) -> Bool {
    while let line = next() {
      if heredoc.isEnded(by: line) { return true }
    }
    return false
  }
}
