// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import CSystemIO

/// Bytes that are appended and then taken: memory that grows, is reused and never zeroed.
@safe
package struct WriteBuffer: ~Copyable, Sendable {
  package internal(set) var count = 0
  package private(set) var capacity: Int
  @usableFromInline nonisolated(unsafe) var memory: UnsafeMutableRawPointer

  package init(capacity: Int) {
    self.capacity = capacity
    unsafe memory = Self.allocate(capacity)
  }

  deinit { unsafe Self.free(memory, capacity) }

  /// The capacity from which on it has pages of its own. They grow without a copy, and go back to the system
  /// at once: large pieces that come and go would leave holes in the heap.
  private static let pagedFrom = 1 << 18

  private static func allocate(_ capacity: Int) -> UnsafeMutableRawPointer {
    if capacity < pagedFrom { return UnsafeMutableRawPointer.allocate(byteCount: capacity, alignment: 64) }
    return unsafe pages(nil, 0, capacity)
  }

  private static func pages(_ old: UnsafeMutableRawPointer?, _ count: Int, _ capacity: Int)
    -> UnsafeMutableRawPointer
  {
    guard let pages = unsafe actorpush_grow_pages(old, count, capacity) else {
      // As the allocator does when the heap is exhausted.
      fatalError("no memory for \(capacity) bytes")
    }
    return unsafe pages
  }

  private static func free(_ memory: UnsafeMutableRawPointer, _ capacity: Int) {
    // SAFETY: what `allocate` or `pages` gave for that capacity, given up by its only owner.
    if capacity < pagedFrom { unsafe memory.deallocate() } else { _ = unsafe munmap(memory, capacity) }
  }

  /// The bytes written.
  package var bytes: RawSpan {
    @_lifetime(borrow self) get {
      // SAFETY: the first `count` bytes have been written, and live as long as the buffer.
      let span = unsafe RawSpan(_unsafeStart: memory, byteCount: count)
      return unsafe _overrideLifetime(span, borrowing: self)
    }
  }

  /// The bytes written, byte by byte.
  package var span: Span<UInt8> {
    @inlinable @_lifetime(borrow self) get {
      // SAFETY: the first `count` bytes have been written, and live as long as the buffer.
      let span = unsafe Span(_unsafeStart: memory.assumingMemoryBound(to: UInt8.self), count: count)
      return unsafe _overrideLifetime(span, borrowing: self)
    }
  }

  /// A copy of the bytes written.
  package var array: [UInt8] {
    // SAFETY: the first `count` bytes have been written.
    unsafe Array(UnsafeRawBufferPointer(start: memory, count: count))
  }

  /// A copy of the bytes written, from offset `start` on.
  package func array(from start: Int) -> [UInt8] {
    // SAFETY: the first `count` bytes have been written; extracting checks the start.
    unsafe Array(UnsafeRawBufferPointer(start: memory, count: count)[start...])
  }

  /// Keeps at most the first `count` bytes.
  @inlinable package mutating func truncate(to count: Int) { self.count = min(count, self.count) }

  /// Appends what `body` writes, at most `capacity` bytes.
  package mutating func append<Outcome>(
    capacity: Int, _ body: (inout OutputRawSpan) -> Outcome
  ) -> Outcome {
    reserve(capacity)
    // SAFETY: at least `capacity` bytes of our own memory lie behind `count`; finalize says how many have
    // been written.
    let free = unsafe UnsafeMutableRawBufferPointer(start: memory + count, count: capacity)
    var output = unsafe OutputRawSpan(buffer: free, initializedCount: 0)
    let outcome = body(&output)
    count += unsafe output.finalize(for: free)
    return outcome
  }

  /// Appends `bytes`.
  @inlinable package mutating func append(_ bytes: RawSpan) {
    reserve(bytes.byteCount)
    // SAFETY: reserved just now; the span is other memory.
    unsafe bytes.withUnsafeBytes { source in
      if let start = source.baseAddress {
        unsafe (memory + count).copyMemory(from: start, byteCount: source.count)
      }
    }
    count += bytes.byteCount
  }

  /// Appends `bytes`.
  @inlinable package mutating func append(_ bytes: [UInt8]) { append(bytes.span) }

  /// Appends `bytes`.
  @inlinable package mutating func append(_ bytes: Span<UInt8>) {
    // SAFETY: bytes have no padding.
    append(unsafe bytes.bytes)
  }

  /// Appends `text` in UTF-8.
  package mutating func append(_ text: StaticString) {
    // SAFETY: a static string lives for ever.
    append(unsafe RawSpan(_unsafeStart: text.utf8Start, byteCount: text.utf8CodeUnitCount))
  }

  @inlinable mutating func reserve(_ more: Int) { if count + more > capacity { grow(by: more) } }

  @usableFromInline mutating func grow(by more: Int) {
    let grown = max(capacity * 2, count + more)
    // SAFETY: the first `count` bytes of both are ours.
    if capacity >= Self.pagedFrom {
      unsafe memory = Self.pages(memory, capacity, grown)
    } else {
      let fresh = unsafe Self.allocate(grown)
      unsafe fresh.copyMemory(from: memory, byteCount: count)
      unsafe Self.free(memory, capacity)
      unsafe memory = fresh
    }
    capacity = grown
  }
}

extension RawSpan {
  /// The byte at `offset`.
  @inlinable package func byte(at offset: Int) -> UInt8 {
    // SAFETY: a byte is of any value; the offset is checked by the span.
    unsafe unsafeLoad(fromByteOffset: offset, as: UInt8.self)
  }
}
