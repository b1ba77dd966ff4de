// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import Synchronization
import SystemIO
import TestSupport
import Testing

@testable import DeployHooks

@Suite("The lock of a version", .timeLimit(.minutes(1)))
struct DeployLockTests {
  private let state: TemporaryFolder
  private let cancellation = CancellationFlag()

  init() throws { state = try TemporaryFolder() }

  private func wait(
    for key: String = "k", job id: String, now: Int = 0, onWait: @escaping @Sendable () -> Void = {}
  ) async throws(DeployLock.Refusal) -> DeployLock {
    let (state, cancellation) = (Array(state.path.utf8), cancellation)
    return try await Threads.run { () throws(DeployLock.Refusal) in
      try DeployLock.wait(for: key, job: id, in: state, now: { now }, cancellation, onWait: onWait)
    }
  }

  @Test("is had at once where nobody has it, and once more when it is given back")
  func free() async throws {
    let waits = Atomic<Int>(0)
    for id in ["1", "2", "2"] {
      _ = try await wait(job: id) { waits.add(1, ordering: .relaxed) }
    }
    #expect(waits.load(ordering: .relaxed) == 0)
  }

  @Test("of another version is another lock")
  func otherVersion() async throws {
    let lock = try await wait(job: "2")
    _ = try await wait(for: "other", job: "1")
    withExtendedLifetime(lock) {}
  }

  @Test("is refused to an older push than the newest one")
  func older() async throws {
    _ = try await wait(job: "2")
    await #expect(throws: DeployLock.Refusal.replaced) { try await wait(job: "1") }
  }

  @Test("is not held up by a push that a wrong clock has dated in the future")
  func wrongClock() async throws {
    let year = 31_536_000_000
    _ = try await wait(job: "9\(year)-a", now: 9 * year * 10)
    // The clock is right again: what it was wrong about counts as the oldest, and stays so.
    _ = try await wait(job: "00000000001000-b", now: 1_000)
    await #expect(throws: DeployLock.Refusal.replaced) { try await wait(job: "9\(year)-a", now: 1_000) }
    _ = try await wait(job: "00000000002000-c", now: 2_000)
    await #expect(throws: DeployLock.Refusal.replaced) {
      try await wait(job: "00000000001000-b", now: 2_000)
    }
    // A clock that is set back by moments changes nothing.
    await #expect(throws: DeployLock.Refusal.replaced) {
      try await wait(job: "00000000001000-b", now: 0)
    }
  }

  @Test("goes to the newest of those that wait; the others are replaced")
  func newest() async throws {
    var holder: DeployLock? = try await wait(job: "1")
    let (second, reached) = AsyncStream.makeStream(of: Void.self)
    let (third, alsoReached) = AsyncStream.makeStream(of: Void.self)
    let older = Task { try await wait(job: "2") { reached.finish() } }
    for await _ in second {}
    let newer = Task { try await wait(job: "3") { alsoReached.finish() } }
    for await _ in third {}
    // The older one learns it while the lock is still held.
    await #expect(throws: DeployLock.Refusal.replaced) { try await older.value }
    #expect(holder != nil)
    holder = nil
    _ = try await newer.value
  }

  @Test("is not waited for once that is cancelled")
  func cancelled() async throws {
    let holder = try await wait(job: "1")
    let (reached, signal) = AsyncStream.makeStream(of: Void.self)
    let waiting = Task { try await wait(job: "2") { signal.finish() } }
    for await _ in reached {}
    cancellation.cancel()
    await #expect(throws: DeployLock.Refusal.interrupted) { try await waiting.value }
    withExtendedLifetime(holder) {}
  }

  @Test("needs a place that can be written")
  func noPlace() throws {
    try state.write("file")
    #expect {
      try DeployLock.wait(for: "k", job: "1", in: Array(state("file").utf8), now: { 0 }, cancellation) {}
    } throws: { error in
      if case DeployLock.Refusal.system = error { true } else { false }
    }
  }
}
