// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Git
internal import IgnoreRules

extension InclusionRules {
  /// The pattern by which an entry of `.actor` is left out all the same; nil for none.
  ///
  /// `.actor` is in although a pattern as `.*` or `*` matches it; but who has written `*.key` or
  /// `.actor/notes.md` means those files. What git tracks stays in, as everywhere, and so does actor.json.
  func leftOutByName(
    _ path: Span<UInt8>, basename: Int, isDirectory: Bool, context: DirectoryContext
  ) -> Verdict? {
    let own = path.extracting(rootStart...)
    if own.equals(configuration) { return nil }
    if let actorRules,
      let line = actorRules.lastMatch(own, basename: basename - rootStart, isDirectory: isDirectory)
    {
      let verdict = Verdict(list: actorRules, index: line)
      return verdict.excludes && verdict.pattern.isNaming ? verdict : nil
    }
    if context.isAllTracked { return nil }
    let relative = path.extracting(context.worktreeStart...)
    let name = basename - context.worktreeStart
    guard let verdict = context.chain?.verdict(relative, basename: name, isDirectory: isDirectory),
      verdict.excludes, verdict.pattern.isNaming
    else { return nil }
    guard let tracked = context.repository?.tracked else { return verdict }
    let isTracked =
      isDirectory
      ? tracked.containsDirectory(relative) || tracked.containsSubmodule(relative)
      : tracked.containsFile(relative)
    return isTracked ? nil : verdict
  }
}
