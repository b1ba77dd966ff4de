// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// Locks on open files (flock(2)), which the system releases when their holder ends.
extension Descriptor {
  /// Opens the lock file `path`, and creates it if needed.
  package static func openLock(_ path: [UInt8]) throws(SystemError) -> Descriptor {
    try open(CString(path), flags: O_RDWR | O_CREAT, mode: 0o600)
  }

  /// Takes the lock. Returns false if another open file holds it.
  package func tryLock() throws(SystemError) -> Bool {
    while true {
      if flock(rawValue, LOCK_EX | LOCK_NB) == 0 { return true }
      if errno == EWOULDBLOCK { return false }
      if errno != EINTR { throw .current }
    }
  }

  package func unlock() { _ = flock(rawValue, LOCK_UN) }
}
