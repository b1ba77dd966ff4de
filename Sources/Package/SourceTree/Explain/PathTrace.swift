// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Git
internal import IgnoreRules

/// What has spoken about a path on the way down to it, layer by layer: `InclusionRules` keeps only what
/// decides.
struct PathTrace {
  /// A component of the path that is asked about.
  struct Component {
    /// The path up to it, relative to the project directory.
    let path: [UInt8]
    /// The same, counted from the top of the work tree.
    let anchored: [UInt8]
    /// Where its name begins in `anchored`.
    let basename: Int
    let isDirectory: Bool
  }

  private var git: [PathVerdict.Reason] = []
  /// Whether git leaves out a directory above, so that no other pattern of its files counts.
  private var isOutByGit = false
  private var fixed: [PathVerdict.Reason] = []
  private var actor: [PathVerdict.Reason] = []
  private var actorLine: Int?
  /// Whether all is in but for what is left out by name: the path lies in `.actor`.
  private var isAlwaysIn = false

  /// Notes what speaks about `component`, about which `decision` was made in a directory with `context`.
  mutating func note(
    _ component: Component, _ decision: InclusionRules.Decision, _ context: DirectoryContext,
    _ rules: InclusionRules
  ) {
    let path = component.path
    if context.isAlwaysIn {
      isAlwaysIn = true
      if let rule = decision.rule { git.append(.init(.rule(rule), excludes: true, at: path)) }
      return
    }
    if case .always? = decision.rule {
      fixed.append(.init(.rule(.always), excludes: decision.outcome == .excluded, at: path))
      return
    }
    if let rule = decision.rule, Self.isOfScope(rule), decision.outcome == .excluded {
      fixed.append(.init(.rule(rule), excludes: true, at: path))
      return
    }
    if rules.isAtTop(component.anchored.span, basename: component.basename),
      FixedRules.outAtTop.contains(Array(component.anchored[component.basename...]))
    {
      fixed.append(.init(.rule(.fixedName), excludes: true, at: path))
    }
    noteGit(component, decision, context)
    noteActor(component, decision, rules)
  }

  private mutating func noteGit(
    _ component: Component, _ decision: InclusionRules.Decision, _ context: DirectoryContext
  ) {
    let start = context.worktreeStart
    let relative = component.anchored.span.extracting(start...)
    if !isOutByGit,
      let verdict = context.chain?.verdict(
        relative, basename: component.basename - start, isDirectory: component.isDirectory)
    {
      isOutByGit = verdict.excludes
      git = [.init(.rule(.pattern(verdict)), excludes: verdict.excludes, at: component.path)]
      if !verdict.excludes,
        let overruled = context.chain?.exclusion(
          relative, basename: component.basename - start, isDirectory: component.isDirectory)
      {
        git.insert(.init(.rule(.pattern(overruled)), excludes: true, at: component.path), at: 0)
      }
    }
    if case .tracked? = decision.rule, let rule = decision.rule {
      git.append(.init(.rule(rule), excludes: false, at: component.path))
      isOutByGit = false
    }
  }

  private mutating func noteActor(
    _ component: Component, _ decision: InclusionRules.Decision, _ rules: InclusionRules
  ) {
    guard let list = rules.actorRules else { return }
    var line = decision.actorLine
    // A line that only takes back what a name does is not handed down.
    if case .pattern(let verdict)? = decision.rule, verdict.list === list { line = verdict.index }
    guard let line, line != actorLine else { return }
    actorLine = line
    let verdict = Verdict(list: list, index: line)
    let reason = PathVerdict.Reason(
      .rule(.pattern(verdict)), excludes: verdict.excludes, at: component.path)
    if let before = actor.last, before.excludes, !verdict.excludes {
      actor = [before, reason]
    } else if !verdict.excludes, !isOutByGit, fixed.isEmpty,
      let overruled = list.lastExclusion(
        component.anchored.span.extracting(rules.rootStart...),
        basename: component.basename - rules.rootStart, isDirectory: component.isDirectory, before: line)
    {
      let rule = Rule.pattern(Verdict(list: list, index: overruled))
      actor = [.init(.rule(rule), excludes: true, at: component.path), reason]
    } else {
      actor = [reason]
    }
  }

  /// Whether `rule` is none of a name: the package is a part of the directory.
  private static func isOfScope(_ rule: Rule) -> Bool {
    switch rule {
    case .unreached, .displaced: true
    case .pattern, .tracked, .fixedName, .always, .output, .worktree: false
    }
  }

  /// All that has spoken, the layer last that has made `decision`.
  func reasons(_ decision: InclusionRules.Decision, _ rules: InclusionRules) -> [PathVerdict.Reason] {
    if isAlwaysIn { return fixed + git }
    switch decision.rule {
    case .fixedName?: return git + actor + fixed
    case .always? where decision.outcome == .excluded,
      .unreached? where decision.outcome == .excluded, .displaced?:
      return Array(fixed.suffix(1))
    case .always?, .output?, .worktree?, .unreached?: return fixed + git
    case .tracked?: return fixed + actor + git
    case .pattern(let verdict)?:
      return verdict.list === rules.actorRules ? git + fixed + actor : fixed + actor + git
    case nil:
      return decision.actorLine == nil ? fixed + actor + git : git + fixed + actor
    }
  }
}
