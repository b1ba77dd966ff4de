// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// The patterns of one ignore file, in their order.
///
/// `IgnoreRules` matches gitignore patterns exactly as git, in polynomial time: a ``Pattern`` is one line,
/// with its shape (a literal name, a suffix, a path) told at once; ``Wildmatch`` matches what has wildcards;
/// a ``PathEnding`` rules most patterns out by the last bytes of a path; a ``RuleChain`` asks the lists from
/// the nearest directory to the outermost, the last match of each first.
package final class PatternList: Sendable {
  /// What the file is called in a verdict: its path as a user would type it. Without a file: what it is that
  /// the patterns match.
  package let name: String
  /// Whether the patterns stand in a file.
  package let isFile: Bool
  /// The patterns, first line first.
  package let patterns: [Pattern]
  /// Whether capitals and small letters are the same (`core.ignoreCase`).
  package let ignoringCase: Bool
  /// For each pattern how a path must end.
  private let endings: [PathEnding]
  /// The last patterns, where they are those of a second file; nil where all are of one.
  let nested: Nested?

  /// The patterns of a file in a directory below that of the list.
  struct Nested {
    /// The index of the first one.
    let start: Int
    /// The path from the list's directory to that of the file, with a "/" at its end.
    let base: [UInt8]
    /// What the file is called in a verdict.
    let name: String
  }

  /// Parses the ignore file `contents` (gitignore(5)): a UTF-8 BOM is skipped, lines end with LF or CR LF, a
  /// line that begins with `#` is a comment, trailing spaces go unless escaped, and a NUL ends its line
  /// early.
  package init(contents: Span<UInt8>, name: String, ignoringCase: Bool = false) {
    self.name = name
    self.ignoringCase = ignoringCase
    isFile = true
    var patterns: [Pattern] = []
    var lineNumber = 1
    var start = 0
    if contents.count >= 3, contents[0] == 0xEF, contents[1] == 0xBB, contents[2] == 0xBF { start = 3 }
    while start < contents.count {
      var end = start
      while end < contents.count, contents[end] != UInt8(ascii: "\n") { end += 1 }
      if end > start, contents[start] != UInt8(ascii: "#") {
        let hasReturn = contents[end - 1] == UInt8(ascii: "\r")
        let line = contents.extracting(start..<(hasReturn ? end - 1 : end)).trimmedPatternLine
        // An empty pattern (a line of spaces, or a lone CR) matches nothing.
        if line.count > 0 {
          patterns.append(Pattern(line, line: lineNumber, ignoringCase: ignoringCase))
        }
      }
      lineNumber += 1
      start = end + 1
    }
    self.patterns = patterns
    endings = patterns.map { PathEnding($0, ignoringCase: ignoringCase) }
    nested = nil
  }

  /// The patterns of `outer`, and behind them, so that they come first, those of `inner`, a file in
  /// `directory`, whose path is relative to the directory of `outer`.
  package init(_ outer: PatternList, _ inner: PatternList, in directory: [UInt8]) {
    (name, isFile, ignoringCase) = (outer.name, true, outer.ignoringCase)
    patterns = outer.patterns + inner.patterns
    endings = outer.endings + inner.endings
    nested = Nested(
      start: outer.patterns.count, base: directory + [UInt8(ascii: "/")], name: inner.name)
  }

  /// A pattern for each of `paths`, relative to the directory that the list is for; one with a "/" at its end
  /// is a directory.
  package init(literal paths: [[UInt8]], name: String, ignoringCase: Bool = false) {
    self.name = name
    self.ignoringCase = ignoringCase
    isFile = false
    patterns = paths.indices.map { Pattern(literal: paths[$0], line: $0 + 1, ignoringCase: ignoringCase) }
    endings = patterns.map { PathEnding($0, ignoringCase: ignoringCase) }
    nested = nil
  }

  /// What the file of the pattern at `index` is called in a verdict.
  package func name(of index: Int) -> String {
    if let nested, index >= nested.start { nested.name } else { name }
  }

  /// The patterns of the file in the list's own directory, or of the one below.
  package func patterns(nested isNested: Bool) -> ArraySlice<Pattern> {
    let start = nested?.start ?? patterns.count
    return isNested ? patterns[start...] : patterns[..<start]
  }

  /// Whether the pattern at `index` matches the entry at `path`.
  func matches(_ index: Int, _ path: Span<UInt8>, basename: Int, isDirectory: Bool) -> Bool {
    var (path, basename) = (path, basename)
    if let nested, index >= nested.start {
      guard path.starts(with: nested.base) else { return false }
      path = path.extracting(nested.base.count...)
      basename -= nested.base.count
    }
    return patterns[index].matches(
      path, basename: basename, isDirectory: isDirectory, ignoringCase: ignoringCase)
  }

  /// The index of the last pattern that matches the entry at `path`, relative to the file's directory, whose
  /// last component begins at `basename`; nil where none does.
  package func lastMatch(_ path: Span<UInt8>, basename: Int, isDirectory: Bool) -> Int? {
    lastMatch(path, basename: basename, isDirectory: isDirectory, ending: PathEnding.word(at: path))
  }

  /// The same for a path whose last bytes are known: `ending`, where bytes before the path do no harm.
  func lastMatch(_ path: Span<UInt8>, basename: Int, isDirectory: Bool, ending: UInt64) -> Int? {
    var index = endings.count - 1
    while index >= 0 {
      if endings[index].allows(ending, isDirectory),
        matches(index, path, basename: basename, isDirectory: isDirectory)
      {
        return index
      }
      index -= 1
    }
    return nil
  }
}

extension Span<UInt8> {
  /// Whether it begins with the bytes of `prefix`, and has more.
  func starts(with prefix: [UInt8]) -> Bool {
    guard count > prefix.count else { return false }
    for index in prefix.indices where self[index] != prefix[index] { return false }
    return true
  }

  /// The line up to a NUL and without unescaped trailing spaces (git's `trim_trailing_spaces`).
  fileprivate var trimmedPatternLine: Span<UInt8> {
    @_lifetime(copy self) get {
      var firstSpace = -1
      var index = 0
      while index < count, self[index] != 0 {
        if self[index] == UInt8(ascii: " ") {
          if firstSpace < 0 { firstSpace = index }
        } else {
          firstSpace = -1
          if self[index] == UInt8(ascii: "\\") {
            index += 1
            // A backslash that ends the line keeps every space before it, and itself.
            if index >= count || self[index] == 0 { break }
          }
        }
        index += 1
      }
      return extracting(..<(firstSpace >= 0 ? firstSpace : Swift.min(index, count)))
    }
  }
}
