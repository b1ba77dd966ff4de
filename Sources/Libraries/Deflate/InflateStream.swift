// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import CZlib

/// Decodes what is written to it, in constant memory (about 110 KiB).
///
/// `.gzip` takes any number of members one after the other, as `gzip -d` does. How much comes out is for the
/// caller to limit: `emit` throws when it has had enough. After an error of either kind the stream is of no
/// more use.
package struct InflateStream: ~Copyable {
  private var state: ZlibState
  private var members: Members

  /// A decoder for one format; it guesses nothing.
  package init(format: DeflateFormat) throws(DeflateError) {
    members = Members(mayFollow: format == .gzip)
    state = try unsafe ZlibState(.inflate) {
      // SAFETY: the pointer is that of a fresh, zeroed state.
      unsafe CZlib_inflateInit2($0, format.windowBits)
    }
  }

  /// Decodes `input`, of any length. Calls `emit` with at most 64 KiB at a time, and with everything that
  /// `input` gives.
  ///
  /// - Throws: `DeflateError.corrupt` or `.trailingGarbage`, or what `emit` throws.
  package mutating func write(_ input: RawSpan, _ emit: (RawSpan) throws -> Void) throws {
    try state.withInput(input) { (state) throws in
      var mayHoldMore = false
      repeat {
        try members.begin(&state)
        try members.advance(state.step(Z_NO_FLUSH), state)
        mayHoldMore = state.isFull && !members.isBetween
        if state.isFull { try state.drain(emit) }
      } while state.unread > 0 || mayHoldMore
      try state.drain(emit)
    }
  }

  /// Says that no more input comes.
  ///
  /// - Throws: `DeflateError.truncated` where more would have to; an empty input is truncated, too.
  package consuming func finish() throws(DeflateError) {
    if !members.isBetween { throw members.isAtMagic(state) ? .trailingGarbage : .truncated }
  }
}

/// Where a decoder is in a file of several members.
private struct Members {
  let mayFollow: Bool
  private(set) var isBetween = false
  private var complete = 0

  init(mayFollow: Bool) { self.mayFollow = mayFollow }

  /// Input is there: after a member that is complete it begins the next one.
  mutating func begin(_ state: inout ZlibState) throws(DeflateError) {
    guard isBetween else { return }
    guard mayFollow else { throw .trailingGarbage }
    isBetween = false
    state.resetInflate()
  }

  /// Takes in what a step has returned.
  mutating func advance(_ code: Int32, _ state: borrowing ZlibState) throws(DeflateError) {
    switch code {
    case Z_OK, Z_BUF_ERROR: break
    case Z_STREAM_END:
      complete += 1
      isBetween = true
    case Z_MEM_ERROR: throw .outOfMemory
    case Z_NEED_DICT: throw .corrupt("it needs a preset dictionary")
    default: throw isAtMagic(state) ? .trailingGarbage : .corrupt(state.message)
    }
  }

  /// Whether what follows a complete member isn't known to be another: gzip begins with two fixed bytes.
  func isAtMagic(_ state: borrowing ZlibState) -> Bool { complete > 0 && state.taken <= 2 }
}
