// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import SourceTree

/// Which entries of a plan a listing shows, in which order, and what directories hold.
struct ListingOrder {
  /// Nil for all in the plan's own order.
  let indices: [Int]?
  /// What directories hold, where that is shown.
  let totals: PlanTotals?

  init(_ plan: Plan, _ options: ListOptions) {
    if options.tree {
      let totals = PlanTotals(plan)
      self.totals = totals
      indices = options.sort.tree(of: plan, totals, limit: options.depth).map(\.index)
    } else {
      totals = nil
      indices = options.sort == .name ? nil : options.sort.indices(of: plan)
    }
  }
}
