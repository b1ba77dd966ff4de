// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import SourceTree
internal import SystemIO

/// A plan as a tree, each directory with what it holds:
///
/// ```
///  206 bytes  ./ (5 files)
///   61 bytes    .actor/ (1 file)
///   61 bytes      actor.json
/// ```
struct TreeListing {
  private let plan: Plan
  private let totals: PlanTotals
  private let tree: [(index: Int, depth: Int)]

  /// A tree in the order `order`, as deep as `depth`; nil for all of it.
  init(_ plan: Plan, order: PlanOrder, depth: Int?) {
    self.plan = plan
    totals = PlanTotals(plan)
    tree = order.tree(of: plan, totals, limit: depth)
  }

  func write(to output: inout StandardOutput) throws(SystemError) {
    let top = Quantity.of(totals.allFiles, "file")
    try output.write(text: Self.line(totals.allBytes, "./ (\(top))"))
    for (index, depth) in tree {
      let indent = String(repeating: "  ", count: depth)
      var name = indent + TerminalText.of(plan.name(of: index))
      if plan.entries[index].isDirectory { name += "/ (\(Quantity.of(totals.files[index], "file")))" }
      try output.write(text: Self.line(totals.bytes[index], name))
    }
  }

  private static func line(_ bytes: Int, _ text: String) -> String {
    let size = Quantity.bytes(bytes)
    return String(repeating: " ", count: max(0, 10 - size.utf8.count)) + size + "  " + text + "\n"
  }
}
