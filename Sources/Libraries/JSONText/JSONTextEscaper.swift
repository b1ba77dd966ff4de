// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import CByteKernels

/// Makes the inside of a JSON string (without the quotes around it) of a stream of bytes, and says whether
/// the stream is text at all: strict UTF-8 without NUL. One pass over the bytes does both, in pieces of any
/// size; a character may be cut anywhere.
///
/// Escaped are `"`, `\\` and the control characters below U+0020: `\b \t \n \f \r` by letter, the others as
/// `\u001f`. All else passes as it is, DEL, U+2028 and a byte order mark included.
///
/// A file may turn out to be binary in its last byte, when its text would already have been written. So a
/// file that fits into one buffer is read once: escape the buffer, and where that fails encode the same
/// buffer as Base64 instead. A larger file, on its way out in bounded memory, gets its verdict first, from a
/// ``TextClassifier`` over one reading that keeps nothing (most binary files are known by their first block),
/// and is read a second time to be written. Only that case reads twice.
public struct JSONTextEscaper: Sendable {
  private let kernel: TextKernel
  private var state = ctext_state()

  /// An escaper at the start of a stream. Tests and measurements name a kernel.
  ///
  /// - Precondition: `kernel.isAvailable`.
  public init(kernel: TextKernel = .best) {
    precondition(kernel.isAvailable, "this machine cannot run the kernel")
    self.kernel = kernel
  }

  /// An upper bound of what ``escape(_:into:)`` writes for any `count` bytes.
  ///
  /// Traps where that is larger than `Int.max`.
  public static func maximumOutputCount(for count: Int) -> Int { count * Int(CTEXT_MAXIMUM_ESCAPE) }

  /// Appends the escaped text of `input`; false when the stream so far cannot be text.
  ///
  /// After false `output` holds an unspecified prefix that must be thrown away, and every further call says
  /// false too. The bytes of a character that is cut by the end of `input` are written as they come.
  ///
  /// - Precondition: `output.freeCapacity >= maximumOutputCount(for: input.byteCount)`. All of that may be
  ///   written, though only what counts as output has a meaning.
  public mutating func escape(_ input: RawSpan, into output: inout OutputRawSpan) -> Bool {
    let count = input.byteCount
    precondition(output.freeCapacity >= Self.maximumOutputCount(for: count), "the output is too small")
    let code = kernel.code
    return unsafe input.withUnsafeBytes { input in
      unsafe output.withUnsafeMutableBytes { buffer, used in
        guard let bytes = input.baseAddress, let start = buffer.baseAddress else { return !state.isBroken }
        // SAFETY: `count` bytes can be read, and six times as many are free behind `used`: checked above.
        let written = unsafe ctext_escape(
          code, &state, bytes.assumingMemoryBound(to: UInt8.self), count,
          (start + used).assumingMemoryBound(to: UInt8.self))
        guard written >= 0 else { return false }
        used += written
        return true
      }
    }
  }

  /// Whether the stream is text if it ends here: false if it failed before, or ends inside a character.
  public var isText: Bool { state.isBetweenCharacters }

  /// Characters outside the Basic Multilingual Plane (four bytes each) that have begun in the stream so far.
  public var supplementaryCount: Int { Int(state.supplementary) }
}
