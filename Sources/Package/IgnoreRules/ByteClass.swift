// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// The twelve named character classes of a bracket expression (`[[:alpha:]]`), as git defines them: ASCII
/// only, whatever the locale, and white space without vertical tab and form feed (git's own `ctype.c`).
enum ByteClass: String {
  case alnum
  case alpha
  case blank
  case cntrl
  case digit
  case graph
  case lower
  case print
  case punct
  case space
  case upper
  case xdigit

  /// Whether `byte` belongs to the class. With `ignoringCase` the byte has been lowered, and `upper` holds
  /// letters of both.
  func contains(_ byte: UInt8, ignoringCase: Bool) -> Bool {
    let isLower = byte >= 0x61 && byte <= 0x7A
    let isUpper = byte >= 0x41 && byte <= 0x5A
    let isDigit = byte >= 0x30 && byte <= 0x39
    switch self {
    case .alnum: return isLower || isUpper || isDigit
    case .alpha: return isLower || isUpper
    case .blank: return byte == 0x20 || byte == 0x09
    case .cntrl: return byte < 0x20 || byte == 0x7F
    case .digit: return isDigit
    case .graph: return byte > 0x20 && byte < 0x7F
    case .lower: return isLower
    case .print: return byte >= 0x20 && byte < 0x7F
    case .punct: return byte > 0x20 && byte < 0x7F && !(isLower || isUpper || isDigit)
    case .space: return byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D
    case .upper: return isUpper || (ignoringCase && isLower)
    case .xdigit: return isDigit || (byte | 0x20 >= 0x61 && byte | 0x20 <= 0x66)
    }
  }
}
