// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// Brings text from outside into the form of a message: one line, not too long.
///
/// It escapes nothing. What is shown goes through `TerminalText`, once, where it is shown.
package enum OneLine {
  /// `text` on one line: runs of white space become one space, and the text is cut after `limit` characters.
  package static func of(_ text: String, limit: Int = 500) -> String {
    var output = ""
    var count = 0
    var owesSpace = false
    for scalar in text.unicodeScalars {
      if scalar.properties.isWhitespace {
        owesSpace = !output.isEmpty
        continue
      }
      if count >= limit { return output + "…" }
      if owesSpace { output.unicodeScalars.append(" ") }
      output.unicodeScalars.append(scalar)
      count += owesSpace ? 2 : 1
      owesSpace = false
    }
    return output
  }

  /// The text of an HTML page between its tags, without styles and scripts.
  package static func textOfHTML(_ page: String) -> String {
    var output = ""
    var rest = Substring(page)
    while let open = rest.firstIndex(of: "<") {
      output += rest[..<open]
      output += " "
      let tag = rest[open...]
      guard let close = tag.firstIndex(of: ">") else { return output }
      rest = tag[tag.index(after: close)...]
      let name = tag.dropFirst().prefix { $0.isLetter }.lowercased()
      guard name == "style" || name == "script" else { continue }
      // Up to its end tag: whatever tag begins with a slash, as neither has others in it that matter here.
      while let next = rest.firstIndex(of: "<"), !rest[next...].dropFirst().hasPrefix("/") {
        rest = rest[rest.index(after: next)...]
      }
      rest = rest.firstIndex(of: "<").map { rest[$0...] } ?? ""
    }
    return output + rest
  }
}
