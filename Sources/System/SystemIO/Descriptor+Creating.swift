// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

extension Descriptor {
  /// Opens `path` with the `flags` of open(2); a file that is made gets the permissions `mode`, less the umask.
  package static func open(
    _ path: borrowing CString, flags: Int32, mode: UInt32
  ) throws(SystemError) -> Descriptor {
    // SAFETY: CString's memory ends with a NUL and lives as long as the borrow.
    #if canImport(Darwin)
      let number = unsafe Darwin.open(path.pointer, flags | O_CLOEXEC, mode_t(mode))
    #else
      let number = unsafe Glibc.open(path.pointer, flags | O_CLOEXEC, mode_t(mode))
    #endif
    guard number >= 0 else { throw .current }
    return Descriptor(owning: number)
  }
}

extension Paths {
  /// Gives the file `path` the name `other`, in place of what has it (rename(2)).
  package static func rename(_ path: [UInt8], to other: [UInt8]) throws(SystemError) {
    let old = CString(path)
    let new = CString(other)
    #if canImport(Darwin)
      let failed = unsafe Darwin.rename(old.pointer, new.pointer)
    #else
      let failed = unsafe Glibc.rename(old.pointer, new.pointer)
    #endif
    if failed != 0 { throw .current }
  }

  /// Takes the name `path` away (unlink(2)).
  package static func remove(_ path: [UInt8]) throws(SystemError) {
    let name = CString(path)
    if unsafe unlink(name.pointer) != 0 { throw .current }
  }

  /// Gives the file `path` a second name (linkat(2)); a symbolic link itself, not what it leads to.
  package static func link(_ path: [UInt8], to other: [UInt8]) throws(SystemError) {
    let old = CString(path)
    let new = CString(other)
    if unsafe linkat(AT_FDCWD, old.pointer, AT_FDCWD, new.pointer, 0) != 0 { throw .current }
  }
}
