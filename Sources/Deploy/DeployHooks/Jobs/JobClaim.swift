// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

package import SystemIO

/// Shows others that somebody is at a job: the system takes it away when its holder ends, however that happens.
package final class JobClaim: Sendable {
  private let lock: Descriptor

  private init(_ lock: consuming Descriptor) { self.lock = lock }

  /// Takes up the job in `file`. Blocks, for moments only: whoever looks at the job holds the lock meanwhile.
  package static func taking(_ file: [UInt8]) -> Result<JobClaim, SystemError> {
    do throws(SystemError) {
      let lock = try Descriptor.openLock(file)
      while try !lock.tryLock() { Threads.pause(milliseconds: 10) }
      return .success(JobClaim(lock))
    } catch {
      return .failure(error)
    }
  }

  /// Gives it back.
  package func release() { lock.unlock() }
}
