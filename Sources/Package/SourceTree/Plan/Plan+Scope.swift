// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import SystemIO

extension Plan {
  /// What a walk within `scope` gives, taken from this plan of the whole tree.
  ///
  /// - Parameter own: what a walk gives that is limited to the project's own `.actor`: rules of its own hold
  ///   there.
  package func limited(to scope: PackageScope, own: Plan) -> Plan {
    let kept = reached(by: scope)
    var limited = Plan(
      root: root, followsExternalLinks: followsExternalLinks, rootIdentity: rootIdentity)
    limited.rules = rules + own.rules
    var places = [Int32](repeating: -1, count: entries.count)
    var ownPlaces = [Int32](repeating: -1, count: own.entries.count)
    // Two lists in byte order; the directories above `.actor` are in both.
    var (path, ownPath): ([UInt8], [UInt8]) = ([], [])
    var (next, ownNext) = (entries.startIndex, own.entries.startIndex)
    while next < entries.endIndex || ownNext < own.entries.endIndex {
      if next < entries.endIndex {
        guard kept[next] != .none else {
          next += 1
          continue
        }
        self.path(of: next, into: &path)
      }
      if ownNext < own.entries.endIndex { own.path(of: ownNext, into: &ownPath) }
      let isBoth = next < entries.endIndex && ownNext < own.entries.endIndex && path == ownPath
      let isOwn =
        next == entries.endIndex
        || ownNext < own.entries.endIndex && ownPath.lexicographicallyPrecedes(path)
      let place = Int32(limited.entries.count)
      if isOwn || isBoth && kept[next] == .below {
        limited.append(own, ownNext, places: ownPlaces, firstRule: Int32(rules.count))
      } else {
        limited.append(self, next, places: places, isConditional: kept[next] == .below)
      }
      if isOwn || isBoth {
        ownPlaces[ownNext] = place
        ownNext += 1
      }
      if !isOwn {
        places[next] = place
        next += 1
      }
    }
    return limited
  }

  /// How much of each entry `scope` wants: all, or as a directory that holds something of that; nothing of
  /// the project's own `.actor`, nor of what has its place in the package.
  private func reached(by scope: PackageScope) -> [PackageScope.Reach] {
    var kept = [PackageScope.Reach](repeating: .none, count: entries.count)
    // What a walk would not enter is not looked into.
    var entered = [Bool](repeating: false, count: entries.count)
    var path: [UInt8] = []
    for index in entries.indices {
      let parent = Int(entries[index].parent)
      guard parent < 0 || entered[parent] else { continue }
      self.path(of: index, into: &path)
      if Paths.isInside(path, scope.actor) || Paths.isInside(path, FixedRules.actor) { continue }
      let reach = scope.reach(path)
      entered[index] = reach != .none
      guard reach == .all else { continue }
      kept[index] = .all
      var above = parent
      while above >= 0, kept[above] == .none {
        kept[above] = .below
        above = Int(entries[above].parent)
      }
    }
    return kept
  }

  /// Appends the entry of `plan` at `index`; where it is in for what lies in it, without its rule.
  private mutating func append(
    _ plan: Plan, _ index: Int, places: [Int32], isConditional: Bool = false, firstRule: Int32 = 0
  ) {
    let entry = plan.entries[index]
    let start = entry.nameOffset
    let (parent, rule) = (entry.parent, isConditional ? -1 : entry.rule)
    entries.append(
      Entry(
        entry, parent: parent < 0 ? -1 : places[Int(parent)], rule: rule < 0 ? -1 : rule + firstRule,
        nameOffset: names.count))
    // With the NUL at its end.
    names.append(contentsOf: plan.names[start...(start + Int(entry.nameCount))])
  }
}
