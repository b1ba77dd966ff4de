// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import CZlib

/// Owns a `z_stream`, which must not move, and the buffer that zlib writes to. All of zlib's pointers live in
/// this file.
@safe struct ZlibState: ~Copyable {
  /// What is emitted at most at a time.
  static let bufferSize = 64 * 1024

  enum Direction { case deflate, inflate }

  private let direction: Direction
  private let stream: UnsafeMutablePointer<z_stream>
  private let buffer: UnsafeMutablePointer<UInt8>
  private var header: UnsafeMutablePointer<gz_header>?

  /// A state that `start` has initialised.
  init(_ direction: Direction, start: (UnsafeMutablePointer<z_stream>) -> Int32) throws(DeflateError) {
    // SAFETY: allocated for one value and initialised at once. Where `start` fails zlib has kept nothing of
    // it.
    let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
    unsafe stream.initialize(to: z_stream())
    let code = unsafe start(stream)
    guard code == Z_OK else {
      unsafe stream.deallocate()
      throw code == Z_MEM_ERROR ? .outOfMemory : .invalidParameter
    }
    self.direction = direction
    unsafe self.stream = unsafe stream
    unsafe buffer = .allocate(capacity: Self.bufferSize)
    unsafe header = nil
    rewind()
  }

  deinit {
    // SAFETY: `init` has initialised the state; after this nothing can reach either pointer.
    switch direction {
    case .deflate: _ = unsafe deflateEnd(stream)
    case .inflate: _ = unsafe inflateEnd(stream)
    }
    unsafe stream.deallocate()
    unsafe buffer.deallocate()
    unsafe header?.deallocate()
  }

  /// Makes an encoder of gzip name no system: zlib would name the one that it was compiled for.
  mutating func hideSystem() {
    precondition(unsafe direction == .deflate && header == nil)
    // SAFETY: zlib keeps the pointer until it has written the header; it is freed in `deinit`, after zlib's
    // end. All of its pointers are null, so there is no name, comment or extra field to read.
    let header = UnsafeMutablePointer<gz_header>.allocate(capacity: 1)
    unsafe header.initialize(to: gz_header())
    unsafe header.pointee.os = 255
    unsafe self.header = unsafe header
    _ = unsafe deflateSetHeader(stream, header)
  }

  /// Bytes in the buffer that have not been emitted.
  private var pending: Int {
    // SAFETY: `stream` is initialised.
    unsafe Self.bufferSize - Int(stream.pointee.avail_out)
  }

  /// Whether zlib has no room left to write to.
  var isFull: Bool { pending == Self.bufferSize }

  /// Bytes of input that zlib has not taken yet.
  var unread: Int {
    // SAFETY: `stream` is initialised.
    unsafe Int(stream.pointee.avail_in)
  }

  /// Bytes taken since the state was made or reset.
  var taken: Int {
    // SAFETY: `stream` is initialised.
    unsafe Int(stream.pointee.total_in)
  }

  /// zlib's words for the last error.
  var message: String {
    // SAFETY: zlib's messages are constant C strings, or null.
    guard let text = unsafe stream.pointee.msg else { return "no reason given" }
    return unsafe String(cString: text)
  }

  /// One call of `deflate` or `inflate`.
  mutating func step(_ flush: Int32) -> Int32 {
    // SAFETY: `next_in` and `next_out` are valid for `avail_in` and `avail_out` bytes (`withInput`,
    // `rewind`).
    switch direction {
    case .deflate: unsafe deflate(stream, flush)
    case .inflate: unsafe inflate(stream, flush)
    }
  }

  /// Makes a decoder ready for another stream; unread input stays.
  mutating func resetInflate() {
    // SAFETY: `stream` is initialised, and only decoders call this.
    _ = unsafe inflateReset(stream)
  }

  /// Makes an encoder ready for other data; its settings stay.
  mutating func resetDeflate() {
    // SAFETY: `stream` is initialised, and only encoders call this.
    _ = unsafe deflateReset(stream)
  }

  /// Changes how an encoder works from here on; may write to the buffer.
  mutating func setParameters(level: Int32, strategy: Int32) -> Int32 {
    // SAFETY: as for `step`.
    unsafe deflateParams(stream, level, strategy)
  }

  /// Gives `input` to zlib, in parts that it can count, and calls `body`, which steps until a part is taken.
  mutating func withInput<E: Error>(
    _ input: RawSpan, _ body: (inout ZlibState) throws(E) -> Void
  ) throws(E) {
    let most = 1 << 30
    var offset = 0
    while offset < input.byteCount {
      let count = Swift.min(input.byteCount - offset, most)
      let part = input.extracting(offset..<offset + count)
      offset += count
      try unsafe part.withUnsafeBytes { (bytes) throws(E) in
        // SAFETY: `bytes` is valid for the closure's length and zlib only reads it; the pointer is taken back
        // before the closure ends, whichever way it ends. `count` is more than 0 and fits 32 bits.
        unsafe stream.pointee.next_in = UnsafeMutablePointer(
          mutating: bytes.baseAddress?.assumingMemoryBound(to: UInt8.self))
        unsafe stream.pointee.avail_in = UInt32(bytes.count)
        defer {
          unsafe stream.pointee.next_in = nil
          unsafe stream.pointee.avail_in = 0
        }
        try body(&self)
      }
    }
  }

  /// Has a decoder read `input`, at most 1 GiB, and write behind what `output` holds; returns zlib's code and
  /// how many bytes it took. The buffer has no part in it.
  mutating func decode(_ input: RawSpan, into output: inout OutputRawSpan) -> (code: Int32, taken: Int) {
    precondition(direction == .inflate && input.byteCount <= 1 << 30)
    return unsafe input.withUnsafeBytes { source in
      unsafe output.withUnsafeMutableBytes { memory, filled in
        let free = Swift.min(memory.count - filled, 1 << 30)
        // SAFETY: zlib reads at most `avail_in` and writes at most `avail_out` bytes, which both spans have;
        // the pointers are taken back before the closures end.
        unsafe stream.pointee.next_in = UnsafeMutablePointer(
          mutating: source.baseAddress?.assumingMemoryBound(to: UInt8.self))
        unsafe stream.pointee.avail_in = UInt32(source.count)
        unsafe stream.pointee.next_out = memory.baseAddress.map {
          unsafe ($0 + filled).assumingMemoryBound(to: UInt8.self)
        }
        unsafe stream.pointee.avail_out = UInt32(free)
        // All that there is of the output's room is given at once: zlib then keeps no window of its own.
        let code = unsafe inflate(stream, Z_FINISH)
        let taken = unsafe source.count - Int(stream.pointee.avail_in)
        unsafe filled += free - Int(stream.pointee.avail_out)
        unsafe stream.pointee.next_in = nil
        unsafe stream.pointee.avail_in = 0
        rewind()
        return (code, taken)
      }
    }
  }

  /// Hands over what is in the buffer, if anything, and empties it.
  mutating func drain<E: Error>(_ emit: (RawSpan) throws(E) -> Void) throws(E) {
    let count = pending
    guard count > 0 else { return }
    rewind()
    // SAFETY: zlib has written the first `count` bytes, and `emit` cannot reach `self` to let it write again.
    try unsafe emit(UnsafeRawBufferPointer(start: buffer, count: count).bytes)
  }

  private func rewind() {
    // SAFETY: the buffer lives as long as the stream and has this size.
    unsafe stream.pointee.next_out = unsafe buffer
    unsafe stream.pointee.avail_out = UInt32(Self.bufferSize)
  }
}
