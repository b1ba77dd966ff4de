// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import Synchronization
import SystemIO
import Testing

@testable import DeployHooks

@Suite("The timer of a hook", .timeLimit(.minutes(1)))
struct TimerTests {
  @Test("sets the flag and calls when its time is over")
  func ends() async {
    let flag = CancellationFlag()
    let (ended, signal) = AsyncStream.makeStream(of: Bool.self)
    let start = ContinuousClock.now
    let timer = Timer(milliseconds: 20, flag) {
      signal.yield(flag.isCancelled)
      signal.finish()
    }
    var flags: [Bool] = []
    for await isSet in ended { flags.append(isSet) }
    #expect(flags == [true], "set before it calls")
    #expect(ContinuousClock.now - start >= .milliseconds(20))
    timer.stop()
  }

  @Test("does nothing once it is stopped")
  func stopped() async throws {
    let flag = CancellationFlag()
    let isCalled = Atomic<Bool>(false)
    let timer = Timer(milliseconds: 40, flag) { isCalled.store(true, ordering: .relaxed) }
    timer.stop()
    try await Task.sleep(for: .milliseconds(80))
    #expect(!flag.isCancelled && !isCalled.load(ordering: .relaxed))
  }

  @Test("leaves the flag alone that its own comes after")
  func parent() async throws {
    let parent = CancellationFlag()
    let (ended, signal) = AsyncStream.makeStream(of: Void.self)
    let timer = Timer(milliseconds: 1, CancellationFlag(after: parent)) { signal.finish() }
    for await _ in ended {}
    #expect(!parent.isCancelled)
    timer.stop()
  }
}
