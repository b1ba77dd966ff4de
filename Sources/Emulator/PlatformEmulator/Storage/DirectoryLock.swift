// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import SystemIO

/// Keeps other emulators out of a data directory, as long as it lives.
final class DirectoryLock: Sendable {
  private let descriptor: Descriptor

  /// Returns nil where another emulator has the lock.
  init?(_ path: String) throws(SystemError) {
    descriptor = try Descriptor.openLock(Array(path.utf8))
    guard try descriptor.tryLock() else { return nil }
  }

  deinit {
    // A process that was just forked has the open file too until it runs its program: closing alone would
    // leave it locked that long.
    descriptor.unlock()
  }
}
