// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

package import PlatformModel
internal import Synchronization

/// The state behind a lock, written after each change where there is a directory for it.
package final class PlatformStore: Sendable {
  private let state: Mutex<PlatformState>
  private let directory: DataDirectory?
  /// Notified after each change.
  package let signal = ChangeSignal()

  /// A store of `state`, in memory only.
  package convenience init(_ state: PlatformState) { self.init(state, directory: nil) }

  init(_ state: PlatformState, directory: DataDirectory?) {
    self.state = Mutex(state)
    self.directory = directory
  }

  /// Calls `body` with the state as it is.
  package func read<Outcome: Sendable, Failure: Error>(
    _ body: (PlatformState) throws(Failure) -> Outcome
  ) throws(Failure) -> Outcome {
    try state.withLock { state throws(Failure) in try body(state) }
  }

  /// Carries out a change as a whole: if it throws, or cannot be written, nothing has happened.
  @discardableResult
  package func update<Outcome: Sendable>(
    _ body: (inout PlatformState) throws(PlatformError) -> Outcome
  ) throws(PlatformError) -> Outcome {
    let outcome = try state.withLock { state throws(PlatformError) in
      var changed = state
      let outcome = try body(&changed)
      let changes = changed.takeChanges()
      do {
        try directory?.save(changes, of: changed)
      } catch {
        throw .internalError("The change could not be written down: \(error)")
      }
      state = changed
      return outcome
    }
    signal.notify()
    return outcome
  }
}
