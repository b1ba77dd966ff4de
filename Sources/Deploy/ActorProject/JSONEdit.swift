// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import FoundationEssentials

/// Changes strings in a JSON text, and leaves every other byte as it is.
struct JSONEdit {
  private(set) var text: [UInt8]

  /// Edits `text`, a JSON object.
  init(_ text: [UInt8]) { self.text = text }

  /// Makes `value` the string at `path`; adds the member, and the object above it, where they are missing.
  mutating func set(_ path: [String], to value: String) throws(JSONScanner.Failure) {
    let ranges = try JSONScanner.ranges(in: text)
    if let range = ranges[path], ranges[Array(path.dropLast())].map({ text[$0.lowerBound] }) == Self.open {
      text.replaceSubrange(range, with: Self.quoted(value))
      return
    }
    try add(path, Self.quoted(value), ranges)
  }

  private static let open = UInt8(ascii: "{")

  /// Adds a member whose value is `value`, JSON text.
  private mutating func add(
    _ path: [String], _ value: [UInt8], _ ranges: [[String]: Range<Int>]
  ) throws(JSONScanner.Failure) {
    guard let name = path.last else { return }
    let parent = Array(path.dropLast())
    guard let object = ranges[parent], text[object.lowerBound] == Self.open else {
      // No object there, or null in its place.
      let indent = indentation(of: ranges)
      let inner = Array(repeating: indent, count: parent.count + 1).flatMap(\.self)
      let outer = Array(repeating: indent, count: parent.count).flatMap(\.self)
      let new = Self.open(inner, name, value, outer, isOneLine: indent.isEmpty)
      if let range = ranges[parent] {
        text.replaceSubrange(range, with: new)
      } else {
        try add(parent, new, ranges)
      }
      return
    }
    let members = ranges.filter { $0.key.count == path.count && $0.key.starts(with: parent) }
    guard let last = members.values.max(by: { $0.upperBound < $1.upperBound }) else {
      let indent = indentation(of: ranges)
      let inner = Array(repeating: indent, count: parent.count + 1).flatMap(\.self)
      let outer = Array(repeating: indent, count: parent.count).flatMap(\.self)
      text.replaceSubrange(object, with: Self.open(inner, name, value, outer, isOneLine: indent.isEmpty))
      return
    }
    // As the last member begins, after a line break or not.
    let separator = lineStart(before: last.lowerBound, within: object.lowerBound) ?? [UInt8(ascii: " ")]
    text.insert(
      contentsOf: [UInt8(ascii: ",")] + separator + Self.quoted(name) + Array(": ".utf8) + value,
      at: last.upperBound)
  }

  private static func open(
    _ inner: [UInt8], _ name: String, _ value: [UInt8], _ outer: [UInt8], isOneLine: Bool
  ) -> [UInt8] {
    let member = quoted(name) + Array(": ".utf8) + value
    if isOneLine { return [open] + member + [UInt8(ascii: "}")] }
    let lineBreak = UInt8(ascii: "\n")
    return [open, lineBreak] + inner + member + [lineBreak] + outer + [UInt8(ascii: "}")]
  }

  /// The line break and the white space that the line with `offset` begins with; nil where that line begins
  /// before `start`.
  private func lineStart(before offset: Int, within start: Int) -> [UInt8]? {
    guard let end = text[start..<offset].lastIndex(of: UInt8(ascii: "\n")) else { return nil }
    let hasReturn = end > 0 && text[end - 1] == UInt8(ascii: "\r")
    let space = text[(end + 1)..<offset].prefix { $0 == 0x20 || $0 == 0x09 }
    return (hasReturn ? [0x0D] : []) + [0x0A] + space
  }

  /// What a member of the whole object is indented by; empty where all is on one line.
  private func indentation(of ranges: [[String]: Range<Int>]) -> [UInt8] {
    guard let root = ranges[[]] else { return [] }
    let first = ranges.filter { $0.key.count == 1 }.values.min { $0.lowerBound < $1.lowerBound }
    guard let first, let start = lineStart(before: first.lowerBound, within: root.lowerBound) else {
      return []
    }
    return Array(start.drop { $0 == 0x0A || $0 == 0x0D })
  }

  private static func quoted(_ text: String) -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.withoutEscapingSlashes]
    return (try? encoder.encode(text)).map { Array($0) } ?? Array("\"\"".utf8)
  }
}
