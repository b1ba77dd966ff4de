// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

package import SystemIO

/// Shows that a process carries out a job: a lock that the system releases when its holder ends, however that
/// happens.
package final class JobClaim: Sendable {
  private let lock: Descriptor

  /// Takes up the job in `file`. Blocks, for moments only: the lock is also held while a job's state is
  /// looked at.
  package init(_ file: [UInt8]) throws(SystemError) {
    lock = try Descriptor.openLock(file)
    while try !lock.tryLock() { Threads.pause(milliseconds: 10) }
  }

  /// Releases the job.
  package func release() { lock.unlock() }
}
