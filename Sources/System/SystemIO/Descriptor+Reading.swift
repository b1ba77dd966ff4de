// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

extension Descriptor {
  /// Reads at the current offset into `buffer`. Returns 0 at the end of the file.
  package func read(into buffer: UnsafeMutableRawBufferPointer) throws(SystemError) -> Int {
    while true {
      let count = unsafe systemRead(rawValue, buffer)
      if count >= 0 { return count }
      if errno != EINTR { throw .current }
    }
  }

  /// Waits until there is something to read, or the end; false where there is neither within so many
  /// milliseconds.
  package func waitForInput(milliseconds: Int32) -> Bool {
    var waiting = pollfd(fd: rawValue, events: Int16(POLLIN), revents: 0)
    return unsafe poll(&waiting, 1, milliseconds) > 0
  }

  /// Whether the open file `number` is a pipe that no process reads any longer.
  package static func isUnread(_ number: Int32) -> Bool {
    var waiting = pollfd(fd: number, events: 0, revents: 0)
    return unsafe poll(&waiting, 1, 0) > 0 && Int32(waiting.revents) & (POLLERR | POLLHUP) != 0
  }

  /// Reads at `offset` into `buffer`. Returns 0 at the end of the file.
  package func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int) throws(SystemError) -> Int {
    while true {
      // SAFETY: the system writes at most the buffer's size.
      let count = unsafe pread(rawValue, buffer.baseAddress, buffer.count, off_t(offset))
      if count >= 0 { return count }
      if errno != EINTR { throw .current }
    }
  }

  /// Returns up to `count` bytes at `offset`, fewer only at the end of the file.
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

  /// Returns the rest of the file from the current offset.
  ///
  /// - Throws: EFBIG where that is more than `limit` bytes.
  package func readAll(limit: Int = 1 << 30) throws(SystemError) -> [UInt8] {
    var contents: [UInt8] = []
    let status = try status()
    if status.isRegular, status.byteCount > limit { throw SystemError(code: EFBIG) }
    var size = min(max(4096, status.byteCount + 1), limit + 1)
    while true {
      let wanted = size - contents.count
      var failure: SystemError?
      // SAFETY: `fill` writes no more than the capacity that was added, and counts what it wrote.
      contents.append(addingCapacity: wanted) { output in
        unsafe output.withUnsafeMutableBufferPointer { memory, filled in
          failure = unsafe fill(memory, upTo: wanted, &filled)
        }
      }
      if let failure { throw failure }
      if contents.count > limit { throw SystemError(code: EFBIG) }
      if contents.count < size { return contents }
      size = min(size * 2, limit + 1)
    }
  }

  /// Reads into `memory` until it holds `count` bytes or the file ends.
  private func fill(
    _ memory: UnsafeMutableBufferPointer<UInt8>, upTo count: Int, _ filled: inout Int
  ) -> SystemError? {
    do throws(SystemError) {
      while filled < count {
        // SAFETY: the rest of the memory, from an index within it.
        let rest = unsafe UnsafeMutableRawBufferPointer(
          rebasing: UnsafeMutableRawBufferPointer(memory)[filled..<count])
        let got = try unsafe read(into: rest)
        if got == 0 { break }
        filled += got
      }
      return nil
    } catch {
      return error
    }
  }
}
