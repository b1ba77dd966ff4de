// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

public import CByteKernels

/// Encodes a stream of bytes that arrives in pieces of any size into one piece of memory that takes all of
/// it. Only ``Base64/encodeStream(into:kernel:_:)`` makes one.
///
/// ``Base64Encoder`` writes into an output that other threads may read between two pieces; where it lays
/// small pieces behind each other in more than 16 MiB, it must still write each through the caches. This one
/// has the output for itself until the stream ends, and is then as fast as one call for the whole, with
/// pieces of 4 KiB or more and an output that goes on at a multiple of 4 in memory.
@safe public struct Base64Writer: ~Copyable {
  @usableFromInline var encoder: Base64Encoder
  @usableFromInline var line = cb64_line()
  @usableFromInline let isPastTheCaches: Bool
  /// Where the stream's first character goes; nil where it has no capacity.
  @usableFromInline let start: UnsafeMutablePointer<UInt8>?
  @usableFromInline let capacity: Int
  @usableFromInline var written = 0

  /// - Precondition: the writer ends before the memory does, and before anything else looks at it.
  @inlinable
  init(unsafeStart start: UnsafeMutablePointer<UInt8>?, capacity: Int, encoder: Base64Encoder) {
    unsafe self.start = start
    self.capacity = capacity
    self.encoder = encoder
    isPastTheCaches = cb64_stores_past(capacity)
  }

  /// Encodes `input` behind what was written before.
  ///
  /// - Precondition: the output has capacity for all of the stream so far, padding included.
  @inlinable public mutating func write(_ input: RawSpan) {
    let count = input.byteCount
    // The sum cannot overflow: the first is in memory, and the others are less than a line.
    let pending = count + Int(encoder.stream.carried) + Int(line.count)
    precondition(Base64Encoder.encodedCount(pending) <= capacity - written, "the output is too small")
    unsafe input.withUnsafeBytes { input in
      guard let bytes = input.baseAddress, let start = unsafe start else { return }
      let first = unsafe bytes.assumingMemoryBound(to: UInt8.self)
      // SAFETY: `count` bytes can be read, and the output has capacity for what they make: checked above.
      if isPastTheCaches {
        written += unsafe cb64_stream_encode_past(&encoder.stream, &line, first, count, start + written)
      } else {
        written += unsafe cb64_stream_encode(&encoder.stream, first, count, start + written)
      }
    }
  }

  /// Writes the last group with its padding, if bytes are carried.
  @inlinable mutating func finish() {
    guard let start = unsafe start else { return }
    // SAFETY: `write(_:)` has checked that there is capacity for the padded group.
    if isPastTheCaches {
      written += unsafe cb64_stream_finish_past(&encoder.stream, &line, start + written)
    } else {
      written += unsafe cb64_stream_finish(&encoder.stream, start + written)
    }
  }
}

extension Base64 {
  /// Appends the characters of a stream that `body` writes, padding included.
  ///
  /// ```swift
  /// Base64.encodeStream(into: &output) { writer in
  ///   for chunk in chunks { writer.write(chunk.bytes) }
  /// }
  /// ```
  ///
  /// Where the output has a capacity of 16 MiB or more left, what is written is in no cache afterwards: give
  /// a small stream an output that is not much larger. Where `body` throws, the output holds what it held
  /// before. Tests and measurements name a kernel.
  ///
  /// - Precondition: `kernel.isAvailable`.
  @inlinable public static func encodeStream<Failure: Error>(
    into output: inout OutputRawSpan, kernel: Base64Kernel = .best,
    _ body: (inout Base64Writer) throws(Failure) -> Void
  ) throws(Failure) {
    let encoder = Base64Encoder(kernel: kernel)
    unsafe try output.withUnsafeMutableBytes { buffer, used throws(Failure) in
      let start = unsafe buffer.baseAddress.map { unsafe ($0 + used).assumingMemoryBound(to: UInt8.self) }
      // SAFETY: the writer ends here, and until then the output is ours.
      let capacity = buffer.count - used
      var writer = unsafe Base64Writer(unsafeStart: start, capacity: capacity, encoder: encoder)
      // Also where `body` throws: another thread may then use the memory for something else.
      defer {
        if writer.isPastTheCaches { cb64_fence() }
        // The writer of another output, which `body` has swapped in, would outlive its memory.
        precondition(
          unsafe writer.start == start && writer.capacity == capacity, "the writer belongs to another output")
      }
      try body(&writer)
      writer.finish()
      used += writer.written
    }
  }
}
