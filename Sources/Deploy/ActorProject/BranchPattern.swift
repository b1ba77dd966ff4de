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
    let name = Array(branch.utf8)
    // Each part takes a byte at least.
    guard parts.count <= name.count else { return nil }
    let reaches = reachability(in: name)
    guard reaches[0][0] else { return nil }
    var matched: [String] = []
    var offset = 0
    for (index, part) in parts.enumerated() {
      if case .text(let literal) = part {
        offset += literal.count
        continue
      }
      let start = offset
      repeat { offset += 1 } while !reaches[index + 1][offset]
      matched.append(String(decoding: name[start..<offset], as: UTF8.self))
    }
    return matched
  }

  /// For each part, and for the end behind the last one, whether what begins there matches `name` from each
  /// of its offsets on. The time is bounded by the product of both, whatever the number of stars.
  private func reachability(in name: [UInt8]) -> [[Bool]] {
    let none = [Bool](repeating: false, count: name.count + 1)
    var reaches = [[Bool]](repeating: none, count: parts.count + 1)
    reaches[parts.count][name.count] = true
    for (index, part) in parts.enumerated().reversed() {
      for offset in name.indices.reversed() {
        switch part {
        case .text(let literal):
          reaches[index][offset] =
            name[offset...].starts(with: literal) && reaches[index + 1][offset + literal.count]
        case .star where name[offset] == UInt8(ascii: "/"): break
        case .star, .doubleStar:
          reaches[index][offset] = reaches[index + 1][offset + 1] || reaches[index][offset + 1]
        }
      }
    }
    return reaches
  }

  /// The numbers in braces in `text`.
  static func placeholders(in text: String) -> [Int] { pieces(of: text).compactMap(\.number) }

  /// `text` with `{1}` replaced by the first of `values`, and so on.
  static func fill(_ text: String, with values: [String]) -> String {
    var filled: [UInt8] = []
    for piece in pieces(of: text) {
      if let number = piece.number, values.indices.contains(number - 1) {
        filled += values[number - 1].utf8
      } else {
        filled += piece.text
      }
    }
    return String(decoding: filled, as: UTF8.self)
  }

  /// `text` in pieces: the numbers in braces, with these, and what stands around them.
  private static func pieces(of text: String) -> [(text: ArraySlice<UInt8>, number: Int?)] {
    var pieces: [(text: ArraySlice<UInt8>, number: Int?)] = []
    var rest = Array(text.utf8)[...]
    while let open = rest.firstIndex(of: UInt8(ascii: "{")) {
      pieces.append((rest[..<open], nil))
      let digits = rest[(open + 1)...].prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
      let close = digits.endIndex
      guard close < rest.endIndex, rest[close] == UInt8(ascii: "}"),
        let number = Int(String(decoding: digits, as: UTF8.self))
      else {
        pieces.append((rest[open...open], nil))
        rest = rest[(open + 1)...]
        continue
      }
      pieces.append((rest[open...close], number))
      rest = rest[(close + 1)...]
    }
    return pieces + [(rest, nil)]
  }
}
