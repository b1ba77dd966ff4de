// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import JSONText
import TestSupport
import Testing

@Suite struct KernelTests {
  static let kernels = TextKernel.available

  /// Each shows another path: plain, quotes, one-letter escapes, six-byte escapes, characters of two to four
  /// bytes.
  static let samples = [
    "The quick brown fox jumps over the lazy dog. ",
    #"{"name":"a\b","tags":["x","y"]},"#,
    "let x = 1\n\tif x == 2 {\r\n\t\treturn\n\t}\n",
    "\u{1b}[31mred\u{1b}[0m\u{8}\u{c}\u{1}\u{1f}\u{7f}\u{b}\u{e}",
    "中文字符，日本語の文字。한국어 문장입니다\n",
    "déjà vu, Привет мир; שלום \u{2028}\u{feff}",
    "😀 𝒳 🚀\u{10ffff}\u{fffd}\u{d7ff}\u{e000}\"é\"中\n",
  ]

  static func text(of sample: String, count: Int) -> [UInt8] {
    var bytes: [UInt8] = []
    while bytes.count < count + 4 { bytes += Array(sample.utf8) }
    // May end inside a character, as files do that are not text.
    return Array(bytes[..<count])
  }

  @Test func theFastestKernelIsInUse() {
    #expect(TextKernel.best == Self.kernels.last)
    #expect(Self.kernels.first == .portable)
  }

  @Test(arguments: kernels) func allLengthsAtAGuardPage(_ kernel: TextKernel) {
    let memory = TextMemory(longest: 400)
    for (number, sample) in Self.samples.enumerated() {
      for count in 0...400 {
        let bytes = Self.text(of: sample, count: count)
        let expected = naiveEscape(bytes)
        #expect(
          memory.escape(bytes[...], kernel: kernel).isSame(as: expected), "sample \(number), length \(count)")
        #expect(
          memory.classify(bytes[...], kernel: kernel) == expected?.supplementary,
          "sample \(number), length \(count)")
      }
    }
  }

  @Test(arguments: kernels) func cutAnywhere(_ kernel: TextKernel) {
    let memory = TextMemory(longest: 200)
    for sample in Self.samples {
      let bytes = Self.text(of: sample, count: 200)
      let expected = naiveEscape(bytes)
      for cut in 0...200 {
        var sizes = [cut, .max].makeIterator()
        #expect(
          memory.escape(bytes[...], kernel: kernel, nextSize: { sizes.next() ?? 1 }).isSame(as: expected))
        sizes = [cut, .max].makeIterator()
        #expect(
          memory.classify(bytes[...], kernel: kernel, nextSize: { sizes.next() ?? 1 })
            == expected?.supplementary)
      }
      #expect(memory.escape(bytes[...], kernel: kernel, nextSize: { 1 }).isSame(as: expected))
      #expect(memory.classify(bytes[...], kernel: kernel, nextSize: { 1 }) == expected?.supplementary)
    }
  }

  @Test(arguments: kernels) func nulAndStrayBytesAnywhere(_ kernel: TextKernel) {
    let memory = TextMemory(longest: 330)
    for sample in Self.samples {
      for position in 0..<330 {
        for byte: UInt8 in [0x00, 0x80, 0xbf, 0xc1, 0xe2, 0xf5, 0xff] {
          var bytes = Self.text(of: sample, count: 330)
          bytes[position] = byte
          let expected = naiveEscape(bytes)
          let escaped = memory.escape(bytes[...], kernel: kernel)
          let classified = memory.classify(bytes[...], kernel: kernel)
          if !escaped.isSame(as: expected) || classified != expected?.supplementary {
            Issue.record("\(byte) at \(position)")
          }
        }
      }
    }
  }

  @Test(arguments: kernels) func onceBrokenAlwaysBroken(_ kernel: TextKernel) {
    let memory = GuardedMemory(atLeast: 100)
    let target = unsafe memory.suffix(100)
    let nul: [UInt8] = [0x61, 0x00]
    let ascii: [UInt8] = [0x61]
    let cut: [UInt8] = [0xc3]
    var span = unsafe OutputRawSpan(buffer: target, initializedCount: 0)

    var escaper = JSONTextEscaper(kernel: kernel)
    var verdicts = unsafe [escaper.escape(nul.span.bytes, into: &span)]
    unsafe verdicts.append(escaper.escape(ascii.span.bytes, into: &span))
    verdicts.append(escaper.escape(RawSpan(), into: &span))
    verdicts.append(escaper.isText)
    _ = unsafe span.finalize(for: target)
    #expect(verdicts == [false, false, false, false])

    var classifier = TextClassifier(kernel: kernel)
    verdicts = unsafe [classifier.scan(cut.span.bytes)]
    unsafe verdicts.append(classifier.scan(ascii.span.bytes))
    verdicts.append(classifier.scan(RawSpan()))
    verdicts.append(classifier.isText)
    #expect(verdicts == [true, false, false, false])
  }
}
