// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// How the lines of a text end, where all end alike.
enum LineEnds {
  case lf
  case crlf

  /// Nil of a text whose lines end in both ways, or that has no line's end.
  init?(of text: [UInt8]) {
    var (all, withReturn) = (0, 0)
    var before: UInt8 = 0
    for byte in text {
      if byte == UInt8(ascii: "\n") {
        all += 1
        if before == UInt8(ascii: "\r") { withReturn += 1 }
      }
      before = byte
    }
    if all == 0 || withReturn != 0 && withReturn != all { return nil }
    self = withReturn == 0 ? .lf : .crlf
  }

  /// `text`, whose lines end in the other way, with these.
  func applied(to text: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(text.count)
    for byte in text {
      if byte == UInt8(ascii: "\n") {
        switch self {
        case .lf: result.removeLast()
        case .crlf: result.append(UInt8(ascii: "\r"))
        }
      }
      result.append(byte)
    }
    return result
  }
}
