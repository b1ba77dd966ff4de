// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import Base64Stream
import FoundationEssentials
import FuzzDriver
import JSONText

/// Bytes in pieces, through each kernel that this machine has: whether they are text, as the standard library
/// says; their escaped form, the same from each and read again by Foundation; their base64, as Foundation's.
struct TextTarget: FuzzTarget {
  static let name = "text"
  static let summary = "UTF-8, JSON's escapes and base64 by each kernel, against the standard library"
  static let longest = 2048

  init(isSingle: Bool) throws {}

  mutating func run(_ input: [UInt8]) {
    guard input.count >= 3 else { return }
    // Wide kernels look at 64 bytes at a time: what is odd is moved to any place of them.
    let lead = [UInt8](repeating: UInt8(ascii: "x"), count: Int(input[0]))
    let bytes = lead + input.dropFirst(3)
    let piece = Int(input[1]) + 1
    let later = Int(input[2]) + 1
    let pieces = Self.cut(bytes, first: piece, later: later)
    Self.checkText(bytes, pieces)
    Self.checkBase64(bytes, pieces)
  }

  /// `bytes` in pieces, each in memory of its own that ends where it ends.
  private static func cut(_ bytes: [UInt8], first: Int, later: Int) -> [[UInt8]] {
    var pieces: [[UInt8]] = [Array(bytes.prefix(first))]
    var rest = bytes.dropFirst(first)
    while !rest.isEmpty {
      pieces.append(Array(rest.prefix(later)))
      rest = rest.dropFirst(later)
    }
    return pieces
  }

  private static func checkText(_ bytes: [UInt8], _ pieces: [[UInt8]]) {
    let string = bytes.contains(0) ? nil : String(validating: bytes, as: UTF8.self)
    let supplementary = string?.unicodeScalars.count { $0.value >= 0x10000 }
    var expected: [UInt8]?
    for kernel in TextKernel.available {
      var classifier = TextClassifier(kernel: kernel)
      var escaper = JSONTextEscaper(kernel: kernel)
      var output: [UInt8] = []
      var (isText, isEscaped) = (true, true)
      for piece in pieces {
        // SAFETY: bytes have no padding to read.
        isText = classifier.scan(unsafe piece.span.bytes) && isText
        let capacity = JSONTextEscaper.maximumOutputCount(for: piece.count)
        output += Self.made(capacity) {
          isEscaped = escaper.escape(unsafe piece.span.bytes, into: &$0) && isEscaped
        }
      }
      isText = isText && classifier.isText
      isEscaped = isEscaped && escaper.isText
      require(isText == (string != nil), "\(kernel): \(bytes.shown) is \(isText ? "" : "no ")text")
      require(isEscaped == isText, "\(kernel): the two verdicts about \(bytes.shown) differ")
      guard let string else { continue }
      require(
        classifier.supplementaryCount == supplementary && escaper.supplementaryCount == supplementary,
        "\(kernel): \(bytes.shown) has \(supplementary ?? 0) characters outside the BMP")
      if let expected {
        require(output == expected, "\(kernel): \(bytes.shown) is escaped as \(output.shown)")
      } else {
        let quoted = [UInt8(ascii: "\"")] + output + [UInt8(ascii: "\"")]
        let read = try? JSONDecoder().decode(String.self, from: Data(quoted))
        require(
          read.map { $0.utf8.elementsEqual(string.utf8) } ?? false,
          "\(bytes.shown) is escaped as \(output.shown)")
        expected = output
      }
    }
  }

  private static func checkBase64(_ bytes: [UInt8], _ pieces: [[UInt8]]) {
    let expected = Array(Data(bytes).base64EncodedString().utf8)
    require(Base64.encode(unsafe bytes.span.bytes) == expected, "base64 of \(bytes.shown)")
    for kernel in Base64Kernel.available {
      var encoder = Base64Encoder(kernel: kernel)
      var output: [UInt8] = []
      for piece in pieces {
        let count = encoder.outputCount(adding: piece.count)
        // SAFETY: bytes have no padding to read.
        output += Self.made(count) { encoder.encode(unsafe piece.span.bytes, into: &$0) }
      }
      output += Self.made(encoder.finishCount) { encoder.finish(into: &$0) }
      require(output == expected, "\(kernel): base64 of \(bytes.shown), piece by piece")
      let written = Self.made(Base64Encoder.encodedCount(bytes.count)) { output in
        Base64.encodeStream(into: &output, kernel: kernel) { writer in
          for piece in pieces { writer.write(unsafe piece.span.bytes) }
        }
      }
      require(written == expected, "\(kernel): base64 of \(bytes.shown), as a stream")
    }
  }

  /// What `body` writes into memory of `capacity` bytes.
  private static func made(_ capacity: Int, _ body: (inout OutputRawSpan) -> Void) -> [UInt8] {
    // SAFETY: the memory is the array's own, and finalize says how much of it has been written.
    unsafe Array(unsafeUninitializedCapacity: capacity) { buffer, count in
      let memory = unsafe UnsafeMutableRawBufferPointer(start: buffer.baseAddress, count: capacity)
      var output = unsafe OutputRawSpan(buffer: memory, initializedCount: 0)
      body(&output)
      unsafe count = output.finalize(for: memory)
    }
  }

  static func seeds() -> [[UInt8]] {
    let texts = [
      "plain", "\u{E4}\u{20AC}\u{1F600}", "a\"b\\c\n\t\u{1}\u{7F}", String(repeating: "\u{1F600}", count: 20),
      "\u{FEFF}x",
      "\u{FFFF}\u{10FFFF}\u{D7FF}\u{E000}",
    ]
    let wrong: [[UInt8]] = [
      [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xE0, 0x80, 0x80], [0x80],
      [0xF0, 0x9F, 0x98], [0],
    ]
    return (texts.map { Array($0.utf8) } + wrong).flatMap { text in
      [0, 61, 127].map { [$0, 3, 63] + text }
    }
  }

  static let words: [[UInt8]] = [
    [0xF0, 0x9F, 0x98, 0x80], [0xE2, 0x82, 0xAC], [0xC3, 0xA4], [0xED, 0x9F, 0xBF], [0xED, 0xA0, 0x80],
    [0xF4, 0x8F, 0xBF, 0xBF], [0xF4, 0x90], [0xEF, 0xBF, 0xBF], [0xC1, 0xBF], [0xE0, 0x9F], [0xF0, 0x8F],
    [0xFF],
  ]
}
