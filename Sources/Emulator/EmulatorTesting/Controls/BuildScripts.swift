// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import PlatformEmulator
internal import PlatformModel
internal import Synchronization

/// The scripts of builds and runs: those that tests have queued, and the one of each build or run.
final class BuildScripts: Sendable {
  private struct Known {
    let script: BuildScript
    /// How often the build is still not found.
    var hidden: Int
    var released: Set<BuildScript.Gate> = []
  }

  private struct State {
    var usual: BuildScript?
    /// For the next builds, one each; of one Actor, by its id or name, or of any.
    var queue: [(script: BuildScript, actor: String?)] = []
    /// For the next runs, one each.
    var runs: [BuildScript] = []
    var known: [String: Known] = [:]
  }

  private let state = Mutex(State())
  private let signal = ChangeSignal()

  func setUsual(_ script: BuildScript) { state.withLock { $0.usual = script } }

  func add(_ scripts: [BuildScript], actor: String?) {
    state.withLock { $0.queue += scripts.map { ($0, actor) } }
  }

  /// Takes the script for the new build `id` of an Actor; nil for as usual.
  func take(for id: String, actorID: String, actorName: String) -> BuildScript? {
    state.withLock { state in
      let index = state.queue.firstIndex { $0.actor == nil || $0.actor == actorID || $0.actor == actorName }
      let script = index.map { state.queue.remove(at: $0).script } ?? state.usual
      state.known[id] = script.map { Known(script: $0, hidden: $0.hiddenFor) }
      return script
    }
  }

  func addRuns(_ scripts: [BuildScript]) { state.withLock { $0.runs += scripts } }

  /// Takes the script for the new run `id`; nil for as usual.
  func takeRun(for id: String) -> BuildScript? {
    state.withLock { state in
      let script = state.runs.isEmpty ? nil : state.runs.removeFirst()
      state.known[id] = script.map { Known(script: $0, hidden: 0) }
      return script
    }
  }

  /// The script of the build or run `id`.
  func script(of id: String) -> BuildScript? {
    state.withLock { $0.known[id]?.script ?? $0.usual }
  }

  /// Returns whether the build `id` is found; the first lookups may miss it.
  func isVisible(_ id: String) -> Bool {
    state.withLock { state in
      guard let known = state.known[id], known.hidden > 0 else { return true }
      state.known[id]?.hidden -= 1
      return false
    }
  }

  /// Lets the build `id` pass `gate`, now or when it gets there.
  func release(_ gate: BuildScript.Gate, of id: String) {
    state.withLock { _ = $0.known[id]?.released.insert(gate) }
    signal.notify()
  }

  /// Waits until the build `id` may pass `gate`. Returns false if the task is cancelled before.
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
