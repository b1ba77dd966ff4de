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
  private let total: Int?
  private let state: Mutex<State>

  /// A line that begins with `verb`: "packing". With a `total` of bytes it says how much of it is done.
  init(_ verb: String, console: Console, total: Int? = nil) {
    self.verb = verb
    self.total = total
    self.console = console
    state = Mutex(State(next: .now + .milliseconds(300)))
  }

  /// Says that `bytes` are done.
  func update(bytes: Int) {
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
