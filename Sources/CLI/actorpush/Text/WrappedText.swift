// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// Text in lines of a width.
enum WrappedText {
  /// Text in fewer columns is hard to read.
  private static let narrowest = 24

  /// The words of `text` in lines of at most `columns` characters; a longer word has a line of its own.
  static func lines(_ text: some StringProtocol, columns: Int) -> [String] {
    var lines: [String] = []
    var (line, width) = ("", 0)
    for word in text.split(whereSeparator: { $0 == " " || $0 == "\n" }) {
      let count = word.unicodeScalars.count
      if width > 0, width + 1 + count > columns {
        lines.append(line)
        (line, width) = ("", 0)
      }
      line += width > 0 ? " \(word)" : String(word)
      width += (width > 0 ? 1 : 0) + count
    }
    return width > 0 ? lines + [line] : lines
  }

  /// Rows of two columns: the first of at most `labelWidth` characters; a longer label has a line of its own.
  static func table(_ rows: [(label: String, text: String)], labelWidth limit: Int, columns: Int) -> [String]
  {
    let widths = rows.map { $0.label.unicodeScalars.count }.filter { $0 <= limit }
    // In a narrow terminal the text stands below its label.
    let isWide = columns - (widths.max() ?? limit) - 4 >= narrowest
    let column = isWide ? (widths.max() ?? limit) + 4 : 6
    var lines: [String] = []
    for (label, text) in rows {
      var rest = Self.lines(text, columns: columns - column)[...]
      var first = "  " + label
      if isWide, column - first.unicodeScalars.count >= 2, let next = rest.popFirst() {
        first += String(repeating: " ", count: column - first.unicodeScalars.count) + next
      }
      lines.append(first)
      lines += rest.map { String(repeating: " ", count: column) + $0 }
    }
    return lines
  }
}
