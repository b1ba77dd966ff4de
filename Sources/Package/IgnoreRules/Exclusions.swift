// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

extension PatternList {
  /// The index of the last pattern before the one at `end` (nil: of all) that matches the entry at `path` and
  /// leaves it out, whatever patterns behind it bring back; nil where none does.
  package func lastExclusion(
    _ path: Span<UInt8>, basename: Int, isDirectory: Bool, before end: Int? = nil
  ) -> Int? {
    var index = (end ?? patterns.count) - 1
    while index >= 0 {
      if !patterns[index].isNegated,
        matches(index, path, basename: basename, isDirectory: isDirectory)
      {
        return index
      }
      index -= 1
    }
    return nil
  }
}

extension RuleChain {
  /// The pattern that would leave out the entry at `path`, counted from the work tree's top, if no `!`
  /// pattern brought it back; nil where none matches.
  package func exclusion(_ path: Span<UInt8>, basename: Int, isDirectory: Bool) -> Verdict? {
    let index = list.lastExclusion(
      path.extracting(baseCount...), basename: basename - baseCount, isDirectory: isDirectory)
    if let index { return Verdict(list: list, index: index) }
    return parent?.exclusion(path, basename: basename, isDirectory: isDirectory)
  }
}
