// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// The ignore files that reach into one directory of a work tree: its own, if it has one, and the chain of
/// those above it. One object a directory with an ignore file, shared by all directories below and between
/// threads.
package final class RuleChain: Sendable {
  package let list: PatternList
  /// How many bytes of a path, counted from the work tree's top, lie before what the patterns are relative
  /// to: the length of the ignore file's directory with its "/", 0 at the top.
  package let baseCount: Int
  /// What is asked when this link has no answer: ignore files further up, then info/exclude, then
  /// core.excludesFile.
  package let parent: RuleChain?

  package init(_ list: PatternList, baseCount: Int, parent: RuleChain?) {
    self.list = list
    self.baseCount = baseCount
    self.parent = parent
  }

  /// The pattern that decides about the entry at `path`, counted from the work tree's top; nil where no
  /// pattern matches. That no directory above it is left out is the caller's to know.
  package func verdict(_ path: Span<UInt8>, basename: Int, isDirectory: Bool) -> Verdict? {
    let relative = path.extracting(baseCount...)
    if let index = list.lastMatch(relative, basename: basename - baseCount, isDirectory: isDirectory) {
      return Verdict(list: list, index: index)
    }
    // Not a loop: that would count references to links that all threads share, for each name.
    return parent?.verdict(path, basename: basename, isDirectory: isDirectory)
  }
}

extension RuleChain {
  /// Whether the pattern that decides about the entry at `path` leaves it out; nil where no pattern matches.
  /// The same as `verdict`, without naming the pattern: that would count a reference to what all threads
  /// share, for each name.
  package func excludes(_ path: Span<UInt8>, basename: Int, isDirectory: Bool) -> Bool? {
    excludes(path, basename: basename, isDirectory: isDirectory, ending: PathEnding.word(at: path))
  }

  private func excludes(_ path: Span<UInt8>, basename: Int, isDirectory: Bool, ending: UInt64) -> Bool? {
    let index = list.lastMatch(
      path.extracting(baseCount...), basename: basename - baseCount, isDirectory: isDirectory, ending: ending)
    if let index { return !list.patterns[index].isNegated }
    return parent?.excludes(path, basename: basename, isDirectory: isDirectory, ending: ending)
  }
}

/// A pattern that decided, and the file it stands in.
package struct Verdict: Sendable {
  package let list: PatternList
  package let index: Int

  package init(list: PatternList, index: Int) {
    self.list = list
    self.index = index
  }

  package var pattern: Pattern { list.patterns[index] }
  /// Whether it leaves the entry out; otherwise it brings it back.
  package var excludes: Bool { !pattern.isNegated }
}
