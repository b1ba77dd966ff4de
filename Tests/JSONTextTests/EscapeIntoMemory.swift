// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import JSONText
import TestSupport

/// An input with a guard page behind it and an output with a guard page behind the capacity asked for.
struct TextMemory: ~Copyable {
  let input: GuardedMemory
  let output: GuardedMemory

  init(longest: Int) {
    input = GuardedMemory(atLeast: longest)
    output = GuardedMemory(atLeast: JSONTextEscaper.maximumOutputCount(for: longest))
  }

  /// What a kernel makes of `bytes` in chunks of the sizes that `nextSize` gives; nil for what it doesn't
  /// take for text.
  func escape(
    _ bytes: ArraySlice<UInt8>, kernel: TextKernel, nextSize: () -> Int = { .max }
  ) -> (text: [UInt8], supplementary: Int)? {
    let source = unsafe input.suffix(bytes.count)
    unsafe source.copyBytes(from: bytes)
    let target = unsafe output.suffix(JSONTextEscaper.maximumOutputCount(for: bytes.count))
    var escaper = JSONTextEscaper(kernel: kernel)
    var span = unsafe OutputRawSpan(buffer: target, initializedCount: 0)
    var offset = 0
    var isText = true
    while offset < bytes.count && isText {
      let end = offset + min(bytes.count - offset, nextSize())
      isText = unsafe escaper.escape(source.bytes.extracting(offset..<end), into: &span)
      offset = end
    }
    let count = unsafe span.finalize(for: target)
    guard isText && escaper.isText else { return nil }
    return unsafe (Array(target[..<count]), escaper.supplementaryCount)
  }

  /// What the classifier says, of the same bytes at the same guard page; nil for what it doesn't take for
  /// text.
  func classify(_ bytes: ArraySlice<UInt8>, kernel: TextKernel, nextSize: () -> Int = { .max }) -> Int? {
    let source = unsafe input.suffix(bytes.count)
    unsafe source.copyBytes(from: bytes)
    var classifier = TextClassifier(kernel: kernel)
    var offset = 0
    while offset < bytes.count {
      let end = offset + min(bytes.count - offset, nextSize())
      guard unsafe classifier.scan(source.bytes.extracting(offset..<end)) else { return nil }
      offset = end
    }
    return classifier.isText ? classifier.supplementaryCount : nil
  }
}

extension Optional where Wrapped == (text: [UInt8], supplementary: Int) {
  func isSame(as other: Self) -> Bool {
    switch (self, other) {
    case (nil, nil): true
    case (let here?, let there?): here.text == there.text && here.supplementary == there.supplementary
    default: false
    }
  }
}
