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
    var size = min(max(4096, Int(clamping: try status().byteCount) + 1), limit + 1)
    while true {
      let filled = contents.count
      contents.append(contentsOf: repeatElement(0, count: size - filled))
      let outcome = unsafe contents.withUnsafeMutableBytes { bytes in
        Result { () throws(SystemError) -> Int in
          var total = filled
          while total < bytes.count {
            // SAFETY: the rest of the array's own memory, from an index within it.
            let count = try unsafe read(into: UnsafeMutableRawBufferPointer(rebasing: bytes[total...]))
            if count == 0 { break }
            total += count
          }
          return total
        }
      }
      let total = try outcome.get()
      if total > limit { throw SystemError(code: EFBIG) }
      if total < size {
        contents.removeSubrange(total...)
        return contents
      }
      size = min(size * 2, limit + 1)
    }
  }
}
