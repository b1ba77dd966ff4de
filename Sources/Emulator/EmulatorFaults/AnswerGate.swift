// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import PlatformEmulator
internal import Synchronization

/// Holds answers until a test opens it: what the client does meanwhile can be looked at, or ended.
package final class AnswerGate: Sendable {
  private let state = Mutex((arrivals: 0, isOpen: false))
  private let signal = ChangeSignal()

  package init() {}

  /// How many answers have been held.
  package var arrivals: Int { state.withLock { $0.arrivals } }

  /// Lets the answers go that are held, and all later ones.
  package func open() {
    state.withLock { $0.isOpen = true }
    signal.notify()
  }

  /// Returns once more than `count` answers have been held; false where the task is cancelled before.
  package func isReached(after count: Int) async -> Bool {
    await signal.wait { arrivals > count ? true : nil } ?? false
  }

  /// Waits until the gate is open.
  func pass() async {
    state.withLock { $0.arrivals += 1 }
    signal.notify()
    _ = await signal.wait { state.withLock { $0.isOpen } ? true : nil }
  }
}
