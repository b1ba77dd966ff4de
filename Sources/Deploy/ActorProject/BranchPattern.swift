// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// A pattern for names of branches, as "release/*": a star matches anything but "/", two stars match
/// anything.
struct BranchPattern: Sendable, Equatable {
  private enum Part: Equatable {
    case text([UInt8])
    case star
    case doubleStar
  }

  let text: String
  private let parts: [Part]

  init(_ text: String) {
    self.text = text
    var parts: [Part] = []
    var literal: [UInt8] = []
    var rest = Array(text.utf8)[...]
    let star = UInt8(ascii: "*")
    while let byte = rest.popFirst() {
      guard byte == star else {
        literal.append(byte)
        continue
      }
      if !literal.isEmpty { parts.append(.text(literal)) }
      literal = []
      let isDouble = rest.first == star
      if isDouble { rest.removeFirst() }
      parts.append(isDouble ? .doubleStar : .star)
    }
    if !literal.isEmpty { parts.append(.text(literal)) }
    self.parts = parts
  }

  /// The number of stars; two together count as one.
  var starCount: Int { parts.count { $0 == .star || $0 == .doubleStar } }

  /// What the stars match in `branch`, the first one as little as possible; nil where the pattern does not
  /// match.
  func match(_ branch: String) -> [String]? {
    Self.match(parts[...], Array(branch.utf8)[...]).map { $0.map { String(decoding: $0, as: UTF8.self) } }
  }

  private static func match(_ parts: ArraySlice<Part>, _ name: ArraySlice<UInt8>) -> [ArraySlice<UInt8>]? {
    guard let part = parts.first else { return name.isEmpty ? [] : nil }
    let rest = parts.dropFirst()
    if case .text(let literal) = part {
      return name.starts(with: literal) ? match(rest, name.dropFirst(literal.count)) : nil
    }
    // Names are short and stars are few: backtracking is cheap.
    for count in 1...max(1, name.count) {
      let taken = name.prefix(count)
      if taken.count < count || (part == .star && taken.last == UInt8(ascii: "/")) { return nil }
      if let others = match(rest, name.dropFirst(count)) { return [taken] + others }
    }
    return nil
  }

  /// The numbers in braces in `text`.
  static func placeholders(in text: String) -> [Int] {
    text.split(separator: "{", omittingEmptySubsequences: false).dropFirst().compactMap { part in
      part.firstIndex(of: "}").flatMap { Int(part[..<$0]) }
    }
  }

  /// `text` with `{1}` replaced by the first of `values`, and so on.
  static func fill(_ text: String, with values: [String]) -> String {
    var filled = ""
    var rest = text[...]
    while let open = rest.firstIndex(of: "{") {
      filled += rest[..<open]
      guard let close = rest[open...].firstIndex(of: "}"),
        let number = Int(rest[rest.index(after: open)..<close]),
        values.indices.contains(number - 1)
      else {
        filled.append("{")
        rest = rest[rest.index(after: open)...]
        continue
      }
      filled += values[number - 1]
      rest = rest[rest.index(after: close)...]
    }
    return filled + rest
  }
}
