// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import Synchronization
import SystemIO
import Testing

@Suite("Threads")
struct ThreadsTests {
  @Test("run returns the body's value, from another thread")
  func value() async {
    let (value, thread) = await Threads.run { (6 * 7, "\(pthread_self())") }
    #expect(value == 42)
    #expect(thread != "\(pthread_self())")
  }

  @Test("run throws the body's error in its own type")
  func typedError() async {
    do throws(SystemError) {
      _ = try await Threads.run { () throws(SystemError) -> Int in throw SystemError(code: EXDEV) }
      Issue.record("no error")
    } catch {
      // Typed: `error` is a SystemError, not `any Error`.
      #expect(error.code == EXDEV)
    }
  }

  @Test("Helper threads have all run once they are joined")
  func helpers() {
    let count = Counter()
    var threads = HelperThreads()
    for _ in 0..<8 { #expect(threads.start { count.value.add(1, ordering: .relaxed) }) }
    #expect(threads.count == 8)
    threads.joinAll()
    #expect(count.value.load(ordering: .relaxed) == 8)
  }

  @Test("A monitor wakes the thread that waits for its state")
  func monitor() async {
    let monitor = Monitor(0)
    async let seen = Threads.run { monitor.wait { $0 >= 3 ? $0 : nil } }
    for _ in 0..<3 {
      monitor.withLock { $0 += 1 }
      monitor.wakeAll()
    }
    #expect(await seen == 3)
  }

  @Test("A monitor polls while it waits")
  func polling() async {
    let monitor = Monitor(0)
    let polls = await Threads.run {
      var polls = 0
      return monitor.wait(
        pollingEvery: 1, { polls += 1 },
        until: { state -> Int? in
          state += 1
          return state > 3 ? polls : nil
        })
    }
    #expect(polls == 3)
  }

  @Test("A cancellation flag stays set")
  func cancellation() {
    let flag = CancellationFlag()
    #expect(!flag.isCancelled)
    flag.cancel()
    flag.cancel()
    #expect(flag.isCancelled)
  }
}

private final class Counter: Sendable { let value = Atomic(0) }
