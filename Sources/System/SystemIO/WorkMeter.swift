// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Synchronization

/// Counts what long work has done so far: the work adds, and who shows it reads from another thread.
package final class WorkMeter: Sendable {
  private let total = Atomic<Int>(0)

  package init() {}

  /// What has been added so far.
  package var count: Int { total.load(ordering: .relaxed) }

  package func add(_ count: Int) { total.wrappingAdd(count, ordering: .relaxed) }
}
