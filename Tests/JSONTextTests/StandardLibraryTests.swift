// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import JSONText
import TestSupport
import Testing

/// `UTF8Span` of the standard library has the same idea of UTF-8 (it lets NUL pass).
@Suite struct StandardLibraryTests {
  @Test(arguments: TextKernel.available) func agreesWithUTF8Span(_ kernel: TextKernel) {
    let memory = TextMemory(longest: 300)
    var random = SeededGenerator(seed: 8)
    let pieces = KernelTests.samples.map { Array($0.utf8) }
    for _ in 0..<5_000 {
      var bytes: [UInt8] = []
      while bytes.count < 200 {
        let piece = pieces[Int.random(in: 0..<pieces.count, using: &random)]
        bytes += piece[Int.random(in: 0..<piece.count, using: &random)...]
      }
      bytes = Array(bytes[..<min(bytes.count, 300)])
      let isUTF8 = (try? UTF8Span(validating: bytes.span)) != nil
      if (memory.classify(bytes[...], kernel: kernel) != nil) != isUTF8 { Issue.record("\(bytes)") }
      if !memory.escape(bytes[...], kernel: kernel).isSame(as: naiveEscape(bytes)) {
        Issue.record("\(bytes)")
      }
    }
  }
}
