// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import SourceTree
internal import Synchronization

/// The directories that the packages of several Actors are made of, each walked once.
package final class SharedTrees: Sendable {
  private let plans = Mutex<[[UInt8]: Plan?]>([:])

  /// Trees that are walked when they are first asked for.
  package init() {}

  /// What `root` holds, in and out of what an Actor reaches; nil where each Actor walks for itself, because
  /// something there is refused, or worth a warning: that is told of those that reach it. Blocks.
  func plan(of root: [UInt8], _ options: WalkOptions) -> Plan? {
    plans.withLock { plans in
      if let known = plans[root] { return known }
      var options = options
      options.scope = nil
      let plan = (try? Walk.plan(root, options: options)).flatMap { $0.warnings.isEmpty ? $0 : nil }
      plans[root] = .some(plan)
      return plan
    }
  }
}
