// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Synchronization

/// How builds are to go: what tests have queued, and what became of it for each build.
final class BuildScripts: Sendable {
  private struct Known {
    let script: BuildScript
    /// How often it still is not found.
    var hidden: Int
    var released: Set<BuildScript.Gate> = []
  }

  private struct State {
    var usual: BuildScript
    /// For the next builds, one each; of one Actor, by its id or name, or of any.
    var queue: [(script: BuildScript, actor: String?)] = []
    var known: [String: Known] = [:]
  }

  private let state: Mutex<State>
  private let signal = ChangeSignal()

  init(usual: BuildScript) { state = Mutex(State(usual: usual)) }

  func setUsual(_ script: BuildScript) { state.withLock { $0.usual = script } }

  func add(_ scripts: [BuildScript], actor: String?) {
    state.withLock { $0.queue += scripts.map { ($0, actor) } }
  }

  /// Takes the script for the new build `id` of an Actor.
  func take(for id: String, actorID: String, actorName: String) -> BuildScript {
    state.withLock { state in
      let index = state.queue.firstIndex { $0.actor == nil || $0.actor == actorID || $0.actor == actorName }
      let script = index.map { state.queue.remove(at: $0).script } ?? state.usual
      state.known[id] = Known(script: script, hidden: script.hiddenFor)
      return script
    }
  }

  /// How the build `id` goes.
  func script(of id: String) -> BuildScript { state.withLock { $0.known[id]?.script ?? $0.usual } }

  /// Whether the build `id` is to be found; it may take some tries.
  func isVisible(_ id: String) -> Bool {
    state.withLock { state in
      guard let known = state.known[id], known.hidden > 0 else { return true }
      state.known[id]?.hidden -= 1
      return false
    }
  }

  /// Lets the build `id` pass `gate`, whether it is there already or not.
  func release(_ gate: BuildScript.Gate, of id: String) {
    state.withLock { _ = $0.known[id]?.released.insert(gate) }
    signal.notify()
  }

  /// Waits until the build `id` may pass `gate`; false where the task is cancelled before.
  func pass(_ gate: BuildScript.Gate, of id: String) async -> Bool {
    await signal.wait(for: { isOpen(gate, of: id) ? true : nil }) ?? false
  }

  func isOpen(_ gate: BuildScript.Gate, of id: String) -> Bool {
    state.withLock { state in
      guard let known = state.known[id] else { return true }
      return !known.script.gates.contains(gate) || known.released.contains(gate)
    }
  }
}
