// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

#if canImport(Darwin)
  internal import Darwin
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Glibc
#endif

/// A system call that failed.
struct SystemFailure: Error, CustomStringConvertible {
  let code: Int32

  init(_ code: Int32) { self.code = code }

  static var current: SystemFailure { SystemFailure(errno) }

  /// For a file that has become shorter than it was.
  static var endedEarly: SystemFailure { SystemFailure(EIO) }

  var isAddressInUse: Bool { code == EADDRINUSE }

  var description: String {
    // SAFETY: strerror gives a text that ends with a NUL, copied before another call can change it.
    unsafe String(cString: strerror(code))
  }
}

/// An open file, closed with its last owner.
final class OpenFile: Sendable {
  enum Mode {
    case create, lock, folder

    fileprivate var flags: Int32 {
      switch self {
      case .create: O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC
      case .lock: O_RDWR | O_CREAT | O_CLOEXEC
      case .folder: O_RDONLY | O_DIRECTORY | O_CLOEXEC
      }
    }
  }

  private let descriptor: Int32

  init(_ path: String, _ mode: Mode) throws(SystemFailure) {
    while true {
      // SAFETY: the path is a temporary C string for the time of the call.
      let number = unsafe open(path, mode.flags, 0o600)
      if number >= 0 {
        descriptor = number
        return
      }
      if errno != EINTR { throw .current }
    }
  }

  deinit {
    // A lock belongs to the open file, which a process that was just forked has too until it runs its program: closing alone would
    // leave it locked that long.
    _ = flock(descriptor, LOCK_UN)
    _ = close(descriptor)
  }

  func writeAll(_ bytes: [UInt8]) throws(SystemFailure) {
    var written = 0
    while written < bytes.count {
      // SAFETY: the part of the array's own memory from an index within it to its end.
      let count = unsafe bytes[written...].withUnsafeBytes { part in
        unsafe write(descriptor, part.baseAddress, part.count)
      }
      if count > 0 { written += count } else if errno != EINTR { throw .current }
    }
  }

  /// Waits until all that was written is on the disk.
  func synchronize() throws(SystemFailure) {
    guard fsync(descriptor) == 0 else { throw .current }
  }

  /// Takes the file for this process; false where another one has it.
  func lock() -> Bool { flock(descriptor, LOCK_EX | LOCK_NB) == 0 }

  static func rename(_ path: String, to newPath: String) throws(SystemFailure) {
    // SAFETY: the paths are temporary C strings for the time of the call.
    #if canImport(Darwin)
      let outcome = unsafe Darwin.rename(path, newPath)
    #elseif canImport(Musl)
      let outcome = unsafe Musl.rename(path, newPath)
    #else
      let outcome = unsafe Glibc.rename(path, newPath)
    #endif
    guard outcome == 0 else { throw .current }
  }

  /// Removes a name. That it may not be there is fine.
  static func remove(_ path: String) {
    // SAFETY: the path is a temporary C string for the time of the call.
    _ = unsafe unlink(path)
  }
}
