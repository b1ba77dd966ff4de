// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import Base64Stream
import Foundation
import JSONText

/// The cores in chunks and nothing else: what scripts/bench.d/allocations counts the allocations and calls
/// of.
func loop(rounds: Int) {
  let input = UnsafeMutableRawBufferPointer.allocate(byteCount: 4096, alignment: 64)
  for index in input.indices { input[index] = UInt8(32 + index % 90) }
  let output = UnsafeMutableRawBufferPointer.allocate(
    byteCount: JSONTextEscaper.maximumOutputCount(for: 4096), alignment: 64)
  var encoder = Base64Encoder()
  var escaper = JSONTextEscaper()
  var classifier = TextClassifier()
  var written = 0
  var isText = true
  for round in 0..<rounds {
    let chunk = input.bytes.extracting(0..<4096 - round % 64)
    var span = OutputRawSpan(buffer: output, initializedCount: 0)
    encoder.encode(chunk, into: &span)
    written += span.byteCount
    span.removeAll()
    isText = classifier.scan(chunk) && escaper.escape(chunk, into: &span) && isText
    written += span.finalize(for: output)
  }

  // Enough for the writer to store past the caches.
  let large = UnsafeMutableRawBufferPointer.allocate(
    byteCount: max(17 << 20, Base64Encoder.encodedCount(rounds * 4096)), alignment: 64)
  var span = OutputRawSpan(buffer: large, initializedCount: 0)
  Base64.encodeStream(into: &span) { writer in
    for round in 0..<rounds { writer.write(input.bytes.extracting(0..<4096 - round % 64)) }
  }
  written += span.finalize(for: large)
  print("\(rounds) rounds, \(written) bytes written, text: \(isText)")
}
