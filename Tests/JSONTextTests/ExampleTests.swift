// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import JSONText
import TestSupport
import Testing

@Suite struct ExampleTests {
  @Test func theExampleOfThePagePrintsWhatThePageSays() throws {
    var printed: [String] = []
    func print(_ value: Any) { printed.append("\(value)") }

    // The example begins.
    /// Returns `bytes` as they stand in a JSON string, nil if they are not text.
    func escaped(_ bytes: [UInt8]) -> String? {
      let capacity = JSONTextEscaper.maximumOutputCount(for: bytes.count)
      var escaper = JSONTextEscaper()
      let text = unsafe String(unsafeUninitializedCapacity: capacity) { buffer in
        let memory = UnsafeMutableRawBufferPointer(buffer)
        var output = unsafe OutputRawSpan(buffer: memory, initializedCount: 0)
        _ = unsafe escaper.escape(bytes.span.bytes, into: &output)
        return unsafe output.finalize(for: memory)
      }
      return escaper.isText ? text : nil
    }

    print(escaped(Array("a \"quoted\" word\n".utf8)) ?? "not text")
    print(escaped([0xff, 0xfe]) ?? "not text")

    // Two pieces that cut the character é.
    var classifier = TextClassifier()
    let pieces: [[UInt8]] = [[0x63, 0x61, 0x66, 0xc3], [0xa9]]
    for piece in pieces {
      _ = unsafe classifier.scan(piece.span.bytes)
      print(classifier.isText)
    }
    // The example ends.

    let example = try DocumentedExample(of: "JSONText", testFile: #filePath)
    #expect(example.page.contains(example.block))
    #expect(example.page.contains(DocumentedExample.output(printed)))
  }
}
