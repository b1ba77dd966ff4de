// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Git
internal import IgnoreRules

/// What decides about the things in one directory.
struct DirectoryContext {
  /// The ignore files that git would ask, the directory's own first.
  var chain: RuleChain?
  /// The repository whose work tree the directory lies in.
  var repository: Repository?
  /// Whether git tracks all there is, as in a commit.
  var isAllTracked = false
  /// Where paths relative to that work tree begin in anchored paths (`InclusionRules`).
  var worktreeStart = 0
  /// The rule by which git leaves out the directory: only what it tracks stays in, and what .actorignore
  /// brings back.
  var gitExclusion: Verdict?
  /// The line of .actorignore that decides about the directory, by its index.
  var actorLine: Int?
  /// Whether everything below is in, but for what is left out by name: the directory lies in `.actor`.
  var isAlwaysIn = false
  /// Whether all in it is left out by the name of a directory above, but for what .actorignore brings back.
  var isFixedOut = false
  /// Whether the directory is in only if something below it is.
  var isConditional = false

  /// What decides in a directory in this one, which was let in by `decision`.
  func entering(by decision: InclusionRules.Decision) -> DirectoryContext {
    var context = self
    context.gitExclusion = decision.gitExclusion
    context.actorLine = decision.actorLine
    context.isAlwaysIn = decision.isAlwaysIn
    context.isFixedOut = decision.isFixedOut
    context.isConditional = decision.outcome == .entered
    return context
  }
}
