// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import Base64Stream
import JSONText

/// Memory that the benchmarks read and write, written once before so that no page is missing while the clock
/// runs.
struct Buffers {
  let input: UnsafeMutableRawBufferPointer
  let output: UnsafeMutableRawBufferPointer

  init(input bytes: [UInt8], outputCount: Int) {
    input = .allocate(byteCount: bytes.count, alignment: 4096)
    output = .allocate(byteCount: outputCount, alignment: 4096)
    input.copyBytes(from: bytes)
    output.initializeMemory(as: UInt8.self, repeating: 0)
  }

  func deallocate() {
    input.deallocate()
    output.deallocate()
  }

  func encode(kernel: Base64Kernel) -> Int {
    var span = OutputRawSpan(buffer: output, initializedCount: 0)
    var encoder = Base64Encoder(kernel: kernel)
    encoder.encode(input.bytes, into: &span)
    encoder.finish(into: &span)
    return span.finalize(for: output)
  }

  /// Every chunk is encoded to the start of the output, as in a program that hands on each one.
  func encode(inChunksOf size: Int) -> Int {
    var encoder = Base64Encoder()
    var written = 0
    var offset = 0
    while offset < input.count {
      let end = min(offset + size, input.count)
      var span = OutputRawSpan(buffer: output, initializedCount: 0)
      encoder.encode(input.bytes.extracting(offset..<end), into: &span)
      if end == input.count { encoder.finish(into: &span) }
      written += span.finalize(for: output)
      offset = end
    }
    return written
  }

  /// The chunks are laid behind each other in an output that takes them all.
  func write(inChunksOf size: Int) -> Int {
    var span = OutputRawSpan(buffer: output, initializedCount: 0)
    Base64.encodeStream(into: &span) { writer in
      var offset = 0
      while offset < input.count {
        let end = min(offset + size, input.count)
        writer.write(input.bytes.extracting(offset..<end))
        offset = end
      }
    }
    return span.finalize(for: output)
  }

  func escape(kernel: TextKernel) -> Bool {
    var span = OutputRawSpan(buffer: output, initializedCount: 0)
    var escaper = JSONTextEscaper(kernel: kernel)
    let isText = escaper.escape(input.bytes, into: &span)
    _ = span.finalize(for: output)
    return isText && escaper.isText
  }

  func classify(kernel: TextKernel) -> Bool {
    var classifier = TextClassifier(kernel: kernel)
    return classifier.scan(input.bytes) && classifier.isText
  }
}
