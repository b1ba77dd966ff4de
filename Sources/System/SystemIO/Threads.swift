// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import CSystemIO

/// Threads for work that blocks: the cooperative pool of a two-core machine has two threads, and a blocked
/// one stalls the upload.
package enum Threads {
  /// The number of processors in use, at least 1.
  package static var processorCount: Int { max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))) }

  /// Runs `body`, which may block, on a thread of its own, and returns or throws what it does.
  package static func run<Value: Sendable, Failure: Error>(
    _ body: @escaping @Sendable () throws(Failure) -> Value
  ) async throws(Failure) -> Value {
    let result = await withCheckedContinuation {
      (continuation: CheckedContinuation<Result<Value, Failure>, Never>) in
      let work: @Sendable () -> Void = {
        continuation.resume(returning: Result { () throws(Failure) in try body() })
      }
      // Where the system gives no thread, this one does the work.
      if let thread = start(work) { pthread_detach(thread) } else { work() }
    }
    return try result.get()
  }

  /// Stops the current thread for a while.
  package static func pause(milliseconds: Int) { usleep(UInt32(milliseconds) * 1000) }

  /// Runs `body` on a thread of its own, and does not wait for it.
  package static func detach(_ body: @escaping @Sendable () -> Void) {
    if let thread = start(body) { pthread_detach(thread) }
  }

  /// - Parameter elsewhere: whether on another processor than the current thread's, which goes on working.
  fileprivate static func start(_ body: @escaping @Sendable () -> Void, elsewhere: Bool = false) -> pthread_t?
  {
    // SAFETY: the new thread takes over the retained box; where none starts, it is released here.
    let box = unsafe Unmanaged.passRetained(Body(body))
    #if canImport(Darwin)
      var thread: pthread_t?
    #else
      var thread = pthread_t()
    #endif
    let failed =
      elsewhere
      ? unsafe actorpush_start_thread_elsewhere(&thread, { unsafe Body.run($0) }, box.toOpaque())
      : unsafe pthread_create(&thread, nil, { unsafe Body.run($0) }, box.toOpaque())
    if failed == 0 { return thread }
    unsafe box.release()
    return nil
  }

  private final class Body {
    let body: @Sendable () -> Void
    init(_ body: @escaping @Sendable () -> Void) { self.body = body }

    static func run(_ context: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
      if let context = unsafe context {
        // SAFETY: the pointer that start retained, taken over exactly once.
        unsafe Unmanaged<Body>.fromOpaque(context).takeRetainedValue().body()
      }
      return nil
    }
  }
}

extension Threads {
  /// How many of `count` threads the system lets the process have at a time.
  static func startable(_ count: Int) -> Int {
    let gate = Monitor(false)
    var threads: [pthread_t] = []
    while threads.count < count, let thread = start({ gate.wait { isOpen in isOpen ? () : nil } }) {
      threads.append(thread)
    }
    gate.withLock { $0 = true }
    gate.wakeAll()
    for thread in threads { _ = pthread_join(thread, nil) }
    return threads.count
  }
}

/// Threads that share work with the one that starts them, and are joined together.
package struct HelperThreads: ~Copyable {
  private var threads: [pthread_t] = []

  package init() {}

  /// The number of threads started.
  package var count: Int { threads.count }

  /// Starts `body` on a thread of its own. Returns false if the system gives none; the caller works as well,
  /// so that the work gets done without it.
  package mutating func start(_ body: @escaping @Sendable () -> Void) -> Bool {
    guard let thread = Threads.start(body, elsewhere: true) else { return false }
    threads.append(thread)
    return true
  }

  /// Waits until all of them have ended.
  package consuming func joinAll() {
    for thread in threads { _ = pthread_join(thread, nil) }
  }
}
