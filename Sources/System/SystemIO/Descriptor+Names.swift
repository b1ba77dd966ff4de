// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// Names in an open directory: no path leads there, so that no symbolic link that appears meanwhile leads
/// elsewhere.
extension Descriptor {
  /// Creates the file `name` in this directory and opens it for writing; it must not exist yet. It gets the
  /// permissions `mode`, less the umask.
  package func create(_ name: [UInt8], mode: UInt32) throws(SystemError) -> Descriptor {
    let name = CString(name)
    while true {
      let flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC
      // SAFETY: CString's memory ends with a NUL and lives as long as the borrow.
      let descriptor = unsafe openat(rawValue, name.pointer, flags, mode_t(mode))
      if descriptor >= 0 { return Descriptor(owning: descriptor) }
      if errno != EINTR { throw .current }
    }
  }

  /// Creates the directory `name` in this one; it gets the permissions `mode`, less the umask (mkdirat(2)).
  package func makeDirectory(_ name: [UInt8], mode: UInt32) throws(SystemError) {
    let name = CString(name)
    if unsafe mkdirat(rawValue, name.pointer, mode_t(mode)) != 0 { throw .current }
  }

  /// Gives what is called `name` in this directory the name `other` in `directory`, in place of the file that
  /// has it (renameat(2)).
  package func rename(
    _ name: [UInt8], to other: [UInt8], in directory: borrowing Descriptor
  ) throws(SystemError) {
    let old = CString(name)
    let new = CString(other)
    if unsafe renameat(rawValue, old.pointer, directory.rawValue, new.pointer) != 0 { throw .current }
  }

  /// Removes the name `name` of a file from this directory, or that of an empty directory (unlinkat(2)).
  package func remove(_ name: [UInt8], isDirectory: Bool = false) throws(SystemError) {
    let name = CString(name)
    if unsafe unlinkat(rawValue, name.pointer, isDirectory ? AT_REMOVEDIR : 0) != 0 { throw .current }
  }

  /// The status of what is called `name` in this directory, itself where it is a symbolic link; nil where
  /// there is no such name.
  package func status(of name: [UInt8]) throws(SystemError) -> FileStatus? {
    do throws(SystemError) {
      return try Paths.status(CString(name), in: rawValue, followingLinks: false)
    } catch {
      if error.saysAbsent { return nil }
      throw error
    }
  }

  /// Gives the open file the permission bits `mode` (fchmod(2)).
  package func setPermissions(_ mode: UInt32) throws(SystemError) {
    if fchmod(rawValue, mode_t(mode)) != 0 { throw .current }
  }

  /// Waits until what was written is on the disk (fsync(2)).
  package func synchronize() throws(SystemError) {
    while fsync(rawValue) != 0 { if errno != EINTR { throw .current } }
  }

  /// Opens the directory `path` below this one, a component at a time and through no symbolic link.
  ///
  /// - Parameters:
  ///   - mode: creates what is missing, with these permissions less the umask; nil creates nothing.
  ///   - onCreate: told the path of each directory that was created.
  /// - Throws: `ENOTDIR` or `ELOOP` where a component is a symbolic link or a file.
  package func descend(
    _ path: ArraySlice<UInt8>, creating mode: UInt32? = nil,
    onCreate: (ArraySlice<UInt8>) -> Void = { _ in }
  ) throws(SystemError) -> Descriptor {
    var current = try Descriptor.open(CString("."), in: rawValue, as: .directory)
    for part in path.split(separator: UInt8(ascii: "/")) {
      let name = Array(part)
      do throws(SystemError) {
        current = try Descriptor.open(CString(name), in: current.rawValue, as: .directory)
      } catch {
        guard let mode, error.isMissing else { throw error }
        try current.makeDirectory(name, mode: mode)
        onCreate(path[..<part.endIndex])
        current = try Descriptor.open(CString(name), in: current.rawValue, as: .directory)
      }
    }
    return current
  }
}
