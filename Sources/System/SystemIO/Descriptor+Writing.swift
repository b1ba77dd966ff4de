// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

extension Descriptor {
  /// Opens `path` with the `flags` of open(2); a new file gets the permissions `mode`, less the umask.
  package static func open(
    _ path: borrowing CString, flags: Int32, mode: UInt32
  ) throws(SystemError) -> Descriptor {
    let descriptor = systemOpen(path, flags | O_CLOEXEC, mode)
    guard descriptor >= 0 else { throw .current }
    return Descriptor(owning: descriptor)
  }

  /// Writes all of `bytes` to the open file `descriptor`, in as many calls as that takes.
  package static func write(_ bytes: RawSpan, to descriptor: Int32) throws(SystemError) {
    var rest = bytes
    while rest.byteCount > 0 {
      let count = systemWrite(descriptor, rest)
      if count >= 0 {
        rest = rest.extracting(count...)
      } else if errno == EAGAIN {
        // A terminal or pipe that another process has made non-blocking.
        var waiting = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        _ = unsafe poll(&waiting, 1, -1)
      } else if errno != EINTR {
        throw .current
      }
    }
  }

  /// Writes all of `bytes` to the open file `descriptor`, in as many calls as that takes.
  package static func write(_ bytes: [UInt8], to descriptor: Int32) throws(SystemError) {
    // SAFETY: bytes have no padding; the array lives as long as the call.
    try write(unsafe bytes.span.bytes, to: descriptor)
  }

  /// Writes all of `bytes` at `offset`, in as many calls as that takes; the current offset stays.
  package func write(_ bytes: RawSpan, at offset: Int) throws(SystemError) {
    var done = 0
    while done < bytes.byteCount {
      // SAFETY: the system reads at most what the span holds.
      let count = unsafe bytes.extracting(done...).withUnsafeBytes {
        unsafe pwrite(rawValue, $0.baseAddress, $0.count, off_t(offset + done))
      }
      if count >= 0 {
        done += count
      } else if errno != EINTR {
        throw .current
      }
    }
  }

  /// Makes `offset` the current offset.
  package func seek(to offset: Int) throws(SystemError) {
    guard lseek(rawValue, off_t(offset), SEEK_SET) >= 0 else { throw .current }
  }

  /// Makes the file empty, to be written from its beginning (ftruncate(2), lseek(2)).
  package func removeContents() throws(SystemError) {
    guard ftruncate(rawValue, 0) == 0, lseek(rawValue, 0, SEEK_SET) == 0 else { throw .current }
  }
}
