// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Synchronization

/// Cancels long work: set once, from any thread, and looked at by the work between its steps.
package final class CancellationFlag: Sendable {
  private let flag = Atomic<Bool>(false)
  private let parent: CancellationFlag?

  /// A flag that is not set.
  ///
  /// - Parameter parent: a flag that counts as this one when it is set; setting this one leaves it alone.
  package init(after parent: CancellationFlag? = nil) { self.parent = parent }

  /// Whether the flag, or one that it comes after, is set.
  package var isCancelled: Bool { flag.load(ordering: .relaxed) || parent?.isCancelled == true }

  /// Sets the flag.
  package func cancel() { flag.store(true, ordering: .relaxed) }
}
