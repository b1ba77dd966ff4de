// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// A buffer that files are read into: allocated once, never zeroed.
@safe
package struct ReadBuffer: ~Copyable {
  package let capacity: Int
  /// The number of bytes read.
  package private(set) var count = 0
  private let memory: UnsafeMutableRawPointer
  /// Where in the memory the bytes begin.
  private var start = 0
  /// What the memory holds of a file that never changes, by its offsets.
  private var held = 0..<0

  package init(capacity: Int) {
    self.capacity = capacity
    unsafe memory = UnsafeMutableRawPointer.allocate(byteCount: capacity, alignment: 64)
  }

  deinit { unsafe memory.deallocate() }

  /// The bytes that have been read.
  package var bytes: RawSpan {
    @_lifetime(borrow self) get {
      // SAFETY: the `count` bytes from `start` on have been written by the system, and live as long as the
      // buffer.
      let span = unsafe RawSpan(_unsafeStart: memory + start, byteCount: count)
      return unsafe _overrideLifetime(span, borrowing: self)
    }
  }

  package var isFull: Bool { count == capacity }

  package mutating func clear() { (start, count, held) = (0, 0, 0..<0) }

  /// Reads once from `file`, up to `limit` bytes, and appends. Returns the number of bytes read: 0 at the end
  /// of the file, or where there is no room.
  package mutating func read(from file: borrowing Descriptor, limit: Int = .max) throws(SystemError) -> Int {
    held = 0..<0
    // SAFETY: what is left of the memory behind `count`.
    let rest = unsafe UnsafeMutableRawBufferPointer(
      start: memory + start + count, count: min(limit, capacity - start - count))
    let read = try unsafe file.read(into: rest)
    count += read
    return read
  }

  /// Replaces the contents by the first bytes of `source`, as many as there is room for.
  package mutating func fill(from source: ArraySlice<UInt8>) {
    clear()
    count = min(source.count, capacity)
    // SAFETY: both have at least `count` bytes, and do not overlap.
    unsafe source.withUnsafeBytes { bytes in
      guard let first = bytes.baseAddress else { return }
      unsafe memory.copyMemory(from: first, byteCount: count)
    }
  }

  /// Replaces the contents by up to `limit` bytes of `file` at `offset`, fewer only at the end of the file.
  package mutating func fill(
    from file: borrowing Descriptor, at offset: Int, limit: Int
  ) throws(SystemError) {
    clear()
    while count < min(limit, capacity) {
      // SAFETY: what is left of the memory behind `count`, up to the limit.
      let rest = unsafe UnsafeMutableRawBufferPointer(
        start: memory + count, count: min(limit, capacity) - count)
      let read = try unsafe file.read(into: rest, at: offset + count)
      if read == 0 { return }
      count += read
    }
  }

  /// How far is read ahead.
  private static let ahead = 1 << 16

  /// The same of a file that never changes: where one part follows the other, what comes next is read with
  /// it.
  ///
  /// - Precondition: it is the same file each time.
  package mutating func fill(
    fromUnchanging file: borrowing Descriptor, at offset: Int, limit: Int
  ) throws(SystemError) {
    if !held.contains(offset) || offset + limit > held.upperBound {
      let isNext = offset == held.lowerBound + start + count
      try fill(from: file, at: offset, limit: max(limit, isNext ? Self.ahead : 0))
      held = offset..<(offset + count)
    }
    start = offset - held.lowerBound
    count = min(limit, held.upperBound - offset)
  }
}
