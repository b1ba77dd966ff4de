// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import POSIX
internal import Synchronization

/// One line on a terminal that says how far a long job is; gone when the job is done, and never shown for a
/// short one.
final class ProgressLine: Sendable {
  private struct State {
    var isShown = false
    var next: ContinuousClock.Instant
  }

  private let talk: Talk
  private let verb: String
  private let state: Mutex<State>

  /// A line that begins with `verb`: "packing".
  init(_ verb: String, talk: Talk) {
    self.verb = verb
    self.talk = talk
    state = Mutex(State(next: .now + .milliseconds(300)))
  }

  /// Says that `bytes` are done.
  func update(bytes: Int) {
    guard talk.isWatched, talk.level >= .normal else { return }
    state.withLock { state in
      let now = ContinuousClock.now
      guard now >= state.next else { return }
      state.next = now + .milliseconds(100)
      state.isShown = true
      talk.write("\r\u{1B}[K\(verb) \(Counts.bytes(bytes))")
    }
  }

  /// Takes the line away.
  func finish() {
    state.withLock { state in
      if state.isShown { talk.write("\r\u{1B}[K") }
      state.isShown = false
    }
  }
}
