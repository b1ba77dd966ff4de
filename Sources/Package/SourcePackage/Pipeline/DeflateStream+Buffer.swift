// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Deflate
internal import SystemIO

/// Compressing into a buffer that grows.
extension DeflateStream {
  mutating func write(_ input: RawSpan, into output: inout WriteBuffer) {
    write(input) { output.append($0) }
  }

  mutating func beginAnew(into output: inout WriteBuffer) {
    beginAnew { output.append($0) }
  }

  mutating func setParameters(level: Int32, strategy: DeflateStrategy, into output: inout WriteBuffer) {
    setParameters(level: level, strategy: strategy) { output.append($0) }
  }
}
