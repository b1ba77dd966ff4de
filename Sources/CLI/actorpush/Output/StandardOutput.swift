// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import SourcePackage
internal import SourceTree
internal import SystemIO

/// Standard output, which carries data: collected and written in large pieces.
struct StandardOutput: ~Copyable {
  private var buffer = WriteBuffer(capacity: 1 << 17)

  /// Appends `bytes`.
  mutating func write(_ bytes: [UInt8]) throws(SystemError) {
    buffer.append(bytes)
    if buffer.count >= 1 << 16 { try flush() }
  }

  /// Appends all paths of `plan`, each ended by a NUL.
  mutating func writeNames(of plan: Plan) throws(SystemError) {
    try plan.writeNames(to: &buffer, flushingFrom: 1 << 16, Self.flush)
  }

  /// Appends `text`.
  mutating func write(_ text: StaticString) throws(SystemError) {
    buffer.append(text)
    if buffer.count >= 1 << 16 { try flush() }
  }

  /// Appends `bytes`, valid UTF-8, as a JSON string with its quotes.
  mutating func writeQuoted(_ bytes: [UInt8]) {
    if JSONLine.mayAct(bytes) {
      buffer.append(JSONLine.bytes(String(decoding: bytes, as: UTF8.self)))
    } else {
      JSONString.append(bytes, to: &buffer)
    }
  }

  /// Appends `number` in decimal digits, with spaces before it up to `width`.
  mutating func write(_ number: Int, width: Int = 0) throws(SystemError) {
    let digits = String(number)
    for _ in 0..<max(0, width - digits.utf8.count) { try write(" ") }
    try write(Array(digits.utf8))
  }

  /// Appends `text`.
  mutating func write(text: String) throws(SystemError) { try write(Array(text.utf8)) }

  /// Writes what has been collected.
  mutating func flush() throws(SystemError) { try Self.flush(&buffer) }

  private static func flush(_ buffer: inout WriteBuffer) throws(SystemError) {
    try Progress.process.aside { () throws(SystemError) in
      try Descriptor.write(buffer.bytes, to: STDOUT_FILENO)
    }
    buffer.truncate(to: 0)
  }
}
