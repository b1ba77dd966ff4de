// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// A wildcard pattern, compiled: what git's `wildmatch.c` matches with `WM_PATHNAME`, but in polynomial time.
///
/// git's matcher tries every split at every `*`, which is exponential in their number. The same language
/// needs far less: within a path component only the last `*` can usefully be given more (an earlier one is
/// pinned by what already matched behind it, or by the next "/"), and among the `**` only the last one
/// (whatever an earlier one could skip, a later one can). So two resume points suffice, and no call recurses.
package struct Wildmatch: Sendable {
  private enum Element: Equatable {
    /// This byte.
    case literal(UInt8)
    /// Any byte but "/": `?`.
    case anyByte
    /// A byte of a bracket expression, by its index.
    case bracket(Int)
    /// Any run of bytes without "/": `*`.
    case star
    /// Any run of bytes: `**` as a whole component at the end of the pattern.
    case starStar
    /// Nothing, or any run of bytes that ends with "/": `**/`.
    case starStarSlash
  }

  private let elements: [Element]
  private let brackets: [ByteSet]
  private let ignoringCase: Bool

  /// Compiles `pattern`; nil where it is malformed (an unclosed bracket, an unknown class, a lone backslash
  /// at the end) and so matches nothing at all.
  package init?(_ pattern: Span<UInt8>, ignoringCase: Bool) {
    var elements: [Element] = []
    elements.reserveCapacity(pattern.count)
    var brackets: [ByteSet] = []
    var index = 0
    while index < pattern.count {
      let byte = pattern[index]
      switch byte {
      case UInt8(ascii: "\\"):
        guard index + 1 < pattern.count else { return nil }
        // As in git, an escaped capital keeps its case, and so never meets a lowered name.
        elements.append(.literal(pattern[index + 1]))
        index += 2
      case UInt8(ascii: "?"):
        elements.append(.anyByte)
        index += 1
      case UInt8(ascii: "["):
        guard let bracket = BracketExpression.parse(pattern, at: index, ignoringCase: ignoringCase)
        else { return nil }
        elements.append(.bracket(brackets.count))
        brackets.append(bracket.set)
        index = bracket.end
      case UInt8(ascii: "*"):
        let (element, end) = Self.stars(pattern, at: index)
        elements.append(element)
        index = end
      default:
        elements.append(.literal(ignoringCase ? lowered(byte) : byte))
        index += 1
      }
    }
    self.elements = elements
    self.brackets = brackets
    self.ignoringCase = ignoringCase
  }

  /// What a run of stars means: two and more are `**` only where they fill a component; anywhere else they
  /// are one `*`.
  private static func stars(_ pattern: Span<UInt8>, at start: Int) -> (Element, end: Int) {
    var end = start
    while end < pattern.count, pattern[end] == UInt8(ascii: "*") { end += 1 }
    guard end - start >= 2, start == 0 || pattern[start - 1] == UInt8(ascii: "/") else { return (.star, end) }
    if end == pattern.count { return (.starStar, end) }
    if pattern[end] == UInt8(ascii: "/") { return (.starStarSlash, end + 1) }
    if pattern[end] == UInt8(ascii: "\\"), end + 1 < pattern.count, pattern[end + 1] == UInt8(ascii: "/") {
      return (.starStar, end)
    }
    return (.star, end)
  }

  /// Whether the whole of `text` matches.
  package func matches(_ text: Span<UInt8>) -> Bool {
    let elements = elements.span
    var element = 0
    var position = 0
    var star = (element: -1, position: 0)
    var starStar = (element: -1, position: 0)
    while true {
      if element < elements.count {
        switch elements[element] {
        case .star:
          star = (element, position)
          element += 1
          continue
        case .starStar, .starStarSlash:
          if element + 1 == elements.count, elements[element] == .starStar { return true }
          starStar = (element, position)
          star.element = -1
          element += 1
          continue
        case .literal(let byte):
          if position < text.count, (ignoringCase ? lowered(text[position]) : text[position]) == byte {
            element += 1
            position += 1
            continue
          }
        case .anyByte:
          if position < text.count, text[position] != UInt8(ascii: "/") {
            element += 1
            position += 1
            continue
          }
        case .bracket(let bracket):
          if position < text.count, brackets[bracket].contains(text[position]) {
            element += 1
            position += 1
            continue
          }
        }
      } else if position == text.count {
        return true
      }

      // A mismatch: the last star takes one byte more, or else the last double star does.
      if star.element >= 0, star.position < text.count, text[star.position] != UInt8(ascii: "/") {
        star.position += 1
        (element, position) = (star.element + 1, star.position)
        continue
      }
      guard starStar.element >= 0 else { return false }
      if elements[starStar.element] == .starStarSlash {
        while starStar.position < text.count, text[starStar.position] != UInt8(ascii: "/") {
          starStar.position += 1
        }
      }
      guard starStar.position < text.count else { return false }
      starStar.position += 1
      star.element = -1
      (element, position) = (starStar.element + 1, starStar.position)
    }
  }
}
