// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Git
internal import IgnoreRules

extension InclusionRules {
  /// Decides about `name`, which is left out unless a line of .actorignore names it. Such a line only takes
  /// back that rule: in a directory that git does not ignore, git's rules decide about the rest.
  func decideFixed(
    _ name: [UInt8], _ path: Span<UInt8>, basename: Int, isDirectory: Bool, context: DirectoryContext
  ) -> Decision {
    guard let actorRules,
      FixedRules.reincludes(name, actorRules, isNested: basename != rootStart)
        || isNamed(path, basename: basename, isDirectory: isDirectory, by: actorRules)
    else {
      return Decision(outcome: .excluded, rule: .fixedName)
    }
    guard
      let decision = decideByActorRules(path, basename: basename, isDirectory: isDirectory, context: context)
    else { return leftOut(path, isDirectory: isDirectory) }
    guard decision.outcome == .included else { return decision }
    let byGit = decideByGit(path, basename: basename, isDirectory: isDirectory, context: context)
    return byGit.outcome == .included ? Decision(outcome: .included, rule: decision.rule) : decision
  }

  /// Whether the last line of `list` that matches the entry, which lies at the top of the Actor's directory,
  /// brings it back by its path.
  private func isNamed(
    _ path: Span<UInt8>, basename: Int, isDirectory: Bool, by list: PatternList
  ) -> Bool {
    guard basename != rootStart,
      let line = list.lastMatch(
        path.extracting(rootStart...), basename: basename - rootStart, isDirectory: isDirectory)
    else { return false }
    return list.patterns[line].isNegated && !list.patterns[line].isBasename
  }

  /// The decision about what is left out by its name or that of a directory above it.
  func leftOut(_ path: Span<UInt8>, isDirectory: Bool) -> Decision {
    let reaches = actorRules?.mayBringBack(below: path.extracting(rootStart...), after: nil) ?? false
    return Decision(
      outcome: isDirectory && reaches ? .entered : .excluded, rule: .fixedName, isFixedOut: true)
  }

  /// Whether something below `path`, an anchored directory that is left out, is wanted by its path: git
  /// tracks it, or a line of .actorignore with a "/" names it.
  func isWanted(below path: Span<UInt8>, _ context: DirectoryContext) -> Bool {
    if !context.isFixedOut, let tracked = context.repository?.tracked,
      tracked.containsDirectory(path.extracting(context.worktreeStart...))
    {
      return true
    }
    return actorRules?.mayBringBack(below: path.extracting(rootStart...), after: nil, byPath: true) ?? false
  }
}
