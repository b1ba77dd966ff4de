// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Git
internal import IgnoreRules

/// Decides what is in and what is out: git's rules, then .actorignore, then the fixed names; the later wins.
///
/// Paths come *anchored*: counted from the top of the work tree that holds the project directory, so that one
/// text of bytes serves the patterns of parent directories, those of nested repositories and .actorignore,
/// each from its own beginning.
final class InclusionRules: Sendable {
  /// The lines of .actorignore at the project directory, and behind them those of the Actor's directory
  /// where that lies below.
  let actorRules: PatternList?
  /// Where paths relative to the project directory begin in anchored ones.
  let rootStart: Int
  /// The anchored path of the file that the package is written to.
  let output: [UInt8]?
  /// Whether it matters why something is left out.
  let givesReasons: Bool
  /// What the package is limited to; nil for no limit.
  let scope: PackageScope?
  /// The path of the project's `.actor`, relative to the project directory, and of the files in it that have
  /// rules of their own.
  let actor: [UInt8]
  let configuration: [UInt8]
  let provenance: [UInt8]
  /// The path of the Actor's directory, relative to the project directory, with a "/" at its end; nil where
  /// it is that.
  private let actorTop: [UInt8]?

  init(
    actorRules: PatternList?, rootStart: Int, output: [UInt8]?, givesReasons: Bool, scope: PackageScope?
  ) {
    self.actorRules = actorRules
    self.rootStart = rootStart
    self.output = output
    self.givesReasons = givesReasons
    self.scope = scope
    actor = scope?.actor ?? FixedRules.actor
    configuration = actor + FixedRules.configuration.dropFirst(FixedRules.actor.count)
    provenance = actor + FixedRules.provenance.dropFirst(FixedRules.actor.count)
    actorTop = scope?.actorDirectory.map { $0 + [UInt8(ascii: "/")] }
  }

  /// What becomes of an entry.
  enum Outcome {
    /// It is in; a directory is walked.
    case included
    /// It is out; a directory is not entered.
    case excluded
    /// A directory that is out, but something below may be in.
    case entered
  }

  /// The outcome, why, and for a directory what to decide by inside of it.
  struct Decision {
    var outcome: Outcome
    var rule: Rule?
    var gitExclusion: Verdict?
    var actorLine: Int?
    var isAlwaysIn = false
    var isFixedOut = false
  }

  /// Decides about the entry at `path`, anchored, whose last component begins at `basename`, in a directory
  /// with `context`.
  func decide(_ path: Span<UInt8>, basename: Int, isDirectory: Bool, context: DirectoryContext) -> Decision {
    if let scope, !context.isAlwaysIn {
      return decide(path, basename: basename, isDirectory: isDirectory, context: context, in: scope)
    }
    return decideWhole(path, basename: basename, isDirectory: isDirectory, context: context)
  }

  /// The same, whatever the package is limited to.
  func decideWhole(
    _ path: Span<UInt8>, basename: Int, isDirectory: Bool, context: DirectoryContext
  ) -> Decision {
    let name = path.extracting(basename...)
    if name.equals(FixedRules.repository) { return Decision(outcome: .excluded, rule: .always) }
    if let output, path.equals(output) {
      return Decision(outcome: .excluded, rule: .output)
    }
    if context.isAlwaysIn {
      if path.extracting(rootStart...).equals(provenance) {
        return Decision(outcome: .excluded, rule: .always)
      }
      if let verdict = leftOutByName(path, basename: basename, isDirectory: isDirectory, context: context) {
        return Decision(outcome: .excluded, rule: .pattern(verdict))
      }
      return Decision(outcome: .included, rule: nil, isAlwaysIn: true)
    }
    if isDirectory, path.extracting(rootStart...).equals(actor) {
      return Decision(outcome: .included, rule: .always, isAlwaysIn: true)
    }
    if isAtTop(path, basename: basename) {
      for fixed in FixedRules.outAtTop where name.equals(fixed) {
        return decideFixed(fixed, path, basename: basename, isDirectory: isDirectory, context: context)
      }
    }
    if let decision = decideByActorRules(path, basename: basename, isDirectory: isDirectory, context: context)
    {
      return decision
    }
    if context.isFixedOut { return leftOut(path, isDirectory: isDirectory) }
    return decideByGit(path, basename: basename, isDirectory: isDirectory, context: context)
  }

  /// The paths of what is left out by its name alone, relative to the project directory, as far as they are
  /// wanted.
  var fixedPaths: [[UInt8]] {
    let inActor = actorTop.map { top in FixedRules.outAtTop.map { top + $0 } } ?? []
    return (FixedRules.outAtTop + inActor).filter { scope?.reach($0) != PackageScope.Reach.none }
  }

  /// Whether the entry lies at the top of the project directory, or of the Actor's.
  func isAtTop(_ path: Span<UInt8>, basename: Int) -> Bool {
    if basename == rootStart { return true }
    guard let actorTop else { return false }
    return path.extracting(rootStart..<basename).equals(actorTop)
  }

  /// The last line of .actorignore that matches the entry or a directory above it decides; nil where none
  /// does.
  func decideByActorRules(
    _ path: Span<UInt8>, basename: Int, isDirectory: Bool, context: DirectoryContext
  ) -> Decision? {
    guard let actorRules else { return nil }
    let relative = path.extracting(rootStart...)
    let own = actorRules.lastMatch(relative, basename: basename - rootStart, isDirectory: isDirectory)
    guard let line = [own, context.actorLine].compactMap(\.self).max() else { return nil }
    let verdict = Verdict(list: actorRules, index: line)
    var decision = Decision(outcome: .included, rule: .pattern(verdict), actorLine: line)
    decision.gitExclusion = context.gitExclusion
    if verdict.excludes {
      let reachesBelow = isDirectory && actorRules.mayBringBack(below: relative, after: line)
      decision.outcome = reachesBelow ? .entered : .excluded
    } else if own == nil {
      // What a directory above brought in needs no word of its own.
      decision.rule = nil
    }
    return decision
  }

  /// The last pattern of git's ignore files that matches decides, unless git tracks the entry.
  func decideByGit(
    _ path: Span<UInt8>, basename: Int, isDirectory: Bool, context: DirectoryContext
  ) -> Decision {
    let relative = path.extracting(context.worktreeStart...)
    let name = basename - context.worktreeStart
    let verdict =
      context.gitExclusion ?? context.chain?.verdict(relative, basename: name, isDirectory: isDirectory)
    guard let verdict else { return Decision(outcome: .included, rule: nil) }
    guard verdict.excludes else { return Decision(outcome: .included, rule: .pattern(verdict)) }
    if context.isAllTracked {
      return isDirectory
        ? Decision(outcome: .entered, rule: .pattern(verdict), gitExclusion: verdict)
        : Decision(outcome: .included, rule: .tracked(verdict))
    }
    if let repository = context.repository {
      if isDirectory
        ? repository.tracked.containsSubmodule(relative) : repository.tracked.containsFile(relative)
      {
        return Decision(outcome: .included, rule: .tracked(verdict))
      }
      if isDirectory, repository.tracked.containsDirectory(relative) {
        return Decision(outcome: .entered, rule: .pattern(verdict), gitExclusion: verdict)
      }
    }
    if isDirectory, let actorRules,
      actorRules.mayBringBack(below: path.extracting(rootStart...), after: nil)
    {
      return Decision(outcome: .entered, rule: .pattern(verdict), gitExclusion: verdict)
    }
    return Decision(outcome: .excluded, rule: .pattern(verdict))
  }
}

extension Span<UInt8> {
  /// Whether it holds the bytes of `other`.
  func equals(_ other: [UInt8]) -> Bool {
    guard count == other.count else { return false }
    for index in indices where self[index] != other[index] { return false }
    return true
  }
}
