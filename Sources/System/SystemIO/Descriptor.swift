// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import CSystemIO

/// An open file: whoever holds it closes it, by going out of scope.
package struct Descriptor: ~Copyable {
  /// The number of the open file.
  package let number: Int32

  /// Takes over the open file `number`.
  package init(owning number: Int32) { self.number = number }

  deinit { _ = close(number) }

  /// How to open a file: by what the last component of its path may be.
  package enum Access {
    /// A folder, not through a symbolic link.
    case folder
    /// A folder, through symbolic links.
    case folderThroughLinks
    /// A file to read, not through a symbolic link; a FIFO does not block.
    case file
    /// A file to read, through symbolic links; a FIFO does not block.
    case fileThroughLinks
    /// Only the name of a file of any kind, through symbolic links.
    case pathOnly

    var flags: Int32 {
      switch self {
      case .folder: O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC
      case .folderThroughLinks: O_RDONLY | O_DIRECTORY | O_CLOEXEC
      case .file: O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC | O_NOCTTY
      case .fileThroughLinks: O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY
      case .pathOnly: actorpush_path_only_flag() | O_CLOEXEC
      }
    }
  }

  /// Opens `path`, a C string, relative to the working directory or to the folder `directory`.
  package static func open(
    _ path: borrowing CString, in directory: Int32 = AT_FDCWD, as access: Access
  ) throws(SystemError) -> Descriptor {
    while true {
      // SAFETY: CString's memory ends with a NUL and lives as long as the borrow.
      let number = unsafe openat(directory, path.pointer, access.flags)
      if number >= 0 { return Descriptor(owning: number) }
      if errno != EINTR { throw .current }
    }
  }

  /// Makes room for `count` open files, as long as the process has one thread: Linux grows the table of one with several only after all
  /// processors have passed a quiet moment (synchronize_rcu), and whoever opens a file waits for that, 10 ms and more.
  package static func makeRoom(for count: Int32) {
    #if canImport(Glibc)
      // Where fewer are allowed, it grows when it must.
      let last = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, count - 1)
      if last >= 0 { close(last) }
    #endif
  }

  /// What the system knows of the open file.
  package func status() throws(SystemError) -> FileStatus {
    var raw = stat()
    // SAFETY: fstat fills the structure that it is given.
    guard unsafe actorpush_fstat(number, &raw) == 0 else { throw .current }
    return FileStatus(raw)
  }

  /// Reads at the current offset into `buffer`; 0 at the end of the file.
  package func read(into buffer: UnsafeMutableRawBufferPointer) throws(SystemError) -> Int {
    while true {
      // SAFETY: the system writes at most the buffer's size.
      #if canImport(Darwin)
        let count = unsafe Darwin.read(number, buffer.baseAddress, buffer.count)
      #else
        let count = unsafe Glibc.read(number, buffer.baseAddress, buffer.count)
      #endif
      if count >= 0 { return count }
      if errno != EINTR { throw .current }
    }
  }

  /// Reads at `offset` into `buffer`; 0 at the end of the file.
  package func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int) throws(SystemError) -> Int {
    while true {
      // SAFETY: the system writes at most the buffer's size.
      let count = unsafe pread(number, buffer.baseAddress, buffer.count, off_t(offset))
      if count >= 0 { return count }
      if errno != EINTR { throw .current }
    }
  }

  /// Makes the file empty, to be written from its beginning (ftruncate(2), lseek(2)).
  package func removeContents() throws(SystemError) {
    guard ftruncate(number, 0) == 0, lseek(number, 0, SEEK_SET) == 0 else { throw .current }
  }

  /// Up to `count` bytes at `offset`; fewer only at the end of the file.
  package func bytes(at offset: Int, count: Int) throws(SystemError) -> [UInt8] {
    var failure: SystemError?
    // SAFETY: the array's memory up to where the system has filled it.
    let bytes = unsafe [UInt8](unsafeUninitializedCapacity: count) { memory, filled in
      do throws(SystemError) {
        while filled < count {
          let rest = unsafe UnsafeMutableRawBufferPointer(
            rebasing: UnsafeMutableRawBufferPointer(memory)[filled...])
          let got = try unsafe read(into: rest, at: offset + filled)
          if got == 0 { break }
          filled += got
        }
      } catch {
        failure = error
      }
    }
    if let failure { throw failure }
    return bytes
  }

  /// Writes all of `bytes` to the open file `number`.
  package static func write(_ bytes: RawSpan, to number: Int32) throws(SystemError) {
    var rest = bytes
    while rest.byteCount > 0 {
      // SAFETY: the system reads at most what the span holds.
      let count = unsafe rest.withUnsafeBytes { bytes in
        #if canImport(Darwin)
          unsafe Darwin.write(number, bytes.baseAddress, bytes.count)
        #else
          unsafe Glibc.write(number, bytes.baseAddress, bytes.count)
        #endif
      }
      if count >= 0 {
        rest = rest.extracting(count...)
      } else if errno == EAGAIN {
        // A terminal or pipe that somebody else has set to not block.
        var waiting = pollfd(fd: number, events: Int16(POLLOUT), revents: 0)
        _ = unsafe poll(&waiting, 1, -1)
      } else if errno != EINTR {
        throw .current
      }
    }
  }

  /// Writes all of `bytes` to the open file `number`.
  package static func write(_ bytes: [UInt8], to number: Int32) throws(SystemError) {
    // SAFETY: bytes have no padding; the array lives as long as the call.
    try write(unsafe bytes.span.bytes, to: number)
  }

  /// The whole file from the current offset, which must be at most `limit` bytes.
  package func readAll(limit: Int = 1 << 30) throws(SystemError) -> [UInt8] {
    var contents: [UInt8] = []
    var size = max(4096, Int(clamping: try status().byteCount) + 1)
    while true {
      let filled = contents.count
      if size > limit + 1 { throw SystemError(code: EFBIG) }
      contents.append(contentsOf: repeatElement(0, count: size - filled))
      let outcome = unsafe contents.withUnsafeMutableBytes { bytes -> Result<Int, SystemError> in
        var total = filled
        do throws(SystemError) {
          while total < bytes.count {
            // SAFETY: the rest of the array's own memory, from an index within it.
            let count = try unsafe read(into: UnsafeMutableRawBufferPointer(rebasing: bytes[total...]))
            if count == 0 { break }
            total += count
          }
          return .success(total)
        } catch {
          return .failure(error)
        }
      }
      let total = try outcome.get()
      if total < size {
        contents.removeSubrange(total...)
        return contents
      }
      size *= 2
    }
  }
}

/// A file's kind, size and times.
package struct FileStatus: Equatable, Sendable {
  /// Its mode as in stat(2): kind and permission bits.
  package let mode: UInt32
  /// Its size in bytes.
  package let byteCount: Int
  /// When its content changed, in nanoseconds since 1970.
  package let modified: Int
  /// The device and the number of the file on it: the same for the same file.
  package let identity: FileIdentity

  /// What is known of a regular file that has no place of its own.
  package init(ofFile byteCount: Int, modified: Int, isExecutable: Bool) {
    mode = UInt32(S_IFREG) | (isExecutable ? 0o755 : 0o644)
    self.byteCount = byteCount
    self.modified = modified
    identity = FileIdentity(device: 0, number: 0)
  }

  init(_ raw: stat) {
    mode = UInt32(raw.st_mode)
    byteCount = Int(raw.st_size)
    #if canImport(Darwin)
      modified = raw.st_mtimespec.tv_sec &* 1_000_000_000 &+ raw.st_mtimespec.tv_nsec
    #else
      modified = raw.st_mtim.tv_sec &* 1_000_000_000 &+ raw.st_mtim.tv_nsec
    #endif
    identity = FileIdentity(device: UInt64(raw.st_dev), number: UInt64(raw.st_ino))
  }

  /// Whether it is a regular file.
  package var isRegular: Bool { mode & UInt32(S_IFMT) == UInt32(S_IFREG) }
  /// Whether it is a folder.
  package var isFolder: Bool { mode & UInt32(S_IFMT) == UInt32(S_IFDIR) }
  /// Whether its owner may execute it.
  package var isExecutable: Bool { mode & 0o100 != 0 }
}

/// Which file it is, whatever its name.
package struct FileIdentity: Hashable, Sendable {
  /// The device.
  package let device: UInt64
  /// The number on it.
  package let number: UInt64
}
