// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

extension Paths {
  /// Returns the absolute path of what `path` names, without symbolic links (realpath(3)).
  package static func resolved(_ path: [UInt8]) throws(SystemError) -> [UInt8] {
    let name = CString(path)
    // SAFETY: realpath gives memory of its own, copied and freed here, or nil and errno.
    guard let memory = unsafe realpath(name.pointer, nil) else { throw .current }
    defer { unsafe free(memory) }
    return unsafe Array(UnsafeRawBufferPointer(start: memory, count: strlen(memory)))
  }

  /// Returns the absolute path of what `path` names, without symbolic links as far as it exists.
  package static func resolvedAsFarAsExists(_ path: [UInt8]) -> [UInt8] {
    if let resolved = try? resolved(path) { return resolved }
    let trimmed = path.last == UInt8(ascii: "/") ? Array(path.dropLast()) : path
    let above = parent(trimmed) ?? Array(".".utf8)
    guard above != trimmed, let last = trimmed.split(separator: UInt8(ascii: "/")).last else { return path }
    return join(resolvedAsFarAsExists(above), Array(last))
  }

  /// Makes the root the current directory, where that has been removed: programs that are started would work
  /// in none.
  package static func leaveRemovedDirectory() {
    if (try? resolved([UInt8(ascii: ".")])) == nil { _ = unsafe chdir("/") }
  }

  /// Returns the path of the open file as it is now, without symbolic links.
  package static func current(of descriptor: borrowing Descriptor) throws(SystemError) -> [UInt8] {
    #if canImport(Darwin)
      var memory = [CChar](repeating: 0, count: Int(MAXPATHLEN) + 1)
      guard unsafe fcntl(descriptor.rawValue, F_GETPATH, &memory) == 0 else { throw .current }
      return memory.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
    #else
      return try readLink("/proc/self/fd/\(descriptor.rawValue)", in: AT_FDCWD)
    #endif
  }

  /// Returns the target that the symbolic link `path` in `directory` holds (readlink(2)).
  package static func readLink(_ path: String, in directory: Int32) throws(SystemError) -> [UInt8] {
    try readLink(CString(path), in: directory)
  }

  /// Returns the target that the symbolic link `path` in `directory` holds (readlink(2)).
  package static func readLink(_ path: borrowing CString, in directory: Int32) throws(SystemError) -> [UInt8]
  {
    var size = 1024
    while true {
      var memory = [CChar](repeating: 0, count: size)
      // SAFETY: at most `size` bytes are written.
      let count = unsafe readlinkat(directory, path.pointer, &memory, size)
      if count < 0 { throw .current }
      if count < size { return memory.prefix(count).map { UInt8(bitPattern: $0) } }
      size *= 2
    }
  }

  /// Asks for the status of `path`, through symbolic links or not (stat(2)).
  package static func status(
    _ path: borrowing CString, in directory: Int32 = AT_FDCWD, followingLinks: Bool = true
  ) throws(SystemError) -> FileStatus {
    var raw = stat()
    // SAFETY: fstatat fills the structure that it is given.
    guard unsafe fstatat(directory, path.pointer, &raw, followingLinks ? 0 : AT_SYMLINK_NOFOLLOW) == 0
    else { throw .current }
    return FileStatus(raw)
  }

  /// The user whose permissions count.
  package static let currentUser: UInt32 = geteuid()

  /// Returns the status of `path`, through symbolic links, or nil if there is none to be had.
  package static func status(_ path: [UInt8]) -> FileStatus? { try? status(CString(path)) }

  /// Whether there is certainly no entry `path`, not even a symbolic link.
  package static func isAbsent(_ path: [UInt8]) -> Bool {
    do throws(SystemError) {
      _ = try status(CString(path), followingLinks: false)
      return false
    } catch {
      return error.code == ENOENT
    }
  }

  /// Returns the contents of the file `path`, through symbolic links, or nil if it does not exist, can't be
  /// read, or has more than `limit` bytes.
  package static func contents(_ path: [UInt8], limit: Int = fileLimit) -> [UInt8]? {
    contents(CString(path), in: AT_FDCWD, as: .fileThroughLinks, limit)
  }

  /// More than a file has that is read as a whole.
  package static let fileLimit = 1 << 30

  /// Returns the contents of the file `path`, or nil if it is a symbolic link, does not exist or can't be
  /// read.
  package static func contentsOfRegularFile(_ path: [UInt8], limit: Int = fileLimit) -> [UInt8]? {
    contents(CString(path), in: AT_FDCWD, as: .file, limit)
  }

  /// Returns the contents of the file `name` in `directory`, or nil if it does not exist or can't be read.
  package static func contents(
    _ name: String, in directory: borrowing Descriptor, as access: Descriptor.Access, limit: Int = fileLimit
  ) -> [UInt8]? {
    contents(CString(name), in: directory.rawValue, as: access, limit)
  }

  private static func contents(
    _ name: borrowing CString, in directory: Int32, as access: Descriptor.Access, _ limit: Int
  ) -> [UInt8]? {
    guard let file = try? Descriptor.open(name, in: directory, as: access),
      (try? file.status().isRegular) == true
    else { return nil }
    return try? file.readAll(limit: limit)
  }

  /// Creates the directory `path` and those above it, as far as they do not exist.
  package static func makeDirectory(_ path: [UInt8], mode: UInt32) throws(SystemError) {
    let name = CString(path)
    if unsafe mkdir(name.pointer, mode_t(mode)) == 0 { return }
    if errno == EEXIST, status(path)?.isDirectory == true { return }
    guard errno == ENOENT, let above = parent(path) else { throw .current }
    try makeDirectory(above, mode: mode)
    guard unsafe mkdir(name.pointer, mode_t(mode)) == 0 || errno == EEXIST else { throw .current }
  }

  /// Gives the file `path` the name `other`, in place of the file that has it (rename(2)).
  package static func rename(_ path: [UInt8], to other: [UInt8]) throws(SystemError) {
    if systemRename(CString(path), CString(other)) != 0 { throw .current }
  }

  /// Removes the name `path` (unlink(2)).
  package static func remove(_ path: [UInt8]) throws(SystemError) {
    let name = CString(path)
    if unsafe unlink(name.pointer) != 0 { throw .current }
  }

  /// Removes the empty directory `path` (rmdir(2)).
  package static func removeDirectory(_ path: [UInt8]) throws(SystemError) {
    let name = CString(path)
    if unsafe rmdir(name.pointer) != 0 { throw .current }
  }

  /// Makes `other` a hard link to the file `path` (linkat(2)); of a symbolic link, to the link itself.
  package static func link(_ path: [UInt8], to other: [UInt8]) throws(SystemError) {
    let old = CString(path)
    let new = CString(other)
    if unsafe linkat(AT_FDCWD, old.pointer, AT_FDCWD, new.pointer, 0) != 0 { throw .current }
  }
}
