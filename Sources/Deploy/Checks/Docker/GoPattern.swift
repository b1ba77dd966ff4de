// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// Matches names as Go's `filepath.Match` does, which Docker uses for the sources of COPY and ADD.
enum GoPattern {
  /// Whether `text` has characters of a pattern.
  static func isPattern(_ text: [UInt8]) -> Bool {
    text.contains { $0 == UInt8(ascii: "*") || $0 == UInt8(ascii: "?") || $0 == UInt8(ascii: "[") }
  }

  /// Whether `pattern` matches all of `name`; nil where it is malformed.
  static func matches(_ pattern: [UInt8], _ name: [UInt8]) -> Bool? {
    guard let tokens = tokens(pattern) else { return nil }
    return matches(tokens, name[...])
  }

  enum Token: Equatable {
    case byte(UInt8)
    /// `?`: a character that is no "/".
    case any
    /// `*`: any number of them.
    case star
    case set([ClosedRange<UInt32>], isNegated: Bool)
  }

  /// The parts of `pattern`; nil where it is malformed.
  static func tokens(_ pattern: [UInt8]) -> [Token]? {
    var tokens: [Token] = []
    var rest = pattern[...]
    while let byte = rest.popFirst() {
      switch byte {
      case UInt8(ascii: "*"): if tokens.last != .star { tokens.append(.star) }
      case UInt8(ascii: "?"): tokens.append(.any)
      case UInt8(ascii: "\\"):
        guard let next = rest.popFirst() else { return nil }
        tokens.append(.byte(next))
      case UInt8(ascii: "["):
        guard let set = set(&rest) else { return nil }
        tokens.append(set)
      default: tokens.append(.byte(byte))
      }
    }
    return tokens
  }

  private static func set(_ rest: inout ArraySlice<UInt8>) -> Token? {
    let isNegated = rest.first == UInt8(ascii: "^")
    if isNegated { rest = rest.dropFirst() }
    var ranges: [ClosedRange<UInt32>] = []
    while true {
      if rest.first == UInt8(ascii: "]"), !ranges.isEmpty {
        rest = rest.dropFirst()
        return .set(ranges, isNegated: isNegated)
      }
      guard let low = setCharacter(&rest) else { return nil }
      var high = low
      if rest.first == UInt8(ascii: "-") {
        rest = rest.dropFirst()
        guard let end = setCharacter(&rest) else { return nil }
        high = end
      }
      // A range that ends before it begins has no characters.
      ranges.append(low <= high ? low...high : UInt32.max...UInt32.max)
    }
  }

  private static func setCharacter(_ rest: inout ArraySlice<UInt8>) -> UInt32? {
    guard let first = rest.first, first != UInt8(ascii: "-"), first != UInt8(ascii: "]") else { return nil }
    if first == UInt8(ascii: "\\") { rest = rest.dropFirst() }
    guard let (scalar, count) = character(rest) else { return nil }
    rest = rest.dropFirst(count)
    return scalar
  }

  /// The first character of `text` and how many bytes it has; a byte that begins none stands for itself.
  static func character(_ text: ArraySlice<UInt8>) -> (scalar: UInt32, count: Int)? {
    guard let first = text.first else { return nil }
    let count = first < 0x80 ? 1 : first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : first >= 0xC2 ? 2 : 1
    if count > 1, let text = String(validating: text.prefix(count), as: UTF8.self),
      let scalar = text.unicodeScalars.first
    {
      return (scalar.value, count)
    }
    return (UInt32(first), 1)
  }

  /// A star takes as little as it can; where the rest does not match, the last star takes one character more.
  static func matches(_ tokens: [Token], _ name: ArraySlice<UInt8>) -> Bool {
    var (token, place) = (0, name.startIndex)
    var retry: (token: Int, place: Int)?
    while true {
      if token < tokens.count, tokens[token] == .star {
        retry = (token + 1, place)
        token += 1
        continue
      }
      if token == tokens.count, place == name.endIndex { return true }
      if token < tokens.count, let count = step(tokens[token], name[place...]) {
        token += 1
        place += count
        continue
      }
      guard let last = retry, last.place < name.endIndex, name[last.place] != UInt8(ascii: "/") else {
        return false
      }
      retry = (last.token, last.place + 1)
      (token, place) = (last.token, last.place + 1)
    }
  }

  /// How many bytes at the start of `text` the token takes; nil where it does not match.
  private static func step(_ token: Token, _ text: ArraySlice<UInt8>) -> Int? {
    guard let first = text.first else { return nil }
    switch token {
    case .byte(let byte): return first == byte ? 1 : nil
    case .star: return nil
    case .any: return first == UInt8(ascii: "/") ? nil : character(text)?.count
    case .set(let ranges, let isNegated):
      guard first != UInt8(ascii: "/"), let (scalar, count) = character(text) else { return nil }
      return ranges.contains { $0.contains(scalar) } != isNegated ? count : nil
    }
  }
}
