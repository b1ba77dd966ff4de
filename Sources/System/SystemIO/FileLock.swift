// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// Locks on open files (flock(2)): the system releases them when their holder ends.
extension Descriptor {
  /// Opens the file `path`, made where it is not there, to be locked.
  package static func openLock(_ path: [UInt8]) throws(SystemError) -> Descriptor {
    try open(CString(path), flags: O_RDWR | O_CREAT, mode: 0o600)
  }

  /// Takes the lock unless somebody else has it; then false.
  package func tryLock() throws(SystemError) -> Bool {
    while true {
      if flock(number, LOCK_EX | LOCK_NB) == 0 { return true }
      if errno == EWOULDBLOCK { return false }
      if errno != EINTR { throw .current }
    }
  }

  /// Gives the lock back.
  package func unlock() { _ = flock(number, LOCK_UN) }
}
