// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import SystemIO
import TestSupport
import Testing

@Suite("File locks")
struct FileLockTests {
  @Test("One open file has the lock, until it unlocks or is closed")
  func exclusive() throws {
    let directory = try TemporaryFolder()
    let path = Array(directory("lock").utf8)
    let second = try Descriptor.openLock(path)
    do {
      let first = try Descriptor.openLock(path)
      #expect(try first.tryLock())
      #expect(try !second.tryLock())
      first.unlock()
      #expect(try second.tryLock())
      second.unlock()
      #expect(try first.tryLock())
    }
    #expect(try second.tryLock())
    #expect(try #require(Paths.status(path)).mode & 0o777 == 0o600)
  }
}
