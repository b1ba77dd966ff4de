// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// A position in a JSON text, as editors count.
package struct JSONPosition: Equatable, Sendable {
  /// The line, from 1.
  package let line: Int
  /// The column in characters, from 1.
  package let column: Int

  /// The position of the byte at `offset` in `text`.
  init(_ offset: Int, in text: [UInt8]) {
    var line = 1
    var column = 1
    for byte in text.prefix(offset) {
      if byte == UInt8(ascii: "\n") {
        line += 1
        column = 1
      } else if byte & 0xC0 != 0x80 {
        column += 1
      }
    }
    self.line = line
    self.column = column
  }
}
