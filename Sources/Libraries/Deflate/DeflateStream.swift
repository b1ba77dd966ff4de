// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import CZlib

/// Compresses what is written to it, in constant memory (about 320 KiB).
///
/// ```swift
/// var stream = try DeflateStream(format: .gzip)
/// try stream.write(bytes) { try sink.write($0) }
/// try stream.finish { try sink.write($0) }
/// ```
///
/// The same writes give the same bytes: no date or system goes in. A stream whose `emit` has thrown has lost
/// data; throw it away. One that is let go without `finish` frees its memory and nothing else.
package struct DeflateStream: ~Copyable {
  private var state: ZlibState

  /// A stream that compresses with `level` (0…9, −1 is zlib's default).
  ///
  /// - Throws: `invalidParameter` for another level; `outOfMemory`.
  package init(
    format: DeflateFormat, level: Int32 = 6, strategy: DeflateStrategy = .standard
  ) throws(DeflateError) {
    state = try unsafe ZlibState(.deflate) {
      // SAFETY: the pointer is that of a fresh, zeroed state.
      unsafe CZlib_deflateInit2($0, level, format.windowBits, strategy.zlibValue)
    }
    if format == .gzip { state.hideSystem() }
  }

  /// Compresses `input`. Calls `emit` each time that 64 KiB have come together; what is left stays for later.
  package mutating func write<E: Error>(
    _ input: RawSpan, _ emit: (RawSpan) throws(E) -> Void
  ) throws(E) {
    try state.withInput(input) { (state) throws(E) in
      while state.unread > 0 {
        // A change of parameters may have filled it to the last byte.
        if state.isFull { try state.drain(emit) }
        Self.expect(state.step(Z_NO_FLUSH))
        if state.isFull { try state.drain(emit) }
      }
    }
  }

  /// Emits everything that has been written so far, and ends on a byte.
  package mutating func flush<E: Error>(
    _ kind: DeflateFlush = .sync, _ emit: (RawSpan) throws(E) -> Void
  ) throws(E) {
    // zlib is done once it leaves room in the buffer. Z_BUF_ERROR: there was nothing left to flush.
    var isDone = false
    while !isDone {
      let code = state.step(kind.zlibValue)
      if code != Z_BUF_ERROR { Self.expect(code) }
      isDone = !state.isFull
      try state.drain(emit)
    }
  }

  /// Compresses what comes from here on differently; what came before may be emitted.
  ///
  /// - Precondition: `level` is in −1…9.
  package mutating func setParameters<E: Error>(
    level: Int32, strategy: DeflateStrategy, _ emit: (RawSpan) throws(E) -> Void
  ) throws(E) {
    // Z_BUF_ERROR: what came before doesn't fit into the buffer, and nothing has been changed yet.
    while true {
      if state.isFull { try state.drain(emit) }
      let code = state.setParameters(level: level, strategy: strategy.zlibValue)
      if code == Z_OK { break }
      precondition(code == Z_BUF_ERROR, "zlib refused level \(level)")
      try state.drain(emit)
    }
  }

  /// Emits what `flush` would, and begins anew with its memory: the next data owes nothing to what came
  /// before.
  package mutating func beginAnew<E: Error>(_ emit: (RawSpan) throws(E) -> Void) throws(E) {
    try flush(.sync, emit)
    state.resetDeflate()
  }

  /// Writes the end and emits all that is left.
  package consuming func finish<E: Error>(_ emit: (RawSpan) throws(E) -> Void) throws(E) {
    var code = Z_OK
    while code != Z_STREAM_END {
      code = state.step(Z_FINISH)
      if code != Z_STREAM_END && code != Z_BUF_ERROR { Self.expect(code) }
      try state.drain(emit)
    }
  }

  /// zlib's encoder has no errors beside those of a caller that breaks its rules.
  private static func expect(_ code: Int32) {
    precondition(code == Z_OK, "zlib lost its state (\(code))")
  }
}
