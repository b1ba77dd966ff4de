// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Synchronization
internal import SystemIO

/// One line on a terminal that says how far a long job is; gone when the job is done, and never shown for a
/// short one.
final class ProgressLine: Sendable {
  private struct State {
    var isShown = false
    var next: ContinuousClock.Instant
  }

  private let console: Console
  private let verb: String
  private let state: Mutex<State>

  /// A line that begins with `verb`: "packing".
  init(_ verb: String, console: Console) {
    self.verb = verb
    self.console = console
    state = Mutex(State(next: .now + .milliseconds(300)))
  }

  /// Shows that `bytes` are done, of `total` where that is known.
  func update(bytes: Int, of total: Int? = nil) {
    guard console.isWatched, console.level >= .normal else { return }
    state.withLock { state in
      let now = ContinuousClock.now
      guard now >= state.next else { return }
      state.next = now + .milliseconds(100)
      state.isShown = true
      let share = total.map { " of \(Quantity.bytes($0))" } ?? ""
      console.write("\r\u{1B}[K\(verb) \(Quantity.bytes(bytes))\(share)")
    }
  }

  /// Takes the line away.
  func finish() {
    state.withLock { state in
      if state.isShown { console.write("\r\u{1B}[K") }
      state.isShown = false
    }
  }
}
