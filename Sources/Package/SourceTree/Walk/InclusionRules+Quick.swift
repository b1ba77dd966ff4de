// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import IgnoreRules

extension InclusionRules {
  /// What can be told of nearly all entries without a look at rules and index, and without a reference
  /// counted to what all threads share.
  enum QuickDecision {
    case included
    case excluded
    /// `decide` must be asked.
    case unclear
  }

  /// Whether `quickDecision` has a chance in a directory with `context` whose entries' names begin at
  /// `basename`.
  func allowsQuickDecisions(_ context: DirectoryContext, basename: Int) -> Bool {
    actorRules == nil && scope == nil && !givesReasons && basename != rootStart
      && context.gitExclusion == nil && !context.isAlwaysIn
  }

  /// Decides about an entry as `decide` does, where that is plain.
  ///
  /// - Parameter tracking: what is known of the directory's tracked files, from one of its entries to the
  ///   next.
  func quickDecision(
    _ path: Span<UInt8>, basename: Int, isDirectory: Bool, context: DirectoryContext,
    _ tracking: inout DirectoryTracking
  ) -> QuickDecision {
    if isFixed(path, basename: basename) { return .unclear }
    let start = context.worktreeStart
    let excludes = context.chain?.excludes(
      path.extracting(start...), basename: basename - start, isDirectory: isDirectory)
    guard let excludes else { return .included }
    return excludes && tracking.isEmpty(path.extracting(..<basename), context) ? .excluded : .unclear
  }

  /// Whether a file of a directory in which git tracks all, and which allows quick decisions, is in without a
  /// rule; false where `decide` must be asked.
  func isPlainlyIn(_ path: Span<UInt8>, basename: Int, context: DirectoryContext) -> Bool {
    if isFixed(path, basename: basename) { return false }
    guard let chain = context.chain else { return true }
    let start = context.worktreeStart
    let excludes = chain.excludes(
      path.extracting(start...), basename: basename - start, isDirectory: false)
    return excludes == nil
  }

  /// Whether the entry is left out whatever the rules say.
  private func isFixed(_ path: Span<UInt8>, basename: Int) -> Bool {
    if path.count == basename + 4, path[basename] == UInt8(ascii: "."),
      path.extracting(basename...).equals(FixedRules.repository)
    {
      return true
    }
    if let output { return path.equals(output) }
    return false
  }
}
