// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// How the platform counts inline content: the UTF-8 bytes of each file's `content` as sent, base64 encoded,
/// with a character outside the basic plane at 5 instead of 4.
enum InlineSize {
  static func count(_ content: String) -> Int {
    let bytes = content.utf8.span
    var extra = 0
    for index in bytes.indices where bytes[index] >= 0xF0 { extra += 1 }
    return bytes.count + extra
  }
}
