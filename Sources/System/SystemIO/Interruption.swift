// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Synchronization

/// A wish to stop, made once, from any thread, and looked at by whoever does long work.
package final class Interruption: Sendable {
  private let flag = Atomic<Bool>(false)

  /// Nobody wishes to stop yet.
  package init() {}

  /// Whether somebody has asked to stop.
  package var isRequested: Bool { flag.load(ordering: .relaxed) }

  /// Asks to stop.
  package func request() { flag.store(true, ordering: .relaxed) }
}
