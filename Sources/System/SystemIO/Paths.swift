// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// Paths as the bytes that they are: "/" between components, no NUL.
package enum Paths {
  /// `path` below `base`; `path` itself where it is absolute or the base is empty.
  package static func join(_ base: [UInt8], _ path: [UInt8]) -> [UInt8] {
    if base.isEmpty || path.first == UInt8(ascii: "/") { return path }
    if path.isEmpty { return base }
    return base.last == UInt8(ascii: "/") ? base + path : base + [UInt8(ascii: "/")] + path
  }

  /// Makes the folder `path`, and those above it, where they are not there.
  package static func makeFolder(_ path: [UInt8], mode: UInt32) throws(SystemError) {
    let name = CString(path)
    if unsafe mkdir(name.pointer, mode_t(mode)) == 0 { return }
    if errno == EEXIST, status(path)?.isFolder == true { return }
    guard errno == ENOENT, let above = parent(path) else { throw .current }
    try makeFolder(above, mode: mode)
    guard unsafe mkdir(name.pointer, mode_t(mode)) == 0 || errno == EEXIST else { throw .current }
  }

  /// What lies above the last "/": nil for the root and for a path of one component.
  package static func parent(_ path: [UInt8]) -> [UInt8]? {
    guard path.count > 1, let slash = path.lastIndex(of: UInt8(ascii: "/")) else { return nil }
    return slash == 0 ? [UInt8(ascii: "/")] : Array(path[..<slash])
  }

  /// Whether `path` is `folder` or lies below it; both absolute and without links.
  package static func isInside(_ path: [UInt8], _ folder: [UInt8]) -> Bool {
    guard path.starts(with: folder) else { return false }
    return path.count == folder.count || folder.last == UInt8(ascii: "/")
      || path[folder.count] == UInt8(ascii: "/")
  }

  /// Whether one of the components of `path` is `name`.
  package static func hasComponent(_ name: [UInt8], in path: some Collection<UInt8>) -> Bool {
    path.split(separator: UInt8(ascii: "/")).contains { $0.elementsEqual(name) }
  }

  /// The absolute path of what `path` names, without symbolic links (realpath(3)).
  package static func resolved(_ path: [UInt8]) throws(SystemError) -> [UInt8] {
    let name = CString(path)
    // SAFETY: realpath gives memory of its own, copied and freed here, or nil and errno.
    guard let memory = unsafe realpath(name.pointer, nil) else { throw .current }
    defer { unsafe free(memory) }
    return unsafe Array(UnsafeRawBufferPointer(start: memory, count: strlen(memory)))
  }

  /// Where the open file lies now, without symbolic links.
  package static func current(of descriptor: borrowing Descriptor) throws(SystemError) -> [UInt8] {
    #if canImport(Darwin)
      var memory = [CChar](repeating: 0, count: Int(MAXPATHLEN) + 1)
      guard unsafe fcntl(descriptor.number, F_GETPATH, &memory) == 0 else { throw .current }
      return memory.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
    #else
      return try readLink("/proc/self/fd/\(descriptor.number)", in: AT_FDCWD)
    #endif
  }

  /// What the symbolic link `path` in `directory` says (readlink(2)).
  package static func readLink(_ path: String, in directory: Int32) throws(SystemError) -> [UInt8] {
    try readLink(CString(path), in: directory)
  }

  /// What the symbolic link `path` in `directory` says (readlink(2)).
  package static func readLink(_ path: borrowing CString, in directory: Int32) throws(SystemError) -> [UInt8] {
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

  /// What the system knows of `path`, through symbolic links or not.
  package static func status(
    _ path: borrowing CString, in directory: Int32 = AT_FDCWD, followingLinks: Bool = true
  ) throws(SystemError) -> FileStatus {
    var raw = stat()
    // SAFETY: fstatat fills the structure that it is given.
    guard unsafe fstatat(directory, path.pointer, &raw, followingLinks ? 0 : AT_SYMLINK_NOFOLLOW) == 0
    else { throw .current }
    return FileStatus(raw)
  }

  /// The same for a path that is in bytes; nil where there is none to be had.
  package static func status(_ path: [UInt8]) -> FileStatus? { try? status(CString(path)) }

  /// The contents of the file `path`, through symbolic links; nil where there is none or it can't be read.
  package static func contents(_ path: [UInt8]) -> [UInt8]? {
    contents(CString(path), in: AT_FDCWD, as: .fileThroughLinks)
  }

  /// The contents of the file `path`, unless it is a symbolic link; nil where there is none or it can't be
  /// read.
  package static func contentsOfPlainFile(_ path: [UInt8]) -> [UInt8]? {
    contents(CString(path), in: AT_FDCWD, as: .file)
  }

  /// The contents of the file `name` in `folder`; nil where there is none or it can't be read.
  package static func contents(
    _ name: String, in folder: borrowing Descriptor, as access: Descriptor.Access
  ) -> [UInt8]? {
    contents(CString(name), in: folder.number, as: access)
  }

  private static func contents(
    _ name: borrowing CString, in folder: Int32, as access: Descriptor.Access
  ) -> [UInt8]? {
    guard let file = try? Descriptor.open(name, in: folder, as: access),
      (try? file.status().isRegular) == true
    else { return nil }
    return try? file.readAll()
  }

  /// Opens the folder `path` below `folder`, however long the path is: in steps that the system accepts.
  package static func openFolder(
    _ path: [UInt8], in folder: borrowing Descriptor
  ) throws(SystemError) -> Descriptor {
    var rest = path[...]
    var current: Descriptor?
    repeat {
      var step = rest
      if rest.count > 2048 {
        // A name has at most 255 bytes, so a step of that size always holds a "/".
        let end = rest.prefix(2048).lastIndex(of: UInt8(ascii: "/")) ?? rest.endIndex
        step = rest[..<end]
      }
      rest = rest[step.endIndex...].drop { $0 == UInt8(ascii: "/") }
      let parent = current?.number ?? folder.number
      current = try Descriptor.open(CString(step), in: parent, as: .folderThroughLinks)
    } while !rest.isEmpty
    guard let opened = current.take() else { throw SystemError(code: ENOENT) }
    return opened
  }
}
