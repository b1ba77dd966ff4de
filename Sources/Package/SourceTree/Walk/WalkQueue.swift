// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import IgnoreRules
internal import Synchronization
internal import SystemIO

/// The directories that are still to be scanned, and what the threads that scan them found out.
final class WalkQueue: Sendable {
  /// How many directories a thread takes at a time, at the most.
  private static let batchLimit = 32

  private struct State {
    var directories: [WalkedDirectory] = []
    var working = 0
    var failure: SourceTreeError?
    var warnings: [WalkWarning] = []
    var rules: [Rule] = []
    var ruleNumbers: [RuleKey: Int32] = [:]
    var entryCount = 0
    var nameBytes = 0
  }

  /// What makes two rules the same.
  private struct RuleKey: Hashable {
    let list: ObjectIdentifier?
    let line: Int
    let isTracked: Bool
  }

  /// How many directories are shown by symbolic links, at the most: a dozen directories of ten links each to
  /// the next show more than any disk holds.
  private static let linkedLimit = 100_000

  private let state = Monitor(State())
  private let linkedCount = Atomic<Int>(0)

  /// Counts a directory that is reached through a link; false where there are too many of them.
  func countLinked() -> Bool {
    linkedCount.add(1, ordering: .relaxed).newValue <= Self.linkedLimit
  }

  /// Takes in the directory that a walk begins with.
  func begin(with first: WalkedDirectory) { state.withLock { $0.directories.append(first) } }

  /// Moves the next directories to scan, the ones found last, into `batch`; none when all is done or
  /// something has gone wrong. Waits while others may still find more.
  ///
  /// Several at a time, where there are enough for everybody: what siblings share stays in one processor's
  /// cache.
  func next(into batch: inout [WalkedDirectory]) {
    let taken = state.wait { state -> [WalkedDirectory]? in
      if state.failure != nil { return [] }
      if state.directories.isEmpty { return state.working == 0 ? [] : nil }
      let count = max(1, min(Self.batchLimit, state.directories.count / 4))
      let taken = Array(state.directories.suffix(count))
      state.directories.removeLast(count)
      state.working += count
      return taken
    }
    batch = taken
  }

  /// Directories that have been scanned, and that the queue has not been told of.
  struct Progress {
    var directories = 0
    var entries = 0
    var nameBytes = 0
  }

  /// Takes notice of what has been scanned, and takes in `subdirectories`. Returns how many directories wait
  /// now.
  func finished(_ progress: inout Progress, with subdirectories: [WalkedDirectory]) -> Int {
    let waiting = state.withLock { state in
      state.directories.append(contentsOf: subdirectories.reversed())
      state.entryCount += progress.entries
      state.nameBytes += progress.nameBytes
      state.working -= progress.directories
      return state.directories.count
    }
    progress = Progress()
    state.wakeAll()
    return waiting
  }

  /// Ends the walk, for a thread that has `directories` in hand. Of several failures the one whose path comes
  /// first is kept.
  func failed(_ failure: SourceTreeError, with directories: Int) {
    state.withLock { state in
      state.working -= directories
      if let known = state.failure, known.path.lexicographicallyPrecedes(failure.path) { return }
      state.failure = failure
    }
    state.wakeAll()
  }

  func warn(_ warning: WalkWarning) { state.withLock { $0.warnings.append(warning) } }

  /// The number of `rule`, the same for the same rule.
  func number(of rule: Rule) -> Int32 {
    let key =
      switch rule {
      case .pattern(let verdict):
        RuleKey(list: ObjectIdentifier(verdict.list), line: verdict.index, isTracked: false)
      case .tracked(let verdict):
        RuleKey(list: ObjectIdentifier(verdict.list), line: verdict.index, isTracked: true)
      case .always: RuleKey(list: nil, line: 0, isTracked: false)
      case .output: RuleKey(list: nil, line: 1, isTracked: false)
      case .worktree: RuleKey(list: nil, line: 2, isTracked: false)
      case .fixedName: RuleKey(list: nil, line: 3, isTracked: false)
      case .unreached: RuleKey(list: nil, line: 4, isTracked: false)
      case .displaced: RuleKey(list: nil, line: 5, isTracked: false)
      }
    return state.withLock { state in
      if let number = state.ruleNumbers[key] { return number }
      let number = Int32(state.rules.count)
      state.rules.append(rule)
      state.ruleNumbers[key] = number
      return number
    }
  }

  /// Puts what the walk found out beside the tree itself into `plan`, once it has ended, and makes room for
  /// the tree.
  func finish(into plan: inout Plan) throws(SourceTreeError) {
    try state.withLock { state throws(SourceTreeError) in
      if let failure = state.failure { throw failure }
      plan.rules = state.rules
      // Several repositories may have the same to say, as of the user's configuration.
      for warning in state.warnings.sorted(by: { $0.path.lexicographicallyPrecedes($1.path) })
      where !plan.warnings.reversed().prefix(while: { $0.path == warning.path }).contains(warning) {
        plan.warnings.append(warning)
      }
      plan.entries.reserveCapacity(state.entryCount)
      plan.names.reserveCapacity(state.nameBytes)
    }
  }
}
