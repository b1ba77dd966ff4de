// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import POSIX

/// Standard output, which carries data: collected and written in large pieces.
struct StandardOutput: ~Copyable {
  private var buffer = WriteBuffer(capacity: 1 << 17)

  /// Appends `bytes`.
  mutating func write(_ bytes: [UInt8]) throws(SystemError) {
    buffer.append(bytes)
    if buffer.count >= 1 << 16 { try flush() }
  }

  /// Appends `text`.
  mutating func write(_ text: String) throws(SystemError) { try write(Array(text.utf8)) }

  /// Writes what has been collected.
  mutating func flush() throws(SystemError) {
    try Descriptor.write(buffer.bytes, to: STDOUT_FILENO)
    buffer.truncate(to: 0)
  }
}
