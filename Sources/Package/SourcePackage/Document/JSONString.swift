// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import JSONText
package import SystemIO

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
  package static func append(_ bytes: [UInt8], to buffer: inout WriteBuffer) {
    buffer.append("\"")
    if !bytes.contains(0) {
      escape(bytes, to: &buffer)
      buffer.append("\"")
      return
    }
    // The escaper takes no NUL, which no file's name holds, but a setting may.
    for (index, run) in bytes.split(separator: 0, omittingEmptySubsequences: false).enumerated() {
      if index > 0 { buffer.append("\\u0000") }
      escape(Array(run), to: &buffer)
    }
    buffer.append("\"")
  }

  private static func escape(_ bytes: [UInt8], to buffer: inout WriteBuffer) {
    var escaper = JSONTextEscaper()
    // SAFETY: bytes have no padding; the array lives as long as the call.
    let span = unsafe bytes.span.bytes
    _ = buffer.append(capacity: JSONTextEscaper.maximumOutputCount(for: bytes.count)) {
      escaper.escape(span, into: &$0)
    }
  }
}
