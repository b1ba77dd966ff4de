// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import CByteKernels

/// Says of a stream of bytes whether it is text, strict UTF-8 without NUL, and writes nothing: the first pass
/// over a file too large to hold. See ``JSONTextEscaper``, whose verdict is the same.
public struct TextClassifier: Sendable {
  private let kernel: TextKernel
  private var state = ctext_state()

  /// A classifier at the start of a stream. Tests and measurements name a kernel.
  ///
  /// - Precondition: `kernel.isAvailable`.
  public init(kernel: TextKernel = .best) {
    precondition(kernel.isAvailable, "this machine cannot run the kernel")
    self.kernel = kernel
  }

  /// Looks at more bytes; false when the stream so far cannot be text, and from then on.
  public mutating func scan(_ input: RawSpan) -> Bool {
    let code = kernel.code
    return unsafe input.withUnsafeBytes { input in
      guard let bytes = input.baseAddress else { return !state.isBroken }
      // SAFETY: the buffer's own address and count.
      return unsafe ctext_scan(code, &state, bytes.assumingMemoryBound(to: UInt8.self), input.count)
    }
  }

  /// Whether the stream is text if it ends here: false if it failed before, or ends inside a character.
  public var isText: Bool { state.isBetweenCharacters }

  /// Characters outside the Basic Multilingual Plane (four bytes each) that have begun in the stream so far.
  public var supplementaryCount: Int { Int(state.supplementary) }
}
