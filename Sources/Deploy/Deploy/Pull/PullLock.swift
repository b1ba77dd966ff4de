// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import SystemIO

/// Only one process pulls into a directory at a time. The system releases the lock when its holder ends.
final class PullLock: Sendable {
  private let descriptor: Descriptor

  /// Takes the lock of `memory`.
  ///
  /// - Throws: `busy` where another process holds it.
  init(_ memory: DirectoryMemory) throws(DeployError) { descriptor = try Self.lock(memory) }

  private static func lock(_ memory: DirectoryMemory) throws(DeployError) -> Descriptor {
    do throws(SystemError) {
      try Paths.makeDirectory(memory.place, mode: 0o700)
      let descriptor = try Descriptor.openLock(memory.file("lock"))
      if try descriptor.tryLock() { return descriptor }
    } catch {
      throw .memory(TerminalText.utf8(memory.place), error)
    }
    throw .pull(.busy(memory.directory))
  }

  deinit { release() }

  /// Lets others in.
  func release() { descriptor.unlock() }
}
