// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// Splits chunks of bytes into lines; a line that is longer than the limit is split, too.
struct LineSplitter {
  /// The longest line, in bytes.
  static let limit = 64 << 10
  private var rest: [UInt8] = []

  /// The lines that end in `bytes`, without their ends.
  mutating func add(_ bytes: some Collection<UInt8>) -> [String] {
    var lines: [String] = []
    for byte in bytes {
      if byte == UInt8(ascii: "\n") {
        lines.append(take())
      } else {
        rest.append(byte)
        if rest.count >= Self.limit { lines.append(take()) }
      }
    }
    return lines
  }

  /// The last line, where it has no end.
  mutating func finish() -> String? { rest.isEmpty ? nil : take() }

  private mutating func take() -> String {
    if rest.last == UInt8(ascii: "\r") { rest.removeLast() }
    defer { rest.removeAll(keepingCapacity: true) }
    return String(decoding: rest, as: UTF8.self)
  }
}
