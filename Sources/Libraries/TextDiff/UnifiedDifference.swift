// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// Two texts in the unified format, as `git diff` and patch(1) have it.
package struct UnifiedDifference: Sendable {
  /// What a line of output is.
  package enum LineKind: Sendable {
    /// `@@ -1,3 +1,4 @@`
    case header
    case context
    case removed
    case added
    /// `\ No newline at end of file`
    case note
  }

  private let old: Lines
  private let new: Lines
  private let difference: LineDifference
  private let context: Int

  /// What leads from `old` to `new`, with so many lines around each change.
  package init(from old: Lines, to new: Lines, _ difference: LineDifference, context: Int = 3) {
    self.old = old
    self.new = new
    self.difference = difference
    self.context = context
  }

  /// Gives each line of the output, without a line feed at its end.
  package func forEachLine<Failure: Error>(
    _ body: (LineKind, ArraySlice<UInt8>) throws(Failure) -> Void
  ) throws(Failure) {
    var index = 0
    while index < difference.changes.count {
      var end = index + 1
      // Changes whose environment touch are one hunk.
      while end < difference.changes.count,
        difference.changes[end].old.lowerBound - difference.changes[end - 1].old.upperBound <= 2 * context
      { end += 1 }
      try hunk(difference.changes[index..<end], body)
      index = end
    }
  }

  private func hunk<Failure: Error>(
    _ changes: ArraySlice<LineDifference.Change>,
    _ body: (LineKind, ArraySlice<UInt8>) throws(Failure) -> Void
  ) throws(Failure) {
    guard let first = changes.first, let last = changes.last else { return }
    let before = min(context, first.old.lowerBound)
    let after = min(context, old.count - last.old.upperBound)
    let olds = (first.old.lowerBound - before)..<(last.old.upperBound + after)
    let news = (first.new.lowerBound - before)..<(last.new.upperBound + after)
    var header = "@@ -\(Self.span(olds)) +\(Self.span(news)) @@"
    if let name = heading(before: olds.lowerBound) { header += " " + name }
    try body(.header, Array(header.utf8)[...])
    var at = olds.lowerBound
    for change in changes {
      while at < change.old.lowerBound {
        try line(.context, " ", old, at, body)
        at += 1
      }
      for index in change.old { try line(.removed, "-", old, index, body) }
      for index in change.new { try line(.added, "+", new, index, body) }
      at = change.old.upperBound
    }
    while at < olds.upperBound {
      try line(.context, " ", old, at, body)
      at += 1
    }
  }

  private func line<Failure: Error>(
    _ kind: LineKind, _ sign: Unicode.Scalar, _ lines: Lines, _ index: Int,
    _ body: (LineKind, ArraySlice<UInt8>) throws(Failure) -> Void
  ) throws(Failure) {
    var text = [UInt8(truncatingIfNeeded: sign.value)] + lines[index]
    let isWhole = text.last == UInt8(ascii: "\n")
    if isWhole { text.removeLast() }
    try body(kind, text[...])
    if !isWhole { try body(.note, Array("\\ No newline at end of file".utf8)[...]) }
  }

  /// `12,3`; a count of one is left out, and an empty span begins at the line before it.
  private static func span(_ range: Range<Int>) -> String {
    let start = range.isEmpty ? range.lowerBound : range.lowerBound + 1
    return range.count == 1 ? "\(start)" : "\(start),\(range.count)"
  }

  /// The last line before the hunk that begins with a letter, `_` or `$`: a function's, most of the time.
  private func heading(before index: Int) -> String? {
    var at = index - 1
    while at >= 0 {
      let line = old[at]
      if let first = line.first,
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(first | 0x20) || first == UInt8(ascii: "_")
          || first == UInt8(ascii: "$")
      {
        var text = Array(line.prefix(80))
        while let last = text.last, last == 0x20 || (9...13).contains(last) { text.removeLast() }
        return String(decoding: text, as: UTF8.self)
      }
      at -= 1
    }
    return nil
  }
}
