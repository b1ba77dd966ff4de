// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import Base64Stream
import TestSupport
import Testing

@Suite struct ExampleTests {
  @Test func theExampleOfThePagePrintsWhatThePageSays() throws {
    var printed: [String] = []
    func print(_ value: Any) { printed.append("\(value)") }

    // The example begins.
    // The bytes are all in memory.
    let greeting = Array("Hello, world".utf8)
    unsafe print(Base64.encodeToString(greeting.span.bytes))

    // The bytes arrive in pieces.
    let pieces = ["Hel", "lo, ", "world"].map { Array($0.utf8) }
    let capacity = Base64Encoder.encodedCount(pieces.reduce(0) { $0 + $1.count })
    let characters = unsafe [UInt8](unsafeUninitializedCapacity: capacity) { buffer, count in
      let memory = UnsafeMutableRawBufferPointer(buffer)
      var output = unsafe OutputRawSpan(buffer: memory, initializedCount: 0)
      var encoder = Base64Encoder()
      for piece in pieces { unsafe encoder.encode(piece.span.bytes, into: &output) }
      encoder.finish(into: &output)
      unsafe count = output.finalize(for: memory)
    }
    print(String(decoding: characters, as: UTF8.self))
    // The example ends.

    let example = try DocumentedExample(of: "Base64Stream", testFile: #filePath)
    #expect(example.page.contains(example.block))
    #expect(example.page.contains(DocumentedExample.output(printed)))
  }
}
