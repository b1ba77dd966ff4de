// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// Reads one bracket expression (`[a-z]`, `[!x]`, `[[:digit:]_]`) as git's `wildmatch.c` does, quirks
/// included: `]` is literal in first place, a backslash escapes also inside, and the ends of a range stand in
/// their written case.
enum BracketExpression {
  /// Parses the expression whose `[` stands at `start`.
  ///
  /// - Returns: the bytes it matches and the index behind its `]`, or nil where the expression is malformed:
  ///   then git's matcher gives up on the whole pattern, which so never matches.
  static func parse(
    _ pattern: Span<UInt8>, at start: Int, ignoringCase: Bool
  ) -> (set: ByteSet, end: Int)? {
    var index = start + 1
    // A NUL stands for the end of the pattern, as in C: no pattern holds one.
    func byte(_ at: Int) -> UInt8 { at < pattern.count ? pattern[at] : 0 }

    var current = byte(index)
    let negated = current == UInt8(ascii: "!") || current == UInt8(ascii: "^")
    if negated {
      index += 1
      current = byte(index)
    }
    var matched = ByteSet()
    var previous: UInt8 = 0
    repeat {
      if current == 0 { return nil }
      if current == UInt8(ascii: "\\") {
        index += 1
        current = byte(index)
        if current == 0 { return nil }
        matched.insert(current)
      } else if current == UInt8(ascii: "-"), previous != 0, byte(index + 1) != 0,
        byte(index + 1) != UInt8(ascii: "]")
      {
        index += 1
        current = byte(index)
        if current == UInt8(ascii: "\\") {
          index += 1
          current = byte(index)
          if current == 0 { return nil }
        }
        insertRange(previous, current, into: &matched, ignoringCase: ignoringCase)
        current = 0
      } else if current == UInt8(ascii: "["), byte(index + 1) == UInt8(ascii: ":") {
        let nameStart = index + 2
        var close = nameStart
        while byte(close) != 0, byte(close) != UInt8(ascii: "]") { close += 1 }
        if byte(close) == 0 { return nil }
        if close - nameStart - 1 < 0 || byte(close - 1) != UInt8(ascii: ":") {
          // No ":]": an ordinary "[" in the set.
          matched.insert(current)
        } else {
          guard let name = named(pattern.extracting(nameStart..<(close - 1))) else { return nil }
          for value in UInt8.min...UInt8.max
          where name.contains(ignoringCase ? lowered(value) : value, ignoringCase: ignoringCase) {
            matched.insert(value)
          }
          index = close
          current = 0
        }
      } else {
        matched.insert(current)
      }
      previous = current
      index += 1
      current = byte(index)
    } while current != UInt8(ascii: "]")
    return (finished(matched, negated: negated, ignoringCase: ignoringCase), index + 1)
  }

  private static func insertRange(
    _ low: UInt8, _ high: UInt8, into set: inout ByteSet, ignoringCase: Bool
  ) {
    guard low <= high else { return }
    for value in low...high {
      set.insert(value)
      // git tries a lower-case letter of the name in upper case too, but only against ranges.
      if ignoringCase, value >= 0x41, value <= 0x5A { set.insert(value | 0x20) }
    }
  }

  /// The set as asked with the name's bytes: lowered first where case is ignored, negated last; "/" is never
  /// matched.
  private static func finished(_ set: ByteSet, negated: Bool, ignoringCase: Bool) -> ByteSet {
    var result = ByteSet()
    for value in UInt8.min...UInt8.max where value != UInt8(ascii: "/") {
      if set.contains(ignoringCase ? lowered(value) : value) != negated { result.insert(value) }
    }
    return result
  }

  private static func named(_ bytes: Span<UInt8>) -> ByteClass? {
    guard bytes.count <= 6 else { return nil }
    var name = ""
    for index in bytes.indices { name.unicodeScalars.append(Unicode.Scalar(bytes[index])) }
    return ByteClass(rawValue: name)
  }
}

/// An ASCII capital as its small letter; every other byte as it is.
func lowered(_ byte: UInt8) -> UInt8 { byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte }
