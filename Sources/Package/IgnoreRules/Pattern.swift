// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// One line of an ignore file that holds a pattern (gitignore(5)).
package struct Pattern: Sendable {
  /// The number of its line, from 1.
  package let line: Int
  /// The line without comment sign, line end and trailing spaces: what `git check-ignore -v` shows.
  package let text: [UInt8]
  /// Whether it brings back what an earlier pattern left out: it begins with `!`.
  package let isNegated: Bool
  /// Whether it matches directories only: it ends with "/".
  package let isDirectoryOnly: Bool
  /// Whether it is held against the last component of a path only: it has no "/" but at its end.
  package let isBasename: Bool
  /// How it is matched.
  let shape: Shape

  /// Whether its last component has a character that stands for itself: `*.key` names files, `*` does not.
  package var isNaming: Bool {
    var body = text.dropFirst(isNegated ? 1 : 0)
    if isDirectoryOnly { body = body.dropLast() }
    let slash = UInt8(ascii: "/")
    let name = body.lastIndex(of: slash).map { body[($0 + 1)...] } ?? body
    return name.contains { $0 != UInt8(ascii: "*") && $0 != UInt8(ascii: "?") }
  }

  enum Shape: Sendable {
    /// Nothing.
    case never
    /// Exactly these bytes.
    case literal([UInt8])
    /// These bytes at the end of a name.
    case suffix([UInt8])
    /// These bytes, then what the wildcards match.
    case prefixed([UInt8], Wildmatch)
  }

  /// Parses the line `text`, which is neither empty nor a comment and ends before its trailing spaces.
  init(_ text: Span<UInt8>, line: Int, ignoringCase: Bool) {
    self.line = line
    self.text = Array(text)
    isNegated = text.count > 0 && text[0] == UInt8(ascii: "!")
    var body = text.extracting((isNegated ? 1 : 0)...)
    let endsWithSlash = body.count > 0 && body[body.count - 1] == UInt8(ascii: "/")
    isDirectoryOnly = endsWithSlash
    if endsWithSlash { body = body.extracting(..<(body.count - 1)) }
    isBasename = !body.contains(UInt8(ascii: "/"))
    // A leading slash only anchors; git counts it as part of the literal prefix.
    if !isBasename, body[0] == UInt8(ascii: "/") { body = body.extracting(1...) }
    shape = Self.shape(of: body, isBasename: isBasename, ignoringCase: ignoringCase)
  }

  /// Matches exactly `path`, relative to the list's directory; with a "/" at its end a directory only.
  init(literal path: [UInt8], line: Int, ignoringCase: Bool) {
    self.line = line
    text = [UInt8(ascii: "/")] + path
    (isNegated, isBasename) = (false, false)
    isDirectoryOnly = path.last == UInt8(ascii: "/")
    let name = isDirectoryOnly ? path.dropLast() : path[...]
    shape = .literal(ignoringCase ? name.map(lowered) : Array(name))
  }

  private static func shape(of body: Span<UInt8>, isBasename: Bool, ignoringCase: Bool) -> Shape {
    func folded(_ bytes: Span<UInt8>) -> [UInt8] {
      let array = Array(bytes)
      return ignoringCase ? array.map(lowered) : array
    }
    let literal = body.literalPrefixCount
    if body.count == 0 { return .never }
    if literal == body.count { return .literal(folded(body)) }
    if isBasename, body[0] == UInt8(ascii: "*") {
      let rest = body.extracting(1...)
      if rest.literalPrefixCount == rest.count { return .suffix(folded(rest)) }
    }
    // git hands a path pattern's wildcards to its matcher without the literal part before them, so that in
    // "a/b**/c" the stars stand at the beginning and count as a whole component. Names without "/" can't show
    // the difference.
    guard let wildmatch = Wildmatch(body.extracting(literal...), ignoringCase: ignoringCase) else {
      return .never
    }
    return .prefixed(folded(body.extracting(..<literal)), wildmatch)
  }

  /// Whether it matches the entry at `path`, relative to its ignore file's directory, whose last component
  /// begins at `basename`.
  func matches(_ path: Span<UInt8>, basename: Int, isDirectory: Bool, ignoringCase: Bool) -> Bool {
    if isDirectoryOnly, !isDirectory { return false }
    let name = isBasename ? path.extracting(basename...) : path
    switch shape {
    case .never:
      return false
    case .literal(let bytes):
      return name.count == bytes.count && name.starts(with: bytes, ignoringCase: ignoringCase)
    case .suffix(let bytes):
      return name.count >= bytes.count
        && name.extracting((name.count - bytes.count)...).starts(with: bytes, ignoringCase: ignoringCase)
    case .prefixed(let bytes, let wildmatch):
      return name.count >= bytes.count && name.starts(with: bytes, ignoringCase: ignoringCase)
        && wildmatch.matches(name.extracting(bytes.count...))
    }
  }
}
