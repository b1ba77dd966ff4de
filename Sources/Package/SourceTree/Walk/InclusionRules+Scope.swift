// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

extension InclusionRules {
  /// Decides as `decide` does, within `scope`.
  func decide(
    _ path: Span<UInt8>, basename: Int, isDirectory: Bool, context: DirectoryContext, in scope: PackageScope
  ) -> Decision {
    var relative: [UInt8] = []
    for index in rootStart..<path.count { relative.append(path[index]) }
    if relative == FixedRules.actor, scope.actor != FixedRules.actor {
      return Decision(outcome: .excluded, rule: .displaced)
    }
    let reach = scope.reach(relative)
    if reach == .none { return Decision(outcome: .excluded, rule: .unreached) }
    var decision = decideWhole(path, basename: basename, isDirectory: isDirectory, context: context)
    guard reach == .below, decision.outcome != .excluded else { return decision }
    // A directory is in for what is wanted below it.
    decision.outcome = isDirectory ? .entered : .excluded
    decision.rule = .unreached
    return decision
  }
}
