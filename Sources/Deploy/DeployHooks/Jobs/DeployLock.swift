// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

package import SystemIO

/// One deploy of a version at a time on this machine; of those that wait only the newest one's turn comes.
/// The system gives the lock back when its holder ends, however that happens.
package final class DeployLock: Sendable {
  /// Why it is not this one's turn, and won't be.
  package enum Refusal: Error, Equatable {
    /// A newer one has come.
    case replaced
    /// Cancelled.
    case interrupted
    /// There is no place for locks.
    case system(SystemError)
  }

  private let lock: Descriptor

  private init(_ lock: consuming Descriptor) { self.lock = lock }

  deinit { lock.unlock() }

  /// Waits for the turn of the job `id` to deploy the version `key`, which lasts as long as what is returned.
  /// Blocks.
  ///
  /// - Parameters:
  ///   - now: milliseconds since 1970.
  ///   - onWait: called once where it has to wait.
  package static func wait(
    for key: String, job id: String, in state: [UInt8], now: () -> Int, _ cancellation: CancellationFlag,
    onWait: () -> Void
  ) throws(Refusal) -> DeployLock {
    let directory = Paths.join(state, Array("deploys".utf8))
    let newest = Paths.join(directory, Array("\(key).newest".utf8))
    let lock: Descriptor
    do throws(SystemError) {
      try Paths.makeDirectory(directory, mode: 0o700)
      lock = try Descriptor.openLock(Paths.join(directory, Array("\(key).lock".utf8)))
    } catch {
      throw .system(error)
    }
    try Self.enter(id, newest, now, lockedBy: Paths.join(directory, Array("\(key).queue".utf8)))
    var hasWaited = false
    while true {
      do throws(SystemError) { if try lock.tryLock() { break } } catch { throw .system(error) }
      if cancellation.isCancelled { throw .interrupted }
      if Self.isOlder(id, newest, now) { throw .replaced }
      if !hasWaited { onWait() }
      hasWaited = true
      Threads.pause(milliseconds: 50)
    }
    if Self.isOlder(id, newest, now) {
      lock.unlock()
      throw .replaced
    }
    return DeployLock(lock)
  }

  /// Writes down that the job `id` has come, unless a newer one has before.
  private static func enter(
    _ id: String, _ newest: [UInt8], _ now: () -> Int, lockedBy path: [UInt8]
  ) throws(Refusal) {
    do throws(SystemError) {
      let guardian = try Descriptor.openLock(path)
      while try !guardian.tryLock() { Threads.pause(milliseconds: 2) }
      defer { guardian.unlock() }
      if isOlder(id, newest, now) { throw SystemError(code: ESTALE) }
      try OutputFile.write(Array(id.utf8), to: newest, mode: 0o600)
    } catch {
      throw error.code == ESTALE ? .replaced : .system(error)
    }
  }

  /// Whether no newer job than `id`, of whatever clone, has come for the version `key`.
  package static func isNewest(_ id: String, for key: String, in state: [UInt8], now: Int) -> Bool {
    !isOlder(id, Paths.join(state, Array("deploys/\(key).newest".utf8))) { now }
  }

  private static func isOlder(_ id: String, _ newest: [UInt8], _ now: () -> Int) -> Bool {
    guard let other = Paths.contents(newest), !other.isEmpty else { return false }
    return JobOrder.isOlder(id, than: String(decoding: other, as: UTF8.self), now: now())
  }
}
