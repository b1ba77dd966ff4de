// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import JSONText
internal import POSIX

/// JSON strings of what is short: names and settings.
package enum JSONString {
  /// `text` as a JSON string, with its quotes.
  package static func quoted(_ text: String) -> [UInt8] {
    var buffer = WriteBuffer(capacity: text.utf8.count + 16)
    append(Array(text.utf8), to: &buffer)
    return buffer.array
  }

  /// Appends `bytes`, valid UTF-8, as a JSON string with its quotes. A NUL is escaped like other control
  /// characters.
  static func append(_ bytes: [UInt8], to buffer: inout WriteBuffer) {
    buffer.append("\"")
    // The escaper takes no NUL, which no file's name holds, but a setting may.
    for (index, run) in bytes.split(separator: 0, omittingEmptySubsequences: false).enumerated() {
      if index > 0 { buffer.append("\\u0000") }
      let run = Array(run)
      var escaper = JSONTextEscaper()
      // SAFETY: bytes have no padding; the array lives as long as the call.
      let span = unsafe run.span.bytes
      _ = buffer.append(room: JSONTextEscaper.maximumOutputCount(for: run.count)) {
        escaper.escape(span, into: &$0)
      }
    }
    buffer.append("\"")
  }
}
