// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Synchronization

/// A wish to stop, made once, from any thread, and looked at by whoever does long work.
package final class CancellationFlag: Sendable {
  private let flag = Atomic<Bool>(false)

  /// Nobody wishes to stop yet.
  package init() {}

  /// Whether somebody has asked to stop.
  package var isCancelled: Bool { flag.load(ordering: .relaxed) }

  /// Asks to stop.
  package func cancel() { flag.store(true, ordering: .relaxed) }
}
