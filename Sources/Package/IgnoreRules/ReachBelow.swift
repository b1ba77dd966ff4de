// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

extension PatternList {
  /// Whether a `!` pattern behind the one at `index` (nil: any) can match something below `directory`, a path
  /// relative to the file's directory. In doubt it says yes: the answer only decides whether an excluded
  /// directory is looked into.
  ///
  /// - Parameter byPath: whether only patterns with a "/" count, not those that match a name anywhere.
  package func mayBringBack(below directory: Span<UInt8>, after index: Int?, byPath: Bool = false) -> Bool {
    var candidate = (index ?? -1) + 1
    while candidate < patterns.count {
      if patterns[candidate].isNegated, !byPath || !patterns[candidate].isBasename,
        mayMatch(candidate, below: directory)
      {
        return true
      }
      candidate += 1
    }
    return false
  }

  /// Whether the pattern at `index` can match something below `directory`.
  private func mayMatch(_ index: Int, below directory: Span<UInt8>) -> Bool {
    guard let nested, index >= nested.start else {
      return patterns[index].mayMatch(below: directory, ignoringCase: ignoringCase)
    }
    if directory.starts(with: nested.base) {
      return patterns[index].mayMatch(
        below: directory.extracting(nested.base.count...), ignoringCase: ignoringCase)
    }
    // The file's directory, or one above it.
    let above = directory.count
    guard above < nested.base.count, nested.base[above] == UInt8(ascii: "/") else { return false }
    for place in 0..<above where directory[place] != nested.base[place] { return false }
    return true
  }
}

extension Pattern {
  /// Whether it can match a path below `directory`: component by component, as far as the directory goes.
  fileprivate func mayMatch(below directory: Span<UInt8>, ignoringCase: Bool) -> Bool {
    if isBasename { return true }
    var rest = text.span.extracting((isNegated ? 1 : 0)...)
    if isDirectoryOnly { rest = rest.extracting(..<(rest.count - 1)) }
    if rest.count > 0, rest[0] == UInt8(ascii: "/") { rest = rest.extracting(1...) }
    var directory = directory
    while true {
      let component = rest.extracting(..<rest.firstSlash)
      guard rest.firstSlash < rest.count else { return component.containsDoubleStar }
      if component.containsDoubleStar { return true }
      let name = directory.extracting(..<directory.firstSlash)
      // A component that can't be compiled alone holds an escaped or bracketed "/": let the walk find out.
      guard let wildmatch = Wildmatch(component, ignoringCase: ignoringCase) else { return true }
      guard wildmatch.matches(name) else { return false }
      guard directory.firstSlash < directory.count else { return true }
      directory = directory.extracting((directory.firstSlash + 1)...)
      rest = rest.extracting((rest.firstSlash + 1)...)
    }
  }
}

extension Span<UInt8> {
  fileprivate var firstSlash: Int {
    for index in indices where self[index] == UInt8(ascii: "/") { return index }
    return count
  }

  fileprivate var containsDoubleStar: Bool {
    for index in indices.dropLast()
    where self[index] == UInt8(ascii: "*") && self[index + 1] == UInt8(ascii: "*") {
      return true
    }
    return false
  }
}
