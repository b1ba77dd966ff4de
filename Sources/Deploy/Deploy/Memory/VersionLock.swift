// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

package import SystemIO

/// Only one push on this machine changes a version at a time, from the last look at it until it is changed.
/// The system releases the lock when its holder ends, however that happens.
package final class VersionLock: Sendable {
  private let descriptor: Descriptor

  /// Waits for the lock of `key` in `directory`; not on the cooperative pool's threads.
  ///
  /// - Throws: why there can be no lock; `EINTR` where `cancellation` was asked for meanwhile.
  package init(
    _ key: VersionMemory.Key, in directory: [UInt8], cancellation: CancellationFlag
  ) throws(SystemError) {
    try Paths.makeDirectory(directory, mode: 0o700)
    let path = Paths.join(directory, Array((VersionMemory.name(key) + ".lock").utf8))
    descriptor = try Descriptor.openLock(path)
    while try !descriptor.tryLock() {
      if cancellation.isCancelled { throw SystemError(code: EINTR) }
      Threads.pause(milliseconds: 20)
    }
  }

  deinit { release() }

  /// Lets others in.
  package func release() { descriptor.unlock() }
}
