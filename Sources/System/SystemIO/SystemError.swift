// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// A system call that failed: errno without a path, which the caller adds.
package struct SystemError: Error, Equatable {
  /// The error number (errno(3)).
  package let code: Int32

  package init(code: Int32) { self.code = code }

  /// The value of errno now.
  package static var current: SystemError { SystemError(code: errno) }

  /// The system's text for it: "No such file or directory".
  package var message: String {
    // SAFETY: strerror gives a NUL-terminated text, copied here before any other call can change it.
    unsafe String(cString: strerror(code))
  }

  /// Whether there is no such file or directory (ENOENT).
  package var isMissing: Bool { code == ENOENT }

  /// Whether there is certainly nothing of the name (ENOENT; ENOTDIR: a file is in the place of a directory).
  package var saysAbsent: Bool { code == ENOENT || code == ENOTDIR }

  /// Whether as many files are open as the process (EMFILE) or the system (ENFILE) may have.
  package var isOutOfDescriptors: Bool { code == EMFILE || code == ENFILE }

  /// Whether the reader of a pipe has closed it (EPIPE).
  package var isBrokenPipe: Bool { code == EPIPE }
}
