// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// A text in lines, each with its end.
package struct Lines: Sendable {
  /// The text.
  package let bytes: [UInt8]
  /// Where each line begins, and where the last one ends.
  let starts: [Int]

  /// The lines of `bytes`; what stands behind the last line feed is a line, too.
  package init(_ bytes: [UInt8]) {
    var starts = [0]
    for (index, byte) in bytes.enumerated() where byte == UInt8(ascii: "\n") { starts.append(index + 1) }
    if starts.last != bytes.count { starts.append(bytes.count) }
    self.bytes = bytes
    self.starts = starts
  }

  /// How many there are.
  package var count: Int { starts.count - 1 }

  /// The line at `index`, with its end.
  package subscript(index: Int) -> ArraySlice<UInt8> { bytes[starts[index]..<starts[index + 1]] }
}
