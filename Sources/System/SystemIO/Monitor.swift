// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// State behind a lock that threads can also wait on: a mutex with a condition variable
/// (pthread_cond_wait(3)).
@safe package final class Monitor<State>: @unchecked Sendable {
  // The addresses of a mutex and a condition must not change: both live on the heap.
  private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let condition = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
  private var state: State

  package init(_ state: sending State) {
    self.state = state
    // SAFETY: fresh memory of the right type, destroyed by deinit.
    unsafe mutex.initialize(to: pthread_mutex_t())
    unsafe condition.initialize(to: pthread_cond_t())
    unsafe pthread_mutex_init(mutex, nil)
    unsafe pthread_cond_init(condition, nil)
  }

  deinit {
    unsafe pthread_cond_destroy(condition)
    unsafe pthread_mutex_destroy(mutex)
    unsafe condition.deallocate()
    unsafe mutex.deallocate()
  }

  /// Runs `body` with exclusive access to the state.
  package func withLock<Outcome, Failure: Error>(
    _ body: (inout State) throws(Failure) -> Outcome
  ) throws(Failure) -> Outcome {
    // SAFETY: initialised by init; unlocked on every way out.
    unsafe pthread_mutex_lock(mutex)
    defer { unsafe pthread_mutex_unlock(mutex) }
    return try body(&state)
  }

  /// Runs `body` again after each `wakeAll` until it gives something, and returns that.
  package func wait<Outcome>(until body: (inout State) -> Outcome?) -> Outcome {
    unsafe pthread_mutex_lock(mutex)
    defer { unsafe pthread_mutex_unlock(mutex) }
    while true {
      if let outcome = body(&state) { return outcome }
      unsafe pthread_cond_wait(condition, mutex)
    }
  }

  /// Runs `body` again after each `wakeAll` until it gives something, and `poll` every so many milliseconds
  /// meanwhile.
  package func wait<Outcome>(
    pollingEvery milliseconds: Int, _ poll: () -> Void, until body: (inout State) -> Outcome?
  ) -> Outcome {
    unsafe pthread_mutex_lock(mutex)
    defer { unsafe pthread_mutex_unlock(mutex) }
    while true {
      if let outcome = body(&state) { return outcome }
      var deadline = timespec()
      unsafe clock_gettime(CLOCK_REALTIME, &deadline)
      let nanoseconds = Int(deadline.tv_nsec) + milliseconds * 1_000_000
      deadline.tv_sec += nanoseconds / 1_000_000_000
      deadline.tv_nsec = nanoseconds % 1_000_000_000
      if unsafe pthread_cond_timedwait(condition, mutex, &deadline) == ETIMEDOUT { poll() }
    }
  }

  /// Wakes every waiting thread, to run its `body` again.
  package func wakeAll() { unsafe pthread_cond_broadcast(condition) }
}
