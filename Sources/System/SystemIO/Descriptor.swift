// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import CSystemIO

/// An open file, closed when its owner goes out of scope.
package struct Descriptor: ~Copyable {
  /// The file descriptor; the owner keeps it open.
  package let rawValue: Int32

  /// Takes over the file descriptor `rawValue`, and closes it in the end.
  package init(owning rawValue: Int32) { self.rawValue = rawValue }

  deinit { _ = actorpush_close(rawValue) }

  /// How to open a file: by what the last component of its path may be.
  package enum Access {
    /// A directory, not through a symbolic link.
    case directory
    /// A directory, through symbolic links.
    case directoryThroughLinks
    /// A file to read, not through a symbolic link; a FIFO does not block.
    case file
    /// A file to read, through symbolic links; a FIFO does not block.
    case fileThroughLinks
    /// The name alone of a file of any kind, through symbolic links.
    case pathOnly

    var flags: Int32 {
      switch self {
      case .directory: O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC
      case .directoryThroughLinks: O_RDONLY | O_DIRECTORY | O_CLOEXEC
      case .file: O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC | O_NOCTTY
      case .fileThroughLinks: O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY
      case .pathOnly: actorpush_path_only_flag() | O_CLOEXEC
      }
    }
  }

  /// Opens `path`, relative to the working directory or to the open directory `directory`.
  package static func open(
    _ path: borrowing CString, in directory: Int32 = AT_FDCWD, as access: Access
  ) throws(SystemError) -> Descriptor {
    while true {
      // SAFETY: CString's memory ends with a NUL and lives as long as the borrow.
      let descriptor = unsafe actorpush_openat(directory, path.pointer, access.flags)
      if descriptor >= 0 { return Descriptor(owning: descriptor) }
      if errno != EINTR { throw .current }
    }
  }

  /// Sizes the process's table for `count` open files, while the process has one thread.
  ///
  /// Linux grows the table of a process with several threads only after all processors have passed a
  /// quiescent state (synchronize_rcu), and the thread that opens a file waits for that, 10 ms and more.
  package static func reserveCapacity(_ count: Int32) {
    #if os(Linux)
      // Where the limit is lower, the table grows when it must.
      let last = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, count - 1)
      if last >= 0 { close(last) }
    #endif
  }

  /// How many files this process may have open at a time (`ulimit -n`).
  package static let limit = {
    let count = sysconf(Int32(_SC_OPEN_MAX))
    return count < 0 ? 1 << 20 : max(16, count)
  }()

  /// Keeps the numbers of standard input, output and error from other files where the process was started
  /// without them. Reading the first and writing the others fails, as it would have.
  package static func reserveStandard() {
    for number in [STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO] where fcntl(number, F_GETFD) < 0 {
      // The lowest free number: this one.
      _ = systemOpen(CString("/dev/null"), number == STDIN_FILENO ? O_WRONLY : O_RDONLY, 0)
    }
  }

  package func status() throws(SystemError) -> FileStatus {
    var raw = stat()
    // SAFETY: fstat fills the structure that it is given.
    guard unsafe actorpush_fstat(rawValue, &raw) == 0 else { throw .current }
    return FileStatus(raw)
  }
}
