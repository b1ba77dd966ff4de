// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import Base64Stream

extension Base64Kernel {
  /// Encodes `input` in one piece into `output`, which has exactly the capacity needed. Returns how much was
  /// written.
  func encodeAll(_ input: UnsafeMutableRawBufferPointer, into output: UnsafeMutableRawBufferPointer) -> Int {
    var encoder = Base64Encoder(kernel: self)
    var span = unsafe OutputRawSpan(buffer: output, initializedCount: 0)
    unsafe encoder.encode(input.bytes, into: &span)
    encoder.finish(into: &span)
    return unsafe span.finalize(for: output)
  }
}

/// Encodes `input` in chunks whose sizes `nextSize` gives (more than what is left means the rest).
func encodeInChunks(
  _ input: RawSpan, encoder: inout Base64Encoder, nextSize: () -> Int, into output: inout OutputRawSpan
) {
  var offset = 0
  while offset < input.byteCount {
    let end = min(input.byteCount, offset + nextSize())
    let promised = encoder.outputCount(adding: end - offset)
    let before = output.byteCount
    encoder.encode(input.extracting(offset..<end), into: &output)
    precondition(output.byteCount - before == promised, "outputCount(adding:) was wrong")
    offset = end
  }
  let promised = encoder.finishCount
  let before = output.byteCount
  encoder.finish(into: &output)
  precondition(output.byteCount - before == promised, "finishCount was wrong")
}
