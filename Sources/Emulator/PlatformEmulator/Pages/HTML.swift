// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import SystemIO

/// A piece of a page. What is put into a literal is escaped, unless it is such a piece itself:
/// `"<b>\(name)</b>"` is always right.
struct HTML: ExpressibleByStringInterpolation, Sendable {
  let text: String

  init(stringLiteral text: String) { self.text = text }
  init(stringInterpolation parts: StringInterpolation) { text = parts.text }

  struct StringInterpolation: StringInterpolationProtocol {
    fileprivate var text = ""

    init(literalCapacity: Int, interpolationCount: Int) { text.reserveCapacity(literalCapacity) }

    mutating func appendLiteral(_ literal: String) { text += literal }
    mutating func appendInterpolation(_ html: HTML) { text += html.text }
    mutating func appendInterpolation(_ parts: [HTML]) { for part in parts { text += part.text } }
    mutating func appendInterpolation(_ number: Int) { text += String(number) }
    mutating func appendInterpolation(_ plain: String) { text += HTML.escaped(plain) }
    /// A part of an address, of bytes that are not all text perhaps.
    mutating func appendInterpolation(percentEncoded bytes: [UInt8]) {
      text += PercentEncoding.encode(bytes, keepsSlashes: true)
    }
  }

  /// `plain` as text of a page or of an attribute. What can't be seen, or turns around what is seen, is shown
  /// by its number.
  private static func escaped(_ plain: String) -> String {
    var outcome = ""
    outcome.reserveCapacity(plain.utf8.count)
    for scalar in plain.unicodeScalars {
      switch scalar {
      case "&": outcome += "&amp;"
      case "<": outcome += "&lt;"
      case ">": outcome += "&gt;"
      case "\"": outcome += "&quot;"
      case "'": outcome += "&#39;"
      case "\n", "\t": outcome.unicodeScalars.append(scalar)
      case "\u{0}"..."\u{1F}", "\u{7F}"..."\u{9F}", "\u{200E}", "\u{200F}", "\u{202A}"..."\u{202E}",
        "\u{2066}"..."\u{2069}", "\u{FEFF}":
        outcome += "\u{2039}U+" + String(scalar.value, radix: 16, uppercase: true) + "\u{203A}"
      default: outcome.unicodeScalars.append(scalar)
      }
    }
    return outcome
  }
}
