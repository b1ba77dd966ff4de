// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Synchronization

/// The state behind a lock, and written down after each change where there is a directory for it.
final class PlatformStore: Sendable {
  private let state: Mutex<PlatformState>
  private let directory: DataDirectory?
  /// Notified after each change.
  let signal = ChangeSignal()

  init(_ state: PlatformState, directory: DataDirectory?) {
    self.state = Mutex(state)
    self.directory = directory
  }

  func read<Outcome: Sendable, Failure: Error>(
    _ body: (PlatformState) throws(Failure) -> Outcome
  ) throws(Failure) -> Outcome {
    try state.withLock { state throws(Failure) in try body(state) }
  }

  /// Runs a change as a whole: when it throws, or can't be written down, nothing has happened.
  @discardableResult
  func update<Outcome: Sendable>(
    _ body: (inout PlatformState) throws(PlatformError) -> Outcome
  ) throws(PlatformError) -> Outcome {
    let outcome = try state.withLock { state throws(PlatformError) in
      var changed = state
      let outcome = try body(&changed)
      do {
        for id in changed.changedActors.sorted() {
          if let actor = changed.actors[id] { try directory?.save(actor) }
        }
        for id in changed.changedBuilds.sorted() {
          if let build = changed.builds[id] { try directory?.save(build) }
        }
        if changed.haveStoresChanged { try directory?.save(changed.stores.values.sorted { $0.id < $1.id }) }
      } catch {
        throw .internalError("The change could not be written down: \(error)")
      }
      changed.changedActors = []
      changed.changedBuilds = []
      changed.haveStoresChanged = false
      state = changed
      return outcome
    }
    signal.notify()
    return outcome
  }
}
